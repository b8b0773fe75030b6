import * as fc from "fast-check";
import { expect, test } from "vitest";
import { all, fileOf } from "./files.fixture.ts";
import { ImportLog } from "./import-log.ts";
import { linesOf, readLines } from "./lines.ts";

const lines = async (text: string, longest?: number): Promise<string[]> =>
  (await all(linesOf(fileOf("x", text).text(), longest))).map(
    (line) => `${line.number}${line.isCut ? "!" : ":"}${line.text}`,
  );

test("F3 LF, CRLF, a byte order mark and a missing last line end", async () => {
  expect(await lines("\uFEFFa\r\nb\n\nc")).toEqual(["1:a", "2:b", "3:", "4:c"]);
  expect(await lines("a\n")).toEqual(["1:a"]);
  expect(await lines("")).toEqual([]);
});

test("F4 a line over the limit is cut, the next one is whole and keeps its number", async () => {
  expect(await lines(`${"x".repeat(200)}\nshort\n${"y".repeat(120)}`, 100)).toEqual([
    `1!${"x".repeat(80)}`,
    "2:short",
    `3!${"y".repeat(80)}`,
  ]);
});

test("F4 a file of one endless line is never held: its pieces are dropped as they come", async () => {
  const endless = {
    path: "big",
    bytes: 2 ** 31,
    text: async function* () {
      const piece = "x".repeat(1_000_000);
      for (let i = 0; i < 300; i++) yield piece;
      yield "\nlast";
    },
  };
  const log = new ImportLog();
  expect(await all(readLines(endless, log))).toEqual([{ number: 2, text: "last", isCut: false }]);
  expect(log.report({ questions: 0, judgements: 0, documents: 0 }).problems).toEqual([
    { file: "big", line: 1, reason: "line-too-long", excerpt: "x".repeat(80) },
  ]);
});

test("F3 however the text is cut into pieces, the lines are those of split", async () => {
  const text = fc.array(fc.constantFrom("a", "b", "\n", "\r\n", "\r", "é", "😀"), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(text, async (parts) => {
      const whole = parts.join("");
      const expected = whole.split("\n").map((line, i, list) => (i < list.length - 1 ? line.replace(/\r$/, "") : line));
      const last = expected.at(-1)!;
      if (last === "") expected.pop();
      else expected[expected.length - 1] = last.replace(/\r$/, "");
      expect((await all(linesOf(fileOf("x", whole, 3).text()))).map((line) => line.text)).toEqual(expected);
    }),
    { seed: 4, numRuns: 300 },
  );
});
