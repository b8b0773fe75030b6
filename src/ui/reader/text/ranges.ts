import type { CharOffset } from "#core/model.ts";

/** A stretch of text with the things that cover it. */
export interface Stretch<T> {
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly covers: readonly T[];
}

interface Span {
  readonly start: CharOffset;
  readonly end: CharOffset;
}

/** Cuts `start` to `end` wherever one of the spans begins or ends. Together the stretches are the whole. */
export function stretches<T extends Span>(start: CharOffset, end: CharOffset, spans: readonly T[]): Stretch<T>[] {
  const here = spans.filter((span) => span.start < end && span.end > start && span.start < span.end);
  const cuts = new Set([start, end]);
  for (const span of here) {
    if (span.start > start) cuts.add(span.start);
    if (span.end < end) cuts.add(span.end);
  }
  const edges = [...cuts].toSorted((a, b) => a - b);
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1] ?? end;
    return { start: from, end: to, covers: here.filter((span) => span.start <= from && span.end >= to) };
  });
}
