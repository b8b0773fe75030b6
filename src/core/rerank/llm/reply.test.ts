import fc from "fast-check";
import { expect, it } from "vitest";
import { parseReply, unansweredReply, type ReplyFormat, type ReplyKind } from "./reply.ts";

const ids = (reply: string, n: number, options: Parameters<typeof parseReply>[2]): string =>
  parseReply(reply, n, options)
    .order.map((place) => place + 1)
    .join();

/** The reply, what compat makes of it, and robust where that differs. Three passages. */
const TABLE: readonly (readonly [reply: string, compat: string, robust?: string | undefined])[] = [
  ["[2] > [1] > [3]", "2,1,3"],
  ["[2, 1, 3]", "2,1,3"],
  ["", "1,2,3"],
  ["ERROR::rate limit", "1,2,3"],
  ["[2] > [2] > [1]", "2,1,3"],
  ["[0] > [7] > [2]", "2,1,3"],
  ["[10] > [2]", "2,1,3"],
  ["[3]", "3,1,2"],
  ["[-2] > [1]", "2,1,3", "1,2,3"],
  ["<think>[3] > [1]</think>[2] > [1]", "2,1,3"],
  ["<think>[3] > [1]", "3,1,2", "1,2,3"],
  ["[²] > [¹] > [③]", "2,1,3"],
  ["[２] > [３]", "2,3,1"],
  ["[❷] > [❶]", "2,1,3"],
  ["Here are the 3 passages ranked: [2] > [1]", "3,2,1", "2,1,3"],
  ["1. [3]\n2. [1]\n3. [2]", "1,3,2", "3,1,2"],
  ["2 > 1 > 3", "2,1,3"],
  ["Passage 2, then Passage 3.", "2,3,1"],
  ["1. 3\n2. 1\n3. 2", "1,3,2", "3,1,2"],
  ["The best is 3 because of its 2 facts.", "3,2,1", "1,2,3"],
  ["At first [1] > [2] > [3]; but no: [3] > [2] > [1]", "1,2,3", "3,2,1"],
];

it.each(TABLE.map(([reply, compat, robust = compat]) => ({ reply, compat, robust })))(
  "L2 $reply: compat $compat, robust $robust",
  ({ reply, compat, robust }) => {
    expect(ids(reply, 3, { parser: "compat" })).toBe(compat);
    expect(ids(reply, 3, { parser: "robust" })).toBe(robust);
  },
);

it.each([
  ["[B] > [A]", "compat", "2,1,3"],
  ["BAC", "compat", "1,2,3"],
  ["b > a", "compat", "1,2,3"],
  ["[B] > [A]", "robust", "2,1,3"],
  ["B > A > C", "robust", "2,1,3"],
  ["b > a", "robust", "1,2,3"],
  ["I cannot rank these.", "robust", "1,2,3"],
] as const)("L2 letters: %j, %s: %s", (reply, parser, order) => {
  expect(ids(reply, 3, { parser, letters: true })).toBe(order);
});

it.each([
  ['{"ranking": [3, 1, 2]}', "3,1,2"],
  ['```json\n{"ranking": ["[2]", "[3]"]}\n```', "2,3,1"],
  ["[2, 3, 1]", "2,3,1"],
  ["[3] > [1]", "3,1,2"],
  ["{broken", "1,2,3"],
])("L2 a JSON reply %j: %s", (reply, order) => {
  expect(ids(reply, 3, { parser: "robust", json: true })).toBe(order);
});

it.each([
  ["[2] > [1] > [3]", "ok", "chain", 0, 0, 0],
  ["[2] > [1]", "missing", "chain", 0, 1, 0],
  ["[2] > [2] > [1] > [3]", "repetition", "chain", 1, 0, 0],
  ["[2] > [2] > [1]", "repetition", "chain", 1, 1, 0],
  ["[0] > [7] > [2]", "ok", "chain", 0, 2, 2],
  ["Ranking: [2] > [1] > [3]", "wrong-format", "chain", 0, 0, 0],
  ["", "wrong-format", "none", 0, 3, 0],
  ["<think>[3]", "wrong-format", "unclosed-think", 0, 3, 0],
] as const)(
  "L2 %j is %s, found as %s",
  (reply, kind: ReplyKind, format: ReplyFormat, duplicates, missing, outOfRange) => {
    const parsed = parseReply(reply, 3, { parser: "robust" });
    expect(parsed).toMatchObject({ kind, format, repairs: { duplicates, missing, outOfRange } });
  },
);

it("L2 the order that was shown is valid and counted apart; nothing read is a fallback", () => {
  expect(parseReply("[1] > [2] > [3]", 3, { parser: "robust" })).toMatchObject({
    identity: true,
    fallback: false,
    kind: "ok",
  });
  expect(parseReply("sorry", 3, { parser: "robust" })).toMatchObject({ identity: true, fallback: true });
  expect(unansweredReply(3)).toMatchObject({ order: [0, 1, 2], fallback: true });
  expect(parseReply("[1]", 1, { parser: "robust" })).toMatchObject({ identity: false, fallback: false });
});

it("L2 R1 any string gives a permutation, in every mode", () => {
  const pieces = fc.constantFrom(
    "[1]",
    "[2]",
    " > ",
    "[A]",
    "<think>",
    "</think>",
    "3",
    "[",
    "]",
    "\n",
    "{",
    '"ranking": [1',
    "①",
    "Passage 4",
    "-",
  );
  const replies = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(replies, fc.integer({ min: 0, max: 30 }), fc.boolean(), fc.boolean(), (reply, n, letters, json) => {
      for (const parser of ["robust", "compat"] as const) {
        const { order } = parseReply(reply, n, { parser, letters, json });
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }
    }),
    { seed: 6, numRuns: 500 },
  );
});
