import type { Mark } from "#core/retrieve/marks.ts";

interface MarkedTextProps {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly start?: number;
  readonly end?: number;
}

/** A stretch of text with the query's words marked; text nodes only (rule X1). */
export function MarkedText({ text, marks, start = 0, end = text.length }: MarkedTextProps) {
  const parts = [];
  let at = start;
  for (const mark of marks) {
    if (mark.end <= at) continue;
    if (mark.start >= end) break;
    const from = Math.max(at, mark.start);
    const to = Math.min(end, mark.end);
    if (from > at) parts.push(text.slice(at, from));
    parts.push(<mark key={from}>{text.slice(from, to)}</mark>);
    at = to;
  }
  if (at < end) parts.push(text.slice(at, end));
  return <>{parts}</>;
}
