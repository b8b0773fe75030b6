/**
 * PDFs hold right-to-left text as it is seen, left to right. This is Unicode's bidirectional algorithm backwards, for
 * one line: what each piece is, from left to right → the order in which they are read. Pieces with letters keep
 * their own inner order. Ambiguous pictures are read the usual way: a number belongs to the Latin word before it.
 */
export type BidiClass =
  /** Letters of a left-to-right and of a right-to-left script; digits only; none of these. */
  | "left"
  | "right"
  | "number"
  | "neutral"
  /** Parts the digits of one number where it stands alone between two: `.`, `,`, `:`, `/`, `-`. */
  | "separator";

export interface Reading {
  /** Position from the left of the piece read first, second … */
  readonly order: readonly number[];
  /** By position: whether the piece is read right to left, so that its brackets were drawn mirrored. */
  readonly rightToLeft: readonly boolean[];
}

const RTL_LETTER = /[\u0590-\u05FF\u0600-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const LETTER = /\p{L}/u;
const DIGIT = /\p{N}/u;
const RTL_STRONG =
  /(?![\p{N}\p{P}])[\u0590-\u05FF\u0600-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const MIRRORED: ReadonlyMap<string, string> = new Map(
  ["()", "[]", "{}", "«»", "‹›"].flatMap((pair): [string, string][] => [
    [pair.charAt(0), pair.charAt(1)],
    [pair.charAt(1), pair.charAt(0)],
  ]),
);
const OPENING = "([{«‹";
const BRACKET = /[()[\]{}«»‹›]/g;

/** Whether the text holds letters or signs written from right to left. */
export function hasRightToLeft(text: string): boolean {
  return RTL_LETTER.test(text) && RTL_STRONG.test(text);
}

export function bidiClass(text: string): BidiClass {
  if (hasRightToLeft(text)) return "right";
  if (LETTER.test(text)) return "left";
  if (DIGIT.test(text)) return "number";
  return /^[.,:/-]$/.test(text) ? "separator" : "neutral";
}

/** Other brackets where a piece was drawn mirrored. */
export function mirror(text: string): string {
  return text.replace(BRACKET, (bracket) => MIRRORED.get(bracket) ?? bracket);
}

/** How many brackets of a text close one that was opened before. */
export function matchedBrackets(text: string): number {
  const open: string[] = [];
  let matched = 0;
  for (const [bracket] of text.matchAll(BRACKET)) {
    if (OPENING.includes(bracket)) open.push(bracket);
    else if (open.at(-1) === MIRRORED.get(bracket)) {
      open.pop();
      matched += 1;
    }
  }
  return matched;
}

/** `classes` from left to right; `base`: whether the paragraph runs from right to left. */
export function toReading(classes: readonly BidiClass[], base: boolean): Reading {
  const order: number[] = [];
  const rightToLeft: boolean[] = Array.from({ length: classes.length }, () => false);
  const readLeftwards = (first: number, last: number): void => {
    for (let at = last; at >= first;) {
      const start = isLeftToRight(classes[at]) ? startOfGroup(classes, first, at) : at;
      for (let i = start; i <= at; i += 1) order.push(i);
      rightToLeft[at] = !isLeftToRight(classes[at]);
      at = start - 1;
    }
  };
  if (base) {
    readLeftwards(0, classes.length - 1);
    return { order, rightToLeft };
  }
  for (let at = 0; at < classes.length; at += 1) {
    if (classes[at] === "right") {
      const end = endOfRightToLeft(classes, at);
      readLeftwards(at, end);
      at = end;
    } else {
      order.push(at);
    }
  }
  return { order, rightToLeft };
}

function isLeftToRight(what: BidiClass | undefined): boolean {
  return what === "left" || what === "number";
}

/** The left end of the left-to-right words that end at `end`. */
function startOfGroup(classes: readonly BidiClass[], first: number, end: number): number {
  let start = end;
  for (;;) {
    let next = start - 1;
    while (next >= first && (classes[next] === "neutral" || classes[next] === "separator")) next -= 1;
    if (next < first || classes[next] === "right") return start;
    const between = start - 1 - next;
    const oneNumber = between === 1 && classes[start] === "number" && classes[start - 1] === "separator";
    if (between > 0 && classes[next] === "number" && !oneNumber) return start;
    start = next;
  }
}

/** The right end of the right-to-left words that begin at `start`, in a line that runs from left to right. */
function endOfRightToLeft(classes: readonly BidiClass[], start: number): number {
  let end = start;
  for (let at = start + 1; at < classes.length && classes[at] !== "left"; at += 1) {
    if (classes[at] === "right") end = at;
  }
  return end;
}
