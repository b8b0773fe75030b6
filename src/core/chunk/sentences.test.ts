import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitSentences } from "./sentences.ts";

/** `|` marks where a sentence ends; the white space around it is not part of one. */
function marked(text: string): string {
  return splitSentences(text)
    .map(({ start, end }) => text.slice(start, end))
    .join(" | ");
}

function expectMarks(rows: readonly string[]): void {
  for (const row of rows) expect(marked(row.replaceAll(" | ", " "))).toBe(row);
}

// A shared machine can be ten times slower than a free one.
describe("splitSentences", { timeout: 60_000 }, () => {
  test("C11 a line feed ends a paragraph; other white space does not", () => {
    const text = "One.\r\n\n  Two\tand three\u00a0here \n";
    expect(
      splitSentences(text).map(({ start, end, endsParagraph }) => [text.slice(start, end), endsParagraph]),
    ).toEqual([
      ["One.", true],
      ["Two\tand three\u00a0here", true],
    ]);
    expect(splitSentences("A first one. Another one.").map((sentence) => sentence.endsParagraph)).toEqual([
      false,
      true,
    ]);
  });

  test("C11 a page break ends a paragraph unless the sentence plainly goes on", () => {
    const cut = (before: string, after: string): number =>
      splitSentences(`${before}\n${after}`, new Set([before.length])).length;
    expect(cut("The results are", "shown below.")).toBe(1);
    expect(cut("cats, dogs,", "Hamsters.")).toBe(1);
    expect(cut("The end.", "and so on")).toBe(2);
    expect(cut("“The end.”", "and so on")).toBe(2);
    expect(cut("A heading", "The text.")).toBe(2);
    expect(splitSentences("The results are\nshown below.").length).toBe(2);
  });

  test("C11 in running text also before a name, a number, or in a script without small letters", () => {
    const cut = (before: string, after: string): number =>
      splitSentences(`${before}\n${after}`, new Set([before.length])).length;
    const long = "The annuity began on the day that the plan had named for it, and was";
    expect(cut(`${long} after`, "July 1, 1986.")).toBe(1);
    expect(cut(`${long} signed by Thomas`, "Three ponds hide a well.")).toBe(2);
    expect(cut("The annuity after", "July 1, 1986.")).toBe(2);
    expect(cut("An agency (IRS)", "and its forms.")).toBe(1);
    expect(
      cut("普通なら捨ててしまうものを、彼は一枚ずつ残している。上下が逆になっ", "た案内状、日付を間違えた招待状。"),
    ).toBe(2);
    expect(
      cut("店の隅に、失敗した印刷物だけを集めた棚があるが上下が逆になっ", "た案内状、日付を間違えた招待状。"),
    ).toBe(1);
    expect(cut("単位：元", "其中：营业成本")).toBe(2);
    expect(cut("어릴 때 헤어진 동생의 글씨를 할머니가 알아보고 울음을 터뜨렸고 그 동", "생의 글씨였다.")).toBe(1);
  });

  test("C12 a narrow stop needs white space and no small letter behind it", () => {
    expectMarks([
      "It works. | It really does! | Does it? | Yes… | Good.",
      "See example.com/a.b?c=d or v1.2.3 now. | Pi is 3.14 or so. | Done.",
      "“Really?” he said. | “Yes.” | She left (quietly.) | So did I.",
      "wait... what. | Wait... | What?!",
      "apples, pears etc. and more etc. | The rest.",
      "It was shown.[3, 4] | The next was not.¹² | Nor this.",
      "Er sagte „Nein.“ | Dann ging er. | ¿Qué? | ¡Nada!",
    ]);
  });

  test("C13 abbreviations, initials and letters with inner stops do not end a sentence", () => {
    expectMarks([
      "Dr. Müller and Prof. J. R. R. Tolkien met Mr. Smith vs. Jones. | They spoke.",
      "As Smith et al. Found, cf. Eq. 2, e.g. This and i.e. That. | So.",
      "See Fig. 3 and No. 5, Vol. 2, pp. 3–9. | The answer is no. | The rest.",
      "The U.S. Army, z.B. Heute, d.h. Morgen, vgl. Abb. 3. | Ende.",
      "On Jan. 5 it rained. | Am 3. Oktober auch. | In Table 3. | Then.",
    ]);
  });

  test("C14 a number or letter at the start of a sentence is an enumerator", () => {
    expectMarks([
      "1. Introduction",
      "2.3.1. The Method. | 4 of 5 agree. | In 2019. | Then.",
      "(a) One. | B. Two",
      "IV. Results",
    ]);
  });

  test("C15 no end inside brackets, unless nobody closes them", () => {
    expectMarks([
      "This (see Smith. Also Jones. And more) holds. | Next [ibid. See There] one.",
      "He ran (fast.) | She won.",
    ]);
    const open = `An open ( bracket ${"and words ".repeat(40)}end. Then. More.`;
    expect(splitSentences(open).length).toBe(3);
  });

  test("C16 wide stops end a sentence wherever they stand, with the quotes that close behind them", () => {
    const rows = [
      "他说：“真的吗？”|“是的。”|然后走了！|好；|行。",
      "「はい。」|ひらがなです。|終わり",
      "यह वाक्य है।| दूसरा।",
      "هل هذا صحيح؟| نعم۔",
      "他来了.|我走了",
      "（见图。不分开）这里。|完",
    ];
    for (const row of rows) {
      const text = row.replaceAll("|", "");
      expect(splitSentences(text).map(({ start, end }) => text.slice(start, end))).toEqual(
        row.split("|").map((part) => part.trim()),
      );
    }
    expect(marked("“走。”，他说。")).toBe("“走。”，他说。");
  });

  test("C17 nothing but white space is left out, nothing overlaps, no grapheme is cut", () => {
    const piece = fc.constantFrom(
      ".",
      "!",
      "。",
      "”",
      "“",
      "(",
      ")",
      "[1]",
      " ",
      "\n",
      "\u0301",
      "\u200d",
      "👍🏽",
      "e.g.",
      "A",
      "b",
      "国",
      "\ud800",
      "1",
      ",",
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 80 }).map((parts) => parts.join("")),
      fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
    );
    fc.assert(
      fc.property(text, fc.array(fc.nat(80)), (input, breaks) => {
        const sentences = splitSentences(input, new Set(breaks));
        const borders = new Set([
          ...Array.from(new Intl.Segmenter("en").segment(input), ({ index }) => index),
          input.length,
        ]);
        let reached = 0;
        for (const { start, end } of sentences) {
          expect(input.slice(reached, start)).toMatch(/^\s*$/);
          expect(end).toBeGreaterThan(start);
          expect(borders.has(end) || /\s/.test(input[end] ?? "")).toBe(true);
          reached = end;
        }
        expect(input.slice(reached)).toMatch(/^\s*$/);
      }),
      { numRuns: 300, seed: 20260801 },
    );
  });

  test("C18 200,000 of anything is read in one pass", () => {
    // Quadratic work here would be 4 · 10^10 steps: the test would not end.
    for (const part of [".", "(", "\n", " ", ". ", "“", "。”", "a.", "[1]", "\n\n ", "A. "]) {
      const text = part.repeat(200_000 / part.length);
      const breaks = new Set(Array.from({ length: 1000 }, (_, i) => i * 7));
      expect(splitSentences(text, breaks).length).toBeLessThanOrEqual(text.length);
    }
  });
});
