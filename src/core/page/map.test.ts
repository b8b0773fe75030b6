import * as fc from "fast-check";
import { expect, test } from "vitest";
import { anyRun } from "./any-run.fixture.ts";
import { assemble, type Assembled } from "./assemble.ts";
import { mirror } from "./bidi.ts";
import { column, draw } from "./drawing.fixture.ts";
import { fold } from "./fold.ts";
import { toVocabulary } from "./hyphen.ts";
import { toLines } from "./line.ts";
import { toReadingOrder } from "./order.ts";
import type { SourceRun } from "./source.ts";

function read(drawn: readonly SourceRun[]): Assembled {
  const [lines = []] = toReadingOrder([toLines(drawn)]);
  return assemble(lines, [], drawn, toVocabulary([lines]));
}

interface Row {
  readonly source: number;
  readonly from: string;
  readonly to: string;
}

function rowsOf({ text, runs }: Assembled, drawn: readonly SourceRun[]): Row[] {
  return Array.from(runs.starts, (start, i) => {
    const source = runs.sources[i] ?? 0;
    const from = drawn[source]?.text.slice(runs.sourceStarts[i], runs.sourceEnds[i]) ?? "";
    return { source, from, to: text.slice(start, runs.ends[i]) };
  });
}

const shown = (drawn: SourceRun[]): string[] =>
  rowsOf(read(drawn), drawn).map(({ source, from, to }) => `${source} ${from}>${to}`);

test("M1 white space at the ends of a run is in no row, offsets count in the engine's text", () => {
  const drawn = column("  spaced  ");
  const { runs } = read(drawn);
  expect([...runs.sourceStarts, ...runs.sourceEnds]).toEqual([2, 8]);
});

test("M2 ligatures are rows of their own", () => {
  expect(shown(column("an eﬃcient way"))).toEqual(["0 an e>an e", "0 ﬃ>ffi", "0 cient way>cient way"]);
});

test("M3 a hyphen that divides is in no row", () => {
  expect(shown(column("infor-", "mation"))).toEqual(["0 infor>infor", "1 mation>mation"]);
});

test("M4 a joined accent points at its letter", () => {
  expect(shown(draw("10,100 10 w=20 | Herv´\n25,100 10 w=20 | e J"))).toEqual(["0 Herv>Herv", "1 e>é", "1  J> J"]);
  expect(shown(draw("10,100 10 w=20 | Pas\n27,100 10 w=20 | ¸ca"))).toEqual(["0 Pa>Pa", "0 s>ş", "1 ca>ca"]);
});

test("M5 right-to-left glyphs point at their own runs, mirrored brackets at what was drawn", () => {
  const drawn = draw(
    "10,100 10 w=5 | (\n15,100 10 rtl w=5 | ב\n20,100 10 rtl w=5 | א\n25,100 10 w=5 | )\n30,100 10 rtl w=5 | ג",
  );
  expect(read(drawn).text).toBe("ג(אב)");
  expect(shown(drawn)).toEqual(["4 ג>ג", "3 )>(", "2 א>א", "1 ב>ב", "0 (>)"]);
});

test("M6 edges are the engine's, counted from where the row begins; a ligature's letters share its width", () => {
  const [run] = column("aﬁb");
  if (run === undefined) throw new Error("one run");
  const { edges, runs } = read([{ ...run, edges: [0.2, 0.8, 1] }]);
  expect(Array.from(edges, (edge) => Math.round(edge / 655.35))).toEqual([100, 50, 100, 100]);
  expect(Array.from(runs.frames).filter((_, i) => i % 6 === 0 || i % 6 === 2)).toEqual(
    Array.from(Float32Array.of(72, 3, 75, 9, 84, 3)),
  );
});

/** What may stand in a run and in no row, and nothing else. */
const LOST: readonly (readonly [string, RegExp])[] = [
  ["white space is made anew", /^\s$/u],
  [
    "folding drops invisible characters",
    /^(?:(?!\s)\p{Cc}|[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF])$/u,
  ],
  ["hyphens at line ends divide words", /^[-\u2010\u2011\u00AD]$/u],
  ["accents join their letters", /^(?:\p{M}|[`´ˆ˜¯˘˙¨˚˝ˇ¸˛])$/u],
];

function isLost(character: string): boolean {
  return LOST.some(([, rule]) => rule.test(character));
}

function bare(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").replace("ı", "i").replace("ȷ", "j");
}

/** One folded unit, its brackets mirrored or not, its accents joined or not. */
function isFolded(from: string, to: string): boolean {
  // A soft hyphen divides at the end of a run only; cut out of its run, it would seem to.
  const whole = fold(from.replaceAll("\u00AD", ""));
  return [fold(from), whole, mirror(whole)].some((folded) => folded === to || bare(folded) === bare(to));
}

/** Characters of equal lengths pair off; a character of two units and its marks are judged as one. */
function pairsOff(from: string, to: string): boolean {
  if (from.length !== to.length || from.length === 1) return isFolded(from, to);
  return Array.from({ length: from.length }, (_, k) => k).every(
    (k) => isFolded(from.charAt(k), to.charAt(k)) || isFolded(from, to),
  );
}

test("M7 any runs: rows ascend and are disjoint, hold their source folded, and no character is lost but by rule", () => {
  fc.assert(
    fc.property(fc.array(anyRun, { maxLength: 40 }), (drawn) => {
      const made = read(drawn);
      const { runs, text } = made;
      const seen = drawn.map((run) => new Uint8Array(run.text.length));
      let last = 0;
      for (const [i, start] of runs.starts.entries()) {
        expect(start).toBeGreaterThanOrEqual(last);
        last = runs.ends[i] ?? 0;
        expect(last).toBeGreaterThan(start);
        expect(text.slice(start, last)).not.toContain("\n");
        seen[runs.sources[i] ?? 0]?.fill(1, runs.sourceStarts[i], runs.sourceEnds[i]);
      }
      expect(last).toBeLessThanOrEqual(text.length);
      expect(runs.frames).toHaveLength(6 * runs.starts.length);
      expect(runs.frames.every(Number.isFinite)).toBe(true);
      expect(made.edges).toHaveLength(text.length);
      expect(rowsOf(made, drawn).filter(({ from, to }) => !pairsOff(from, to))).toEqual([]);
      const lost = drawn.flatMap(({ text: source }, i) =>
        Array.from(source.matchAll(/./gsu)).filter(({ 0: one, index }) => seen[i]?.[index] === 0 && !isLost(one)),
      );
      expect(lost).toEqual([]);
      const inRows = rowsOf(made, drawn)
        .map(({ to }) => to)
        .join("");
      expect(text.replaceAll(/\s/g, "")).toBe(inRows.replaceAll(/\s/g, ""));
    }),
    { seed: 20261122, numRuns: 1500 },
  );
}, 30_000);

test("M8 a page of a million characters, and one of many runs in disorder, are read whole", { timeout: 60_000 }, () => {
  const [run] = column("");
  if (run === undefined) throw new Error("one run");
  const long = "word ".repeat(100).trim();
  const many = Array.from({ length: 10_000 }, (_, i) => ({
    ...run,
    text: long.slice(0, 100),
    y: 12 * i,
    advance: 500,
  }));
  expect(read(many).text.replaceAll(/\s/g, "")).toHaveLength(10_000 * 80);
  const glyphs = Array.from({ length: 50_000 }, (_, i) => ({ ...run, text: "a", x: 5 * i, advance: 5 }));
  expect(read(glyphs).text).toBe("a".repeat(50_000));
  const whole = { ...run, text: "word ".repeat(200_000) };
  expect(read([whole]).text).toHaveLength(999_999);
});
