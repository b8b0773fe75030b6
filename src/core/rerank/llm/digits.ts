/** Runs of code points that mean 1, 2, 3 …, which NFKC leaves as they are: negative circled, circled sans-serif. */
const CIRCLED: readonly (readonly [first: number, value: number, count: number])[] = [
  [0x2776, 1, 10],
  [0x2780, 1, 10],
  [0x278a, 1, 10],
  [0x24eb, 11, 10],
  [0x24ff, 0, 1],
];

/** Super- and subscript, circled, full-width and other digits as ASCII; brackets of other scripts as ours. */
export function plainDigits(text: string): string {
  return Array.from(text.normalize("NFKC"))
    .map((character) => {
      const code = character.codePointAt(0)!;
      const run = CIRCLED.find(([first, , count]) => code >= first && code < first + count);
      if (run !== undefined) return String(run[1] + code - run[0]);
      if (character === "【" || character === "〔") return "[";
      return character === "】" || character === "〕" ? "]" : character;
    })
    .join("");
}
