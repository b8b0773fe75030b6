import type { CharOffset } from "../model.ts";

/**
 * Segmenting is fed short windows only: in Node 20 its time grows with the square of the string.
 * A grapheme longer than this is cut at a code point; the longest that people write has 11 units (a family emoji).
 */
const WINDOW = 256;

let segmenter: Intl.Segmenter | undefined;

function segments(text: string, from: CharOffset, to: CharOffset): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text.slice(from, to));
}

/** May fall inside a surrogate pair: the half is then a grapheme of its own, behind the ones that count. */
function windowEnd(from: CharOffset, end: CharOffset): CharOffset {
  return Math.min(end, from + WINDOW);
}

/** The graphemes of `text` from `start` to `end`. */
export function* graphemes(
  text: string,
  start: CharOffset,
  end: CharOffset,
): Generator<[start: CharOffset, end: CharOffset]> {
  for (let from = start; from < end;) {
    const to = windowEnd(from, end);
    const base = from;
    const starts = Array.from(segments(text, from, to), ({ index }) => base + index);
    // The last grapheme may go on behind the window: leave it to the next one.
    const open = to < end && starts.length > 1 ? starts.pop() : undefined;
    const stop = open ?? to;
    for (const [i, at] of starts.entries()) yield [at, starts[i + 1] ?? stop];
    from = stop;
  }
}

/** The start of the grapheme that holds `at`, given that one starts at `from`; `at` itself where one starts there. */
export function graphemeStart(text: string, from: CharOffset, at: CharOffset, end: CharOffset): CharOffset {
  return from + (segments(text, from, windowEnd(at, end)).containing(at - from)?.index ?? 0);
}

/** The end of the grapheme that starts at `from`. */
export function firstGraphemeEnd(text: string, from: CharOffset, end: CharOffset): CharOffset {
  const to = windowEnd(from, end);
  return from + (segments(text, from, to).containing(0)?.segment.length ?? to - from);
}
