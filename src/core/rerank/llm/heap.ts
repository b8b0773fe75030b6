/**
 * The first `depth` of a list by a heap whose nodes have `children` children, then the rest in its old order. `best` names
 * the best of a node and its children, which it sees in the order before; out of range counts as the first of them. The
 * reference keeps the parent there, which after each place taken is the list's last item: a silent judge would put it on top.
 *
 * Source: setwise ranking with heapsort (Zhuang et al. 2023, llm-rankers `setwise.py`); with one child a node and pairs it
 * would be a sorted list, so pairwise heapsort is `children` = 2 with comparisons inside `best`.
 *
 * @param onOrder sees the list as it would be if it ended now: a permutation at any time (rule R3)
 */
export async function heapTop<T>(
  items: readonly T[],
  children: number,
  depth: number,
  best: (items: readonly T[]) => Promise<number>,
  onOrder: (order: readonly T[]) => void | Promise<void>,
): Promise<T[]> {
  const heap = items.map((item, at) => ({ item, at }));
  const top: typeof heap = [];

  async function sift(start: number): Promise<void> {
    for (let parent = start; ;) {
      const first = children * parent + 1;
      if (first >= heap.length) return;
      const places = [parent];
      for (let i = first; i < Math.min(first + children, heap.length); i += 1) places.push(i);
      places.sort((a, b) => heap[a]!.at - heap[b]!.at);
      const winner = places[await best(places.map((place) => heap[place]!.item))] ?? places[0]!;
      if (winner === parent) return;
      [heap[parent], heap[winner]] = [heap[winner]!, heap[parent]!];
      parent = winner;
      await onOrder(order());
    }
  }
  // While the heap is built its root, and later what was taken, is known; everything else keeps its order.
  function order(): T[] {
    const rest = heap.toSorted((a, b) => a.at - b.at);
    return [...top, ...rest].map(({ item }) => item);
  }

  for (let i = Math.floor((heap.length - 2) / children); i >= 0; i -= 1) await sift(i);
  while (top.length < depth && heap.length > 0) {
    top.push(heap[0]!);
    const last = heap.pop()!;
    if (heap.length === 0) break;
    heap[0] = last;
    await onOrder(order());
    // The last place of the top needs no order behind it.
    if (top.length < depth) await sift(0);
  }
  return order();
}
