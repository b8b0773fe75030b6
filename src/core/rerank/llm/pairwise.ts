/** How two passages compare: 1 the first is better, −1 the second, 0 a tie. */
export type Compare<T> = (a: T, b: T) => Promise<-1 | 0 | 1>;

/**
 * Two answers to the same pair, asked in both orders: a win where they agree, a tie where they do not or nothing was said.
 *
 * @param forward whether the first of (a, b) was called better, null where the reply says neither
 * @param backward whether the first of (b, a) was
 */
export function agreed(forward: boolean | null, backward: boolean | null): -1 | 0 | 1 {
  if (forward === null || backward === null || forward === backward) return 0;
  return forward ? 1 : -1;
}

/** Remembers what was compared: passes over the same neighbours ask once. */
export function remembered<T>(compare: Compare<T>): Compare<T> {
  const known = new Map<T, Map<T, -1 | 0 | 1>>();
  const of = (a: T): Map<T, -1 | 0 | 1> => {
    const row = known.get(a) ?? new Map<T, -1 | 0 | 1>();
    known.set(a, row);
    return row;
  };
  return async (a, b) => {
    const before = of(a).get(b);
    if (before !== undefined) return before;
    const result = await compare(a, b);
    of(a).set(b, result);
    of(b).set(a, (0 - result) as -1 | 0 | 1);
    return result;
  };
}

/**
 * `depth` passes of bubble sort from the back; each brings the best of what is left to its place. Ties stay.
 *
 * Source: PRP-sliding-K (Qin et al. 2023).
 */
export async function bubbleTop<T>(
  items: readonly T[],
  depth: number,
  compare: Compare<T>,
  onOrder: (order: readonly T[]) => void | Promise<void>,
): Promise<T[]> {
  const order = [...items];
  for (let place = 0; place < Math.min(depth, order.length - 1); place += 1) {
    let isSorted = true;
    for (let i = order.length - 1; i > place; i -= 1) {
      const [above, below] = [order[i - 1]!, order[i]!];
      if ((await compare(above, below)) !== -1) continue;
      [order[i - 1], order[i]] = [below, above];
      isSorted = false;
      await onOrder([...order]);
    }
    // A whole pass without a change: the next ones would ask the same.
    if (isSorted) break;
  }
  return order;
}

/** The best of a few by comparisons, for a heap; a tie leaves the earlier one. */
export function bestBy<T>(compare: Compare<T>): (items: readonly T[]) => Promise<number> {
  return async (items) => {
    let best = 0;
    for (let i = 1; i < items.length; i += 1) if ((await compare(items[best]!, items[i]!)) === -1) best = i;
    return best;
  };
}
