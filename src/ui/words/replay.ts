import type { ReplyFormat, ReplyKind } from "#core/rerank/llm/reply.ts";
import type { LlmCall } from "#core/rerank/llm/run.ts";

export const REPLY_KIND: Record<ReplyKind, string> = {
  ok: "As asked for.",
  "wrong-format": "Not in the form that was asked for.",
  missing: "Passages are missing.",
  repetition: "Passages are repeated.",
};

const FORMAT: Record<ReplyFormat, string> = {
  chain: "",
  brackets: " Read from its brackets.",
  labels: " Read from its labels.",
  numbers: " Read from a list of numbers.",
  json: " Read as JSON.",
  digits: " Every number was taken for an identifier.",
  "unclosed-think": " It thought to the end of its tokens: no ranking, the order stays.",
  none: " Nothing could be read: the order stays.",
};

export function formatWords(format: ReplyFormat): string {
  return FORMAT[format];
}

/** "Call 3 of 9: places 11 to 30". */
export function callTitle({ number, span, chunkIds, error }: LlmCall, of: number): string {
  const what = span === null ? `${chunkIds.length} shown` : `places ${span.begin + 1} to ${span.end}`;
  return `Call ${number} of ${of}: ${what}${error === null ? "" : ", failed"}`;
}
