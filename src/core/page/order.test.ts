import { expect, test } from "vitest";
import { draw } from "./drawing.fixture.ts";
import { toLines, type Line } from "./line.ts";
import { toReadingOrder } from "./order.ts";

const inReadingOrder = (lines: readonly Line[]): Line[] => toReadingOrder([lines])[0] ?? [];
const texts = (drawing: string): string[] => inReadingOrder(toLines(draw(drawing))).map((line) => line.text);
const LEFT = "A line of the left hand column";
const RIGHT = "the right hand column of text";
/** Rows from the top, each drawn through both columns. */
const rows = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, i) => {
    const y = 700 - 12 * (from + i);
    return `50,${y} 10 w=200 | ${LEFT} ${from + i}\n262,${y} 10 w=190 | ${RIGHT} ${from + i}`;
  }).join("\n");
const numbered = (text: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${text} ${i}`);

const column = (x: number, text: string): string =>
  Array.from({ length: 8 }, (_, i) => `${x},${700 - 12 * i} 10 w=200 | ${text} ${i}`).join("\n");

test("O1 columns drawn one after the other stay as drawn, also where the second is drawn first", () => {
  expect(texts(`${column(50, LEFT)}\n${column(300, RIGHT)}`)).toEqual([...numbered(LEFT, 8), ...numbered(RIGHT, 8)]);
  expect(texts(`${column(300, RIGHT)}\n${column(50, LEFT)}`)).toEqual([...numbered(RIGHT, 8), ...numbered(LEFT, 8)]);
});

test("O2 columns of prose drawn row by row are read one after the other, though the gutter is narrow", () => {
  expect(texts(rows(6))).toEqual([...numbered(LEFT, 6), ...numbered(RIGHT, 6)]);
});

test("O3 what lies across the columns parts what is above from what is below", () => {
  const across = "50,628 10 w=402 | A heading that goes from the left edge to the right one";
  const read = texts(`${rows(6)}\n${across}\n${rows(6, 7)}`);
  expect(read.map((text) => text.slice(0, 5))).toEqual(
    [LEFT, RIGHT, "A hea", LEFT, RIGHT].flatMap((text, i) =>
      Array.from({ length: i === 2 ? 1 : 6 }, () => text.slice(0, 5)),
    ),
  );
});

test("O4 a table keeps its rows: short cells, however many", () => {
  const cells = Array.from(
    { length: 9 },
    (_, i) => `50,${700 - 12 * i} 10 | name ${i}\n150,${700 - 12 * i} 10 | ${i} kg`,
  );
  expect(texts(cells.join("\n")).slice(0, 4)).toEqual(["name 0", "0 kg", "name 1", "1 kg"]);
});

test("O5 lines drawn from the bottom up are read from the top down, column by column", () => {
  const drawing = Array.from({ length: 8 }, (_, i) => `50,${600 + 12 * i} 10 w=200 | ${LEFT} ${7 - i}`)
    .concat(Array.from({ length: 8 }, (_, i) => `300,${600 + 12 * i} 10 w=190 | ${RIGHT} ${7 - i}`))
    .join("\n");
  expect(texts(drawing)).toEqual([...numbered(LEFT, 8), ...numbered(RIGHT, 8)]);
});

test("O6 one header that was drawn last stays last", () => {
  const body = Array.from({ length: 8 }, (_, i) => `50,${600 - 12 * i} 10 | ${LEFT} ${i}`).join("\n");
  expect(texts(`${body}\n50,700 10 | Header`).at(-1)).toBe("Header");
});

test("O7 a page with few rows is read as the other pages of the document are", () => {
  const [, second] = toReadingOrder([toLines(draw(rows(6))), toLines(draw(rows(2)))]);
  expect(second?.map((line) => line.text)).toEqual([...numbered(LEFT, 2), ...numbered(RIGHT, 2)]);
  expect(texts(rows(2))).toEqual([`${LEFT} 0 ${RIGHT} 0`, `${LEFT} 1 ${RIGHT} 1`]);
});

test("O8 vertical columns stay as drawn, text of another direction last", () => {
  const down = Array.from({ length: 6 }, (_, i) => `${400 - 15 * i},${600 + 20 * i} 10 down w=40 | 第二条${i}`).join(
    "\n",
  );
  const page = toLines(draw(down).map((run) => ({ ...run, ascent: 0.5, descent: -0.5 })));
  expect(inReadingOrder(page)).toEqual(page);
  const stamped = texts(`10,300 20 turned | arXiv\n${rows(6)}`);
  expect(stamped.at(-1)).toBe("arXiv");
});

test("O9 columns of right-to-left prose drawn row by row: the right one first", () => {
  const drawing = Array.from({ length: 6 }, (_, i) => {
    const y = 700 - 12 * i;
    return `262,${y} 10 rtl w=190 | הטור הימני של העמוד\n50,${y} 10 rtl w=200 | הטור השמאלי של העמוד`;
  }).join("\n");
  expect(texts(drawing)).toEqual([
    ...Array.from({ length: 6 }, () => "הטור הימני של העמוד"),
    ...Array.from({ length: 6 }, () => "הטור השמאלי של העמוד"),
  ]);
});

test("O10 every line stays, whole or in parts", () => {
  const lines = toLines(draw(rows(40)));
  const read = inReadingOrder(lines).map((line) => line.text);
  expect(read.toSorted()).toEqual([...numbered(LEFT, 40), ...numbered(RIGHT, 40)].toSorted());
});

test("O11 columns drawn line by line, each on baselines of its own, are read one after the other", () => {
  const between = (left: (i: number) => string, right: (i: number) => string): string =>
    Array.from(
      { length: 8 },
      (_, i) => `50,${700 - 12 * i} 10 w=200 | ${left(i)}\n300,${695 - 12 * i} 10 w=190 | ${right(i)}`,
    ).join("\n");
  const prose = between(
    (i) => `${LEFT} ${i}`,
    (i) => `${RIGHT} ${i}`,
  );
  expect(texts(prose)).toEqual([...numbered(LEFT, 8), ...numbered(RIGHT, 8)]);
  const cells = between(
    (i) => `name ${i}`,
    (i) => `${i} kg`,
  );
  expect(texts(cells).slice(0, 4)).toEqual(["name 0", "0 kg", "name 1", "1 kg"]);
});
