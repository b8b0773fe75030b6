import { expect, test } from "vitest";
import { toReading, type BidiClass } from "./bidi.ts";
import { draw } from "./drawing.fixture.ts";
import { toLines } from "./line.ts";

const CLASSES: ReadonlyMap<string, BidiClass> = new Map([
  ["L", "left"],
  ["R", "right"],
  ["1", "number"],
  ["_", "neutral"],
  [".", "separator"],
]);
/** Pieces from left to right, as letters of their class and a digit each; read in the order of the digits. */
const order = (classes: string, base: boolean): string =>
  toReading(
    Array.from(classes, (one) => CLASSES.get(one) ?? "neutral"),
    base,
  )
    .order.map((at) => classes.charAt(at) + at)
    .join(" ");

test.each([
  ["D1 right-to-left pieces are read from the right", "R_R", true, "R2 _1 R0"],
  ["D2 Latin words among them keep their order", "R_L_L_R", true, "R6 _5 L2 _3 L4 _1 R0"],
  ["D3 a number belongs to the Latin word before it", "R_L_1_R", true, "R6 _5 L2 _3 14 _1 R0"],
  ["D4 two numbers are read from the right", "1_1_R", true, "R4 _3 12 _1 10"],
  ["D5 digits around a separator are one number", "1.1_R", true, "R4 _3 10 .1 12"],
  ["D6 a number before a Latin word is apart from it", "1_L_R", true, "R4 _3 L2 _1 10"],
  ["D7 in a left-to-right line only the right-to-left words turn", "L_R_R_L", false, "L0 _1 R4 _3 R2 _5 L6"],
  ["D8 nothing turns without right-to-left letters", "L_1.L", false, "L0 _1 12 .3 L4"],
])("%s", (_, classes, base, expected) => {
  expect(order(classes, base)).toBe(expected);
});

/** Text as it is seen, drawn glyph by glyph from the left as Chromium does. */
const glyphs = (seen: string): string =>
  toLines(
    draw(
      Array.from(
        seen,
        (one, i) => `${10 + 5 * i},100 10 w=5 ${/[\u0590-\u06FF]/.test(one) ? "rtl" : ""} | ${one}`,
      ).join("\n"),
    ),
  )
    .map((line) => line.text)
    .join("|");
const turned = (text: string): string => Array.from(text).toReversed().join("");

test.each([
  ["D9 glyph by glyph", "שלום עולם", turned("שלום עולם")],
  ["D10 with a Latin word", "חיפוש Google כאן", `${turned("כאן")} Google ${turned("חיפוש")}`],
  ["D11 with a number", "בשנת 2024 היה", `${turned("היה")} 2024 ${turned("בשנת")}`],
  ["D12 brackets are drawn mirrored", "מכון (ישן) כאן", turned("מכון )ישן( כאן")],
  ["D13 a full stop behind a Latin word ends the sentence", "שלום לחיפוש Google.", `.Google ${turned("שלום לחיפוש")}`],
  ["D14 a right-to-left word in a Latin line", "the word שלום is here", `the word ${turned("שלום")} is here`],
])("%s", (_, text, seen) => {
  expect(glyphs(seen)).toBe(text);
});

test("D15 runs that the engine has turned keep their letters, wherever they were drawn", () => {
  expect(toLines(draw("10,100 10 rtl w=40 | עולם\n55,100 10 rtl w=40 | שלום"))[0]?.text).toBe("שלום עולם");
});

test("D16 a sign stays with its letter, though it stands before it and white space was seen between", () => {
  const drawing = "10,100 10 rtl w=5 | ب\n16,100 10 rtl w=0 | \u064E\n15,100 10 w=0 |\n15,100 10 rtl w=5 | ك";
  expect(toLines(draw(drawing))[0]?.text).toBe("ك\u064Eب");
});

test("D17 brackets that the file gives as they are meant stay, where more of them match", () => {
  expect(toLines(draw("10,100 10 rtl w=90 | מכון (ישן) כאן"))[0]?.text).toBe("מכון (ישן) כאן");
});

test("D18 punctuation that carries a mark keeps it, whatever was dropped between them", () => {
  const [line] = toLines(draw("30,100 10 rtl w=5 | ב\n10,100 10 w=10 | –\u0000\u0301"));
  expect(line?.text).toBe("ב –\u0301");
  expect(line?.runs.at(-1)).toMatchObject({ sourceStart: 0, sourceEnd: 3 });
});
