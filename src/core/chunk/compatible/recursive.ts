import { codePoints, cutBefore, stripped, type Range } from "./python-text.ts";

const SEPARATORS = ["\n\n", "\n", " ", ""] as const;
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

/**
 * LangChain's RecursiveCharacterTextSplitter with its default separators, kept in front of what follows: the same
 * cuts, as offsets. `size` and `overlap` count code points.
 */
export function splitRecursively(text: string, size: number, overlap: number): Range[] {
  const lengthOf = lengths(text);
  const chunks: Range[] = [];
  const add = (range: Range): void => {
    const chunk = stripped(text, range);
    if (chunk !== null) chunks.push(chunk);
  };

  const split = (range: Range, level: number): void => {
    const at = SEPARATORS.findIndex(
      (separator, i) => i >= level && text.slice(range.start, range.end).includes(separator),
    );
    const separator = SEPARATORS[at] ?? "";
    const parts = separator === "" ? codePoints(text, range) : cutBefore(text, range, separator);
    let good: Range[] = [];
    for (const part of parts) {
      if (lengthOf(part) < size) {
        good.push(part);
        continue;
      }
      merge(good, size, overlap, lengthOf, add);
      good = [];
      if (separator === "") add(part);
      else split(part, at + 1);
    }
    merge(good, size, overlap, lengthOf, add);
  };

  if (text !== "") split({ start: 0, end: text.length }, 0);
  return chunks;
}

/** Neighbouring parts joined up to `size`; a new chunk keeps the last parts that fit the overlap and leave room. */
function merge(
  parts: readonly Range[],
  size: number,
  overlap: number,
  lengthOf: (range: Range) => number,
  add: (range: Range) => void,
): void {
  let first = 0;
  let total = 0;
  for (const [i, part] of parts.entries()) {
    const length = lengthOf(part);
    if (total + length > size && i > first) {
      add({ start: parts[first]!.start, end: part.start });
      while (total > overlap || (total + length > size && total > 0)) total -= lengthOf(parts[first++]!);
    }
    total += length;
  }
  if (parts.length > first) add({ start: parts[first]!.start, end: parts.at(-1)!.end });
}

/** Length in code points. Few texts have pairs; the others are measured for nothing. */
function lengths(text: string): (range: Range) => number {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return ({ start, end }) => end - start;
  return ({ start, end }) => end - start - (text.slice(start, end).match(PAIR)?.length ?? 0);
}
