import * as fc from "fast-check";
import { expect, test } from "vitest";
import { BLOCK, type Page } from "../model.ts";
import { draw, sourcePage } from "./drawing.fixture.ts";
import { follows, numberingOf } from "./numbering.ts";
import { headingsAt } from "./outline.ts";
import { toPages } from "./pages.ts";
import type { OutlineEntry } from "./source.ts";

const NAMES = ["text", "heading", "item", "row", "caption", "note", "aside", "furniture"];
const FULL = "A line of the text that fills its column";
/** Lines of body at 12 points from `top` down. */
const body = (top: number, lines = 4, x = 72): string =>
  Array.from({ length: lines }, (_, i) => `${x},${top - 12 * i} 10 | ${FULL}`).join("\n");

function read(drawings: readonly string[], outline: readonly OutlineEntry[] = []): Page[] {
  return toPages(
    drawings.map((drawing) => sourcePage(draw(drawing))),
    outline,
  );
}

/** `kind: first words` of each block. */
function blocks(...drawings: string[]): string[] {
  return read(drawings).flatMap(({ text, blocks: { starts, kinds, levels } }) =>
    Array.from(starts, (start, i) => {
      const said = text
        .slice(start, starts[i + 1])
        .trim()
        .replace("\n", "|");
      return `${NAMES[kinds[i] ?? 0]}${levels[i] || ""}: ${said.startsWith(FULL) ? "…" : said}`;
    }),
  );
}

const paths = (pages: readonly Page[]): string[] => headingsAt(pages).map(({ level, text }) => `${level} ${text}`);

// ------------------------------------------------------------ headings

test("E1 tags name headings and their levels, whatever they look like", () => {
  const [page] = toPages([
    sourcePage(
      draw(`72,700 10 | A tagged line\n${body(680)}`).map((run, i) =>
        i === 0 ? { ...run, role: "h3" as const } : run,
      ),
    ),
  ]);
  expect(paths(page ? [page] : [])).toEqual(["3 A tagged line"]);
});

test("E2 an outline names lines of its page, with their number or without, on several lines too", () => {
  const pages = [
    `72,700 10 | 2 Methods\n${body(680)}`,
    `72,700 10 | A title set\n72,688 10 | on two lines\n${body(660)}`,
  ];
  const outline = [
    { title: "Methods", level: 1, page: 0 },
    { title: "A Title set on two lines", level: 2, page: 1 },
    { title: "Not on this page", level: 1, page: 1 },
  ];
  expect(paths(read(pages, outline))).toEqual(["1 2 Methods", "2 A title set on two lines"]);
});

test("E4 short lines larger than the body, ranked by size", () => {
  expect(
    blocks(`72,740 20 | The Work\n72,710 14 | A part\n${body(690)}\n72,630 14 | Another part\n${body(610)}`),
  ).toEqual(["heading1: The Work", "heading2: A part", "text: …", "heading2: Another part", "text: …"]);
});

test("E4 larger letters that say sentences, names or dates are none", () => {
  for (const line of ["This is a whole sentence.", "ann@example.org", "12 May 2020", "2018 年 4 月", "= 3 × 4 + 5"]) {
    expect(blocks(`72,740 14 | ${line}\n${body(700)}`)[0]).toBe(`text: ${line}`);
  }
});

test("E5 a font that is not the body's, with numbers that go on: the level is the number's depth", () => {
  const drawing = ["1 Introduction", "2 Method", "2.1 Set-up", "2.2 Data", "3 Results"]
    .map((title, i) => `72,${740 - 80 * i} 10 bold | ${title}\n${body(720 - 80 * i)}`)
    .join("\n");
  expect(paths(read([drawing]))).toEqual([
    "1 1 Introduction",
    "1 2 Method",
    "2 2.1 Set-up",
    "2 2.2 Data",
    "1 3 Results",
  ]);
});

test("E5 numbers in the body's own font are a list", () => {
  const items = ["1. Apples", "2. Pears", "3. Plums"].map((item, i) => `72,${600 - 14 * i} 10 | ${item}`);
  expect(blocks(`${body(700)}\n${items.join("\n")}`)).toEqual([
    "text: …",
    "item: 1. Apples",
    "item: 2. Pears",
    "item: 3. Plums",
  ]);
});

test("E6 titles that everybody knows make their style one of headings", () => {
  const drawing = `72,740 10 bold | Abstract\n${body(720)}\n72,660 10 bold | Our thanks\n${body(640)}`;
  expect(paths(read([drawing]))).toEqual(["1 Abstract", "1 Our thanks"]);
});

test("E7 a font of running text is none of headings, however large", () => {
  const large = Array.from(
    { length: 6 },
    (_, i) => `72,${760 - 18 * i} 14 | A letter in large print that goes on`,
  ).join("\n");
  expect(blocks(`${large}\n72,640 14 | Short\n${body(600, 12)}`).some((block) => block.startsWith("heading"))).toBe(
    false,
  );
});

test("E8 above the abstract of page one only the largest line is a heading", () => {
  const drawing = `72,780 20 | The Title\n72,750 12 | Ann Author\n72,700 12 bold | Abstract\n${body(680)}`;
  expect(paths(read([drawing]))).toEqual(["1 The Title", "2 Abstract"]);
});

test("E9 a table of contents has no headings in it", () => {
  const entries = ["1 One", "2 Two", "3 Three"].map(
    (entry, i) => `72,${700 - 14 * i} 14 | ${entry} . . . . . . ${i + 1}`,
  );
  expect(paths(read([entries.join("\n"), body(700)]))).toEqual([]);
});

// ------------------------------------------------------------ footnotes, captions, tables, asides

const COLUMN = body(700, 20);
const NOTE = "72,90 8 | 1The code can be had from us.";

test("N1 small lines with a mark at the foot of a column are footnotes", () => {
  expect(blocks(`${COLUMN}\n${NOTE}\n72,80 8 | ∗Both alike.`)).toEqual([
    "text: …",
    "note: 1The code can be had from us.",
    "note: ∗Both alike.",
  ]);
});

test("N2 they stand behind the text, so that a sentence reaches the next column unbroken", () => {
  const made = blocks(
    `${COLUMN}\n${NOTE}\n320,700 10 | goes on in a line that fills the column\n${body(688, 20, 320)}`,
  );
  expect(made.map((block) => block.split(":")[0])).toEqual(["text", "note"]);
});

test("N3 small lines at the head of a page, or in most of a column, are none", () => {
  expect(blocks(`72,760 8 | 1The code.\n${COLUMN}`).some((block) => block.startsWith("note"))).toBe(false);
  const references = Array.from({ length: 20 }, (_, i) => `72,${600 - 10 * i} 8 | 1The work of Name, and others`).join(
    "\n",
  );
  expect(blocks(`${body(700, 3)}\n${references}`, body(700, 40)).some((block) => block.startsWith("note"))).toBe(false);
});

test.each([
  "Figure 3: What it shows",
  "Table 1. What it lists",
  "FIG. 1 – Une figure",
  "图 2 系统结构",
  "表1：结果",
  "Abb. 4: Bild",
])("K1 a caption: %s", (caption) => {
  expect(blocks(`${body(700)}\n72,620 10 | ${caption}\n${body(580)}`)[1]).toBe(`caption: ${caption}`);
});

test("K2 a sentence about a figure is no caption", () => {
  expect(blocks(`72,700 10 | Figure 3 shows what we have found\n${body(688)}`)).toHaveLength(1);
});

const cells = (y: number, ...texts: string[]): string =>
  texts.map((text, i) => `${72 + 120 * i},${y} 10 | ${text}`).join("\n");

test("T1 two rows of cells are a table, one block a row", () => {
  expect(blocks(`${body(700)}\n${cells(600, "a", "b", "c")}\n${cells(588, "d", "e", "f")}`)).toEqual([
    "text: …",
    "row: a b c",
    "row: d e f",
  ]);
  expect(blocks(`${body(700)}\n${cells(600, "x = y", "(1)")}\n${body(570)}`)[1]).toBe("text: x = y (1)");
});

test("A1 lines of another direction stand apart, behind the footnotes", () => {
  expect(blocks(`20,300 14 turned | arXiv stamp\n${COLUMN}\n${NOTE}`).at(-1)).toBe("aside: arXiv stamp");
});

test("A2 what runs through the pages is behind the body, and nothing is lost by it", () => {
  const pages = read([1, 2, 3].map((i) => `72,820 9 | Report\n72,760 14 | Part ${i}\n${body(600)}\n290,40 9 | ${i}`));
  for (const [i, { text, bodyEnd, blocks: made }] of pages.entries()) {
    expect(text.slice(bodyEnd)).toBe(`\nReport\n${i + 1}`);
    expect(text.startsWith(`Part ${i + 1}\n`)).toBe(true);
    expect([...made.kinds].filter((kind) => kind === BLOCK.furniture)).toHaveLength(2);
  }
});

/** The characters of a text, in no order. */
const letters = (said: string): string => Array.from(said.replaceAll(/\s/g, "")).toSorted().join("");

test("A3 any page: blocks ascend from 0, furniture is what stands behind the body, and no letter is lost", () => {
  const line = fc.record({
    x: fc.constantFrom(72, 90, 320),
    y: fc.integer({ min: 2, max: 66 }).map((row) => 12 * row),
    size: fc.constantFrom(7, 10, 10, 10, 14, 24),
    word: fc.constantFrom("", "bold", "artifact", "turned"),
    text: fc.constantFrom(
      "Report",
      "1",
      "2 Method",
      "Figure 1: x",
      "• item",
      "a b c",
      "1Note here",
      "第一章 总则",
      "Abstract",
    ),
  });
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 25 }), { minLength: 1, maxLength: 5 }), (drawn) => {
      const drawings = drawn.map((lines) =>
        lines.map(({ x, y, size, word, text }) => `${x},${y} ${size} ${word} | ${text}`).join("\n"),
      );
      for (const [i, { text, bodyEnd, blocks: made }] of read(drawings).entries()) {
        expect(letters(text)).toBe(letters((drawn[i] ?? []).map((one) => one.text).join("")));
        for (const [k, start] of made.starts.entries()) {
          expect(start).toBeGreaterThanOrEqual(k === 0 ? 0 : (made.starts[k - 1] ?? 0) + 1);
          expect(made.kinds[k] === BLOCK.furniture).toBe(start > bodyEnd || (start === 0 && bodyEnd === 0));
          expect((made.levels[k] ?? 0) > 0).toBe(made.kinds[k] === BLOCK.heading);
        }
      }
    }),
    { seed: 20261124, numRuns: 200 },
  );
});

// ------------------------------------------------------------ numbers

test.each([
  ["3.2 Training", 20, "Training"],
  ["3. Results", 10, "Results"],
  ["A.1 Proofs", 20, "Proofs"],
  ["Chapter 4: The End", 10, "The End"],
  ["Appendix A Data", 10, "Data"],
  ["IV. Results", 10, "Results"],
  ["第一章 总则", 10, "总则"],
  ["第二节 公司", 20, "公司"],
  ["一、数据", 25, "数据"],
  ["（二）数据", 26, "数据"],
  ["제 1 장 총칙", 10, "총칙"],
])("the number of a heading: %s", (text, rank, title) => {
  expect(numberingOf(text)).toMatchObject({ rank, title });
});

test.each(["2018 was a year", "3.14159 is pi", "Training", "partial results", "A new method"])(
  "no number: %s",
  (text) => {
    expect(numberingOf(text)).toBeNull();
  },
);

test.each([
  ["1 a", "2 b", true],
  ["1.2 a", "1.3 b", true],
  ["1 a", "1.1 b", true],
  ["1.3 a", "2 b", true],
  ["1 a", "3 b", false],
  ["1.2 a", "2.3 b", false],
  ["2 a", "2 b", false],
])("%s, then %s: %s", (before, after, expected) => {
  expect(follows(numberingOf(before)!, numberingOf(after)!)).toBe(expected);
});
