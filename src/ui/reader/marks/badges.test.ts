import { expect, it } from "vitest";
import type { PageMark } from "#state/reader-view.ts";
import type { Box } from "../geometry.ts";
import { BADGE, badgesOf, rankSign, rankWords } from "./badges.ts";
import { heatSign, heatWords } from "./heat-words.ts";

const mark = (given: Partial<PageMark>): PageMark =>
  ({ chunkId: "d:1", quads: [], start: 0, end: 1, chosen: false, before: 17, after: 1, ...given }) as PageMark;

it("M1 badges stand at the first line, in the nearer margin, and never on each other", () => {
  const at = new Map<PageMark, Box>();
  const put = (left: number, top: number): PageMark => {
    const it = mark({});
    at.set(it, { left, top, width: 200, height: 12 });
    return it;
  };
  const marks = [put(60, 300), put(60, 290), put(340, 295), put(60, 500)];
  const badges = badgesOf(marks, (it) => at.get(it) ?? null, 600);
  expect(badges.map(({ side }) => side).toSorted()).toEqual(["left", "left", "left", "right"]);
  for (const a of badges)
    for (const b of badges)
      if (a !== b && a.side === b.side) expect(Math.abs(a.top - b.top)).toBeGreaterThanOrEqual(BADGE);
  expect(badges.at(-1)?.top).toBe(500 + 6 - BADGE / 2);
});

it("M6 a badge keeps off the text: set small, then stacked, where the margin is narrow", () => {
  const formAt = (left: number, given: Partial<PageMark> = {}) =>
    badgesOf([mark(given)], () => ({ left, top: 0, width: 200, height: 12 }), 600)[0]?.form;
  expect(formAt(60)).toBe("full");
  expect(formAt(45)).toBe("small");
  expect(formAt(30)).toBe("stacked");
  // A longer sign needs more.
  expect(formAt(56, { before: 113, after: 121 })).toBe("small");
  expect(formAt(72, { before: 113, after: 121 })).toBe("full");
});

it("M2 no badge without a rank or without a place", () => {
  const box: Box = { left: 0, top: 0, width: 1, height: 1 };
  expect(badgesOf([mark({ before: null, after: null })], () => box, 600)).toEqual([]);
  expect(badgesOf([mark({})], () => null, 600)).toEqual([]);
});

it("M3 ranks as a sign and in words; what was not re-ranked has no rank after", () => {
  expect(rankSign(mark({}))).toBe("1 ← 17");
  expect(rankSign(mark({ after: null }))).toBe("17");
  expect(rankWords(mark({}))).toBe("rank 1 after re-ranking, 17 before");
  expect(rankWords(mark({ after: null }))).toBe("rank 17, not re-ranked");
});

it("M4 heat as a sign and in words", () => {
  const heat = { rankBefore: 3, rankAfter: 1, before: 0.5, after: 1, difference: 0.5 };
  expect((["before", "after", "difference"] as const).map((stage) => heatSign(heat, stage))).toEqual([
    "#3",
    "#1",
    "▲ 2",
  ]);
  expect(heatSign({ ...heat, rankAfter: 9 }, "difference")).toBe("▼ 6");
  expect(heatSign({ ...heat, rankAfter: null }, "difference")).toBe("");
  expect(heatWords(heat)).toBe("best rank 3 before, 1 after");
  expect(heatWords({ ...heat, rankAfter: null })).toBe("best rank 3 before, not re-ranked");
});
