/** One of every list, then a second one of every list that has it, and so on. */
export function inTurns<T>(lists: readonly (readonly T[])[], count: number): T[] {
  const chosen: T[] = [];
  for (let turn = 0; chosen.length < count; turn += 1) {
    const left = lists.filter((list) => list.length > turn);
    if (left.length === 0) break;
    for (const list of left.slice(0, count - chosen.length)) chosen.push(list[turn]!);
  }
  return chosen;
}

/** Fisher and Yates. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}
