import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CsvReader, separatorOf, writeCsv, type Separator } from "./csv.ts";
import { all, fileOf } from "./files.fixture.ts";

const rows = async (text: string, separator: Separator = ","): Promise<string[][]> =>
  (await all(new CsvReader(separator, "x.csv").rows(fileOf("x.csv", text, 3).text()))).map((row) => [...row.cells]);

test.each([
  [
    "V1 cells and rows",
    "a,b\r\nc,\n",
    [
      ["a", "b"],
      ["c", ""],
    ],
  ],
  ["V1 the last line needs no end", "a,b", [["a", "b"]]],
  ["V2 a quoted cell holds separators, line ends and quotation marks", '"a,""b""\r\nc",d\n', [['a,"b"\r\nc', "d"]]],
  ["V2 a quoted empty cell is a cell, and alone a row", '"",x\n""\n', [["", "x"], [""]]],
  ["V3 a quotation mark inside a cell is a letter", '5" pipe,x\n', [['5" pipe', "x"]]],
  ["V3 a carriage return inside a line is a letter", "a\rb,c\r\n", [["a\rb", "c"]]],
  ["V4 blank lines are no rows", "\n\r\na\n\n", [["a"]]],
  ["V1 a byte order mark is no letter", "\uFEFFa,b\n", [["a", "b"]]],
])("%s", async (_, text, expected) => {
  expect(await rows(text)).toEqual(expected);
});

test("V3 text behind a closing quotation mark marks the row", async () => {
  const read = await all(new CsvReader(",", "x").rows(fileOf("x", '"a"b,c\nd,e\n').text()));
  expect(read.map((row) => row.isMalformed)).toEqual([true, false]);
});

test("V5 a quotation mark that is never closed is refused with the line where its row began", async () => {
  await expect(rows('a,b\nc,"d\ne\nf\n')).rejects.toMatchObject({
    code: "SET_BROKEN",
    facts: { file: "x.csv", line: 2 },
  });
});

test("V5 rows know the line they begin in, also behind cells with line ends", async () => {
  const read = await all(new CsvReader(",", "x").rows(fileOf("x", 'a\n"b\n\nc"\n\nd\n').text()));
  expect(read.map((row) => row.line)).toEqual([1, 2, 6]);
});

test.each([
  ["question,document", ","],
  ["question;document;page", ";"],
  ["question\tdocument", "\t"],
  ['"a,b,c";d', ";"],
  ["one column", ","],
])("V1 what parts %j is %j", (row, separator) => {
  expect(separatorOf(row)).toBe(separator);
});

test("W1 what is written is read again, whatever the cells hold", async () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom("", "\r", "\n", '"', ";", "a,b", " ", "\uFEFF", "\t"),
  );
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(table, async (written) => {
      // A byte order mark in front belongs to the file, not to the cell.
      const guarded = [["head"], ...written];
      expect(await rows(writeCsv(guarded))).toEqual(guarded);
    }),
    { seed: 5, numRuns: 500 },
  );
});

test("W2 what a spreadsheet would run as a formula gets an apostrophe, numbers do not", () => {
  expect(writeCsv([["=1+1", "-0.25", "+.5", "-cmd", "@x"]], true)).toBe("'=1+1,-0.25,+.5,'-cmd,'@x\r\n");
});
