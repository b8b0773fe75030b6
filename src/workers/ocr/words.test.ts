import { describe, expect, test } from "vitest";
import { toPages } from "#core/page/pages.ts";
import type { PageImage } from "#core/ports.ts";
import { toSourcePage, type OcrBlock, type OcrLine, type OcrWord } from "./words.ts";

/** 300 dpi of a page of 600 × 800 points. */
const SCALE = 72 / 300;
const upright: PageImage = {
  index: 0,
  png: new Blob([]),
  width: 2500,
  height: 3333,
  toPoints: [SCALE, 0, 0, -SCALE, 0, 800],
};

const word = (text: string, x0: number, x1: number, y: number, confidence = 95): OcrWord => {
  const step = (x1 - x0) / text.length;
  const symbols = Array.from(text, (letter, i) => ({
    text: letter,
    bbox: { x0: x0 + i * step, x1: x0 + (i + 1) * step, y0: y - 30, y1: y },
  }));
  return { text, confidence, bbox: { x0, x1, y0: y - 30, y1: y }, symbols };
};
const line = (words: OcrWord[], y: number, slope = 0, rowHeight = 46): OcrLine => {
  const x0 = words[0]?.bbox.x0 ?? 0;
  const x1 = words.at(-1)?.bbox.x1 ?? 0;
  return {
    words,
    baseline: { x0, y0: y, x1, y1: y + slope * (x1 - x0) },
    rowAttributes: { ascenders: 12, descenders: 10, rowHeight },
  };
};
const blockOf = (...lines: OcrLine[]): OcrBlock[] => [{ paragraphs: [{ lines }] }];

describe("words of OCR", () => {
  test("OW1 each word is a run on its line's baseline, in points", () => {
    const page = toSourcePage(blockOf(line([word("Hello", 300, 420, 500), word("you", 440, 520, 500)], 500)), upright);
    expect([page.width, Math.round(page.height), page.rotation]).toEqual([600, 800, 0]);
    expect(
      page.runs.map(({ text, x, y, advance }) =>
        [text, x, y, advance].map((v) => (typeof v === "number" ? Math.round(10 * v) / 10 : v)),
      ),
    ).toEqual([
      ["Hello", 72, 680, 28.8],
      [" ", 100.8, 680, 4.8],
      ["you", 105.6, 680, 19.2],
    ]);
    expect(page.runs[0]?.edges).toEqual([0.2, 0.4, 0.6, 0.8, 1].map((edge) => expect.closeTo(edge, 5)));
    expect(page.runs[0]?.size).toBeCloseTo((46 / 0.93) * SCALE);
  });

  test("OW2 a page shown turned: runs lie on the unrotated page, along its own direction", () => {
    // Rotated by 90: right on the picture is up on the page, down is right.
    const turned: PageImage = { ...upright, width: 3333, height: 2500, toPoints: [0, SCALE, SCALE, 0, 0, 0] };
    const page = toSourcePage(blockOf(line([word("Hello", 300, 420, 500)], 500)), turned);
    expect([Math.round(page.width), Math.round(page.height), page.rotation]).toEqual([600, 800, 90]);
    expect(page.runs[0]).toMatchObject({ dirX: 0, dirY: 1, x: expect.closeTo(120), y: expect.closeTo(72) });
  });

  test("OW2b lines on their side, read downwards or upwards", () => {
    const box = { x0: 1000, x1: 1040, y0: 300, y1: 500 };
    const side = { text: "ab", confidence: 90, bbox: box, symbols: [] };
    const { rowAttributes } = line([word("x", 0, 1, 1)], 0);
    const down = { words: [side], baseline: { x0: 1010, y0: 300, x1: 1010, y1: 500 }, rowAttributes };
    const up = { words: [side], baseline: { x0: 1030, y0: 500, x1: 1030, y1: 300 }, rowAttributes };
    expect(toSourcePage(blockOf(down, up), upright).runs).toMatchObject([
      { dirX: 0, dirY: -1, x: expect.closeTo(242.4), y: expect.closeTo(728), advance: expect.closeTo(48) },
      { dirX: 0, dirY: 1, x: expect.closeTo(247.2), y: expect.closeTo(680), advance: expect.closeTo(48) },
    ]);
  });

  test("OW3 doubtful words and blanks are not words", () => {
    const words = [word("Sure", 0, 100, 50), word("|~", 110, 130, 50, 12), word(" ", 140, 150, 50)];
    expect(toSourcePage(blockOf(line(words, 50)), upright).runs.map(({ text }) => text)).toEqual(["Sure"]);
  });

  test("OW4 lines of one size are one size, whatever letters they have; a heading is another", () => {
    const lines = [44, 46, 48, 46, 80].map((height, i) => line([word("abc", 0, 90, 100 * i)], 100 * i, 0, height));
    const sizes = toSourcePage(blockOf(...lines), upright).runs.map(({ size }) => Math.round(size / SCALE));
    expect(sizes).toEqual([49, 49, 49, 49, 86]);
  });

  test("OW5 the layout layer reads them as lines of a paragraph, also when the page was laid askew by half a degree", () => {
    const texts = [
      "Dense retrieval finds passages by mean-",
      "ing; a second look reads them again and",
      "puts the best one first.",
    ];
    for (const slope of [0, 0.0087, -0.0087]) {
      const lines = texts.map((text, i) => {
        let x = 300;
        const y = 500 + 60 * i;
        const words = text.split(" ").map((each) => {
          const made = word(each, x, x + 22 * each.length, y + slope * (x - 300));
          x += 22 * (each.length + 1);
          return made;
        });
        return line(words, y, slope);
      });
      const [page] = toPages([toSourcePage(blockOf(...lines), upright)]);
      expect(page?.text).toBe(
        "Dense retrieval finds passages by meaning; a second look reads them again and puts the best one first.",
      );
    }
  });

  test("OW6 words of Chinese are not parted", () => {
    const words = [word("人工", 0, 100, 50), word("智能", 101, 200, 50), word("AI", 220, 260, 50)];
    const source = toSourcePage(blockOf(line(words, 50)), upright);
    expect(source.runs.map(({ text }) => text)).toEqual(["人工", "智能", " ", "AI"]);
    expect(toPages([source])[0]?.text).toBe("人工智能 AI");
  });

  test("OW8 a page that is mostly guessed has no text: on its side, or in another script", () => {
    const guessed = [word("Iny", 0, 100, 50, 38), word("ay}", 110, 160, 50, 45), word("The", 170, 220, 50, 96)];
    expect(toSourcePage(blockOf(line(guessed, 50)), upright)).toMatchObject({ width: 600, runs: [] });
    const read = [...guessed, word("second", 230, 330, 50, 91), word("look", 340, 400, 50, 94)];
    expect(toSourcePage(blockOf(line(read, 50)), upright).runs.length).toBe(9);
  });

  test("OW7 nothing recognised is an empty page", () => {
    expect(toSourcePage([], upright).runs).toEqual([]);
  });
});
