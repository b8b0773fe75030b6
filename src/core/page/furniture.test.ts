import { expect, test } from "vitest";
import { draw, sourcePage } from "./drawing.fixture.ts";
import { furnitureOf } from "./furniture.ts";
import { toLines } from "./line.ts";
import { pageNumber } from "./page-number.ts";

const BODY = ["72,600 10 | The body of the page says", "72,588 10 | something of its own here."];

/** The furniture of pages drawn as strings, each page's as one list. */
function furniture(...drawings: string[]): string[][] {
  const pages = drawings.map((drawing) => {
    const source = sourcePage(draw(drawing));
    return { lines: toLines(source.runs), source };
  });
  return furnitureOf(pages, 10).map((lines) => Array.from(lines, ({ text }) => text));
}

const four = (make: (i: number) => string, body = (i: number) => BODY.join(`${i}\n`)): string[] =>
  [1, 2, 3, 4].map((i) => `${make(i)}\n${body(i)}`);

test("U1 what the file calls an artifact", () => {
  expect(furniture(`72,300 10 artifact | A watermark\n${BODY.join("\n")}`)).toEqual([["A watermark"]]);
});

test("U2 the same line at the same height, numbers apart, on a quarter of at least three pages", () => {
  const made = furniture(...four((i) => `72,800 9 | Report ${i} of 4`));
  expect(made).toEqual([["Report 1 of 4"], ["Report 2 of 4"], ["Report 3 of 4"], ["Report 4 of 4"]]);
  expect(furniture(...four(() => "72,800 10 | Report").slice(2))).toEqual([[], []]);
  expect(furniture(...four((i) => `72,${800 - 8 * i} 9 | Report`)).flat()).toEqual([]);
});

test("U2 odd and even pages may differ", () => {
  const made = furniture(
    ...[1, 2, 3, 4, 5, 6].map((i) => `72,800 9 | ${i % 2 ? "Author" : "Title"}\n${BODY.join(`${i}\n`)}`),
  );
  expect(made.flat()).toEqual(["Author", "Title", "Author", "Title", "Author", "Title"]);
});

test("U3 a header may change with the chapter", () => {
  const chapters = ["One", "One", "One", "Two", "Two", "Two", "Three", "Three", "Four", "Five", "Five", "Five", "Six"];
  const made = furniture(...chapters.map((name, i) => `72,800 9 | Chapter ${name}\n${BODY.join(`${i}\n`)}`));
  expect(made.flat()).toEqual(chapters.map((name) => `Chapter ${name}`));
});

test("U3 first lines of the body stand at one height too, but each is its own", () => {
  const words = ["apple", "bread", "cider", "dough", "eggs"];
  expect(furniture(...words.map((word) => `72,760 10 | A page about ${word}\n${BODY.join(word)}`)).flat()).toEqual([]);
});

test("U4 numbers that count up with the page, two pages being enough where there are two", () => {
  expect(furniture(...four((i) => `290,40 9 | – ${i + 6} –`)).flat()).toEqual(["– 7 –", "– 8 –", "– 9 –", "– 10 –"]);
  expect(furniture(...four((i) => `290,40 9 | ${["i", "ii", "iii", "iv"][i - 1]}`)).flat()).toHaveLength(4);
  expect(furniture(...four((i) => `290,40 9 | ${i}`).slice(2)).flat()).toEqual(["3", "4"]);
  expect(furniture(...[5, 5, 9, 1].map((n, i) => `290,40 9 | ${n}\n${BODY.join(`${i}\n`)}`)).flat()).toEqual([]);
  expect(furniture(`290,40 9 | 1\n${BODY.join("\n")}`)).toEqual([[]]);
});

test("U5 never a line in the middle of the page", () => {
  expect(
    furniture(
      ...four(
        () => "72,421 9 | Report",
        () => "",
      ),
    ).flat(),
  ).toEqual([]);
});

test("U6 what would leave pages empty is what they say", () => {
  expect(
    furniture(
      ...four(
        () => "72,800 9 | Slide of a film",
        (i) => `290,40 9 | ${i}`,
      ),
    ).flat(),
  ).toEqual(["1", "2", "3", "4"]);
});

test("U7 letters larger than the body's are titles, unless every word stays", () => {
  expect(furniture(...four((i) => `72,800 20 | Question ${i}`)).flat()).toEqual([]);
  expect(furniture(...four(() => "72,800 20 | The Firm")).flat()).toHaveLength(4);
});

test("U8 pages are looked at as they are shown", () => {
  const turned = ["a", "b", "c"].map((word) => {
    const source = {
      ...sourcePage(draw(`20,100 9 turned | Report\n300,100 10 turned | body ${word}`)),
      rotation: 90 as const,
    };
    return { lines: toLines(source.runs), source };
  });
  expect(furnitureOf(turned, 10).map((lines) => Array.from(lines, ({ text }) => text))).toEqual([
    ["Report"],
    ["Report"],
    ["Report"],
  ]);
});

const two = (make: (i: number) => string): string[][] => furniture(...four(make).slice(2));

test("U9 of two pages: what both say in small print, word for word", () => {
  expect(two(() => "72,800 8 | Report").flat()).toEqual(["Report", "Report"]);
  expect(two((i) => `72,800 8 | Report ${i}`).flat()).toEqual([]);
  expect(two(() => "72,800 10 | Report").flat()).toEqual([]);
});

test("U9 or in any letters, where they stand first and were drawn last", () => {
  const body = (i: number): string =>
    Array.from({ length: 10 }, (_, row) => `72,${700 - 12 * row} 10 | Line ${row} of page ${"ab"[i]} only`).join("\n");
  const header = "72,800 11 | Company name";
  expect(furniture(`${body(0)}\n${header}`, `${body(1)}\n${header}`).flat()).toEqual(["Company name", "Company name"]);
  expect(furniture(`${header}\n${body(0)}`, `${header}\n${body(1)}`).flat()).toEqual([]);
});

test.each([
  ["12", 12],
  ["– 12 –", 12],
  ["xiv", 14],
  ["Page 3 of 9", 3],
  ["3/9", 3],
  ["第 3 页", 3],
  ["- ٣ -", 3],
  ["12 apples", null],
  ["mill", null],
  ["1.5", null],
])("a page number alone: %s", (text, value) => {
  expect(pageNumber(text)?.value ?? null).toBe(value);
});
