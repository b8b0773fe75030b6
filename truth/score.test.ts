import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bagF1, longestCommon, score, toTruth } from "./score.ts";

const words = toTruth("# A title\n\nThe cat sat.\nIt slept well.\n\n| 1 | two |", "word");
const characters = toTruth("# 题目\n\n猫坐下。\n它睡了。", "character");

describe("score", () => {
  test("T1 a source is its lines, without the marks of headings and cells", () => {
    expect(words.sentences).toEqual(["A title", "The cat sat.", "It slept well.", "1 two"]);
  });

  test("T2 the text itself scores 1 and 1, whatever its white space", () => {
    const reading = "A title\n\nThe  cat\nsat. It slept\nwell.\n1\ttwo";
    expect(score(words, reading)).toEqual({ order: 1, sentences: 1, missing: [] });
  });

  test("T3 order is 2·LCS/(a+b) on words: 10 words and 10 words, 7 of them in order", () => {
    const reading = "It slept well. A title The cat sat. 1 two";
    expect(score(words, reading)).toEqual({ order: 14 / 20, sentences: 1, missing: [] });
  });

  test("T4 a divided word costs its sentence and its order: 10 words and 11, 9 in common", () => {
    const { order, sentences, missing } = score(words, "A title The cat sat. It sle- pt well. 1 two");
    expect(order).toBe(18 / 21);
    expect(sentences).toBe(0.75);
    expect(missing).toEqual(["It slept well."]);
  });

  test("T5 more text than the truth has costs order, not sentences", () => {
    const { order, sentences } = score(words, "A title Page 1 The cat sat. It slept well. 1 two");
    expect(order).toBe(20 / 22);
    expect(sentences).toBe(1);
  });

  test("T6 characters are put in order without spaces, but a space within a Chinese sentence costs the sentence", () => {
    expect(score(characters, "题目\n猫坐下。它睡\n了。")).toEqual({
      order: 1,
      sentences: 2 / 3,
      missing: ["它睡了。"],
    });
    expect(score(characters, "题目 它睡了。猫坐下。").order).toBe(12 / 20);
  });

  test("T10 ligatures and wide forms are compared by NFKC", () => {
    expect(score(toTruth("ﬁne ＡＢ", "word"), "fine AB").sentences).toBe(1);
  });

  test("T7 nothing read scores 0", () => {
    expect(score(words, "")).toMatchObject({ order: 0, sentences: 0 });
  });

  test("T8 the longest common subsequence is that of the table method", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(longestCommon(one, other)).toBe(byTable(one, other));
      }),
      { seed: 8 },
    );
  });

  test("T9 agreement counts each word as often as both have it", () => {
    expect(bagF1("a a b", "a b c")).toBe(4 / 6);
    expect(bagF1("b a", "a b")).toBe(1);
    expect(bagF1("", "")).toBe(1);
    expect(bagF1("a", "")).toBe(0);
  });
});

function byTable(one: readonly string[], other: readonly string[]): number {
  let row = other.map(() => 0);
  for (const a of one) {
    const next: number[] = [];
    for (const [i, b] of other.entries()) {
      next.push(a === b ? (row[i - 1] ?? 0) + 1 : Math.max(row[i] ?? 0, next[i - 1] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
