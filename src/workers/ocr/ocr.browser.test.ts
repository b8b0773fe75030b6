import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page, Progress } from "#core/model.ts";
import type { PageImage } from "#core/ports.ts";
import { toPages } from "#core/page/pages.ts";
import { recognisePages } from "#engine/ocr.ts";
import { tinyPdf } from "#pdf/tiny-pdf.fixture.ts";
import { plainPage } from "#core/page/plain-page.ts";
import { renderClient } from "../pdf/render.client.ts";
import { ocrClient } from "./ocr.client.ts";

/** A site of its own, so that languages chosen here are not those of another test. */
const site = new URL("/", location.href).href;
const ocr = ocrClient({ site });
const never = new AbortController().signal;
const ENGLISH = "/node_modules/@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz";

const SCALE = 72 / 300;
const LINES = [
  "A Second Look at Retrieval",
  "The quick brown fox jumps over the lazy dog, and",
  "every word of this page was drawn on a canvas.",
  "Boxes must lie within 4 points of where 1,234",
  "glyphs were painted: no more and no less (p. 17).",
];

interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A page of 612 × 792 points at 300 dpi, and where each of its words was painted, in points. */
async function drawPage(): Promise<{ image: PageImage; placed: Placed[] }> {
  const canvas = new OffscreenCanvas(2550, 3300);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "black";
  const placed: Placed[] = [];
  LINES.forEach((line, i) => {
    context.font = `${i === 0 ? 80 : 50}px serif`;
    const baseline = 400 + 90 * i;
    context.fillText(line, 300, baseline);
    for (const { 0: text, index } of line.matchAll(/\S+/g)) {
      const x = 300 + context.measureText(line.slice(0, index)).width;
      const width = context.measureText(text).width;
      placed.push({ text, x: x * SCALE, y: 792 - baseline * SCALE, width: width * SCALE });
    }
  });
  const png = await canvas.convertToBlob({ type: "image/png" });
  const image = { index: 0, png, width: 2550, height: 3300, toPoints: [SCALE, 0, 0, -SCALE, 0, 792] } as const;
  return { image, placed };
}

const clean = async (): Promise<void> => {
  for (const { code, origin } of await ocr.languages()) if (origin === "file") await ocr.removeLanguage(code);
};

beforeAll(clean);
afterAll(async () => {
  await clean();
  ocr.release();
});

describe("without language data", () => {
  test("OC1 says which is missing; nothing of Tesseract was fetched", async () => {
    const { image } = await drawPage();
    await expect(ocr.recognise(image, ["xyz"], never, () => {})).rejects.toMatchObject({
      code: "OCR_NO_LANGUAGE",
      facts: { languages: "xyz" },
    });
    await expect(ocr.recognise(image, [], never, () => {})).rejects.toMatchObject({ code: "OCR_NO_LANGUAGE" });
    expect(performance.getEntriesByType("resource").filter(({ name }) => name.includes("/tesseract/"))).toEqual([]);
  });

  test.each([
    ["eng.txt", "hello"],
    ["../eng.traineddata", "hello hello hello hello"],
    ["eng.traineddata", "hello hello hello hello"],
    ["eng.traineddata.gz", "\u001f\u008bhello"],
  ])("OC2 a file that is no language data is refused: %s", async (name, content) => {
    const bytes = Uint8Array.from(content, (letter) => letter.charCodeAt(0));
    await expect(ocr.addLanguage(new File([bytes], name))).rejects.toMatchObject({
      code: "OCR_BAD_LANGUAGE",
      facts: { name },
    });
  });
});

describe("with English", () => {
  beforeAll(async () => {
    const data = await (await fetch(ENGLISH)).blob();
    await ocr.addLanguage(new File([data], "eng.traineddata.gz"));
  });

  test("OC3 a chosen file is listed, unpacked, and there for the next visit", async () => {
    const found = (await ocrClient({ site }).languages()).find(({ code }) => code === "eng");
    expect(found?.origin).toBe("file");
    expect(found?.bytes).toBeGreaterThan(3e6);
  });

  test("OC4 the words of a drawn page come back, each within 2 points of where it was painted", async () => {
    const { image, placed } = await drawPage();
    const seen: Progress[] = [];
    const source = await ocr.recognise(image, ["eng"], never, (progress) => seen.push(progress));
    const words = source.runs.filter(({ text }) => text !== " ");
    expect(words.map(({ text }) => text)).toEqual(placed.map(({ text }) => text));
    const errors = words.map((run, i) => {
      const { x = 0, y = 0, width = 0 } = placed[i] ?? {};
      return Math.max(Math.abs(run.x - x), Math.abs(run.y - y), Math.abs(run.x + run.advance - x - width));
    });
    expect(Math.max(...errors)).toBeLessThan(2);
    // 50 and 80 pixels are 12 and 19 points.
    expect(source.runs.at(-1)?.size).toBeGreaterThan(10);
    expect(source.runs.at(-1)?.size).toBeLessThan(14);
    expect(source.runs[0]?.size).toBeGreaterThan(16);
    const [page] = toPages([source]);
    expect(page?.text).toBe(`${LINES[0]}\n${LINES.slice(1).join(" ")}`);
    expect(seen.length).toBeGreaterThan(0);
  });

  test("OC5 nothing came from another origin, and of Tesseract only its three files", async () => {
    const names = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
    expect(names.filter(({ origin }) => origin !== location.origin)).toEqual([]);
    const fetched = names.filter(({ pathname }) => pathname.startsWith("/tesseract/")).map(({ pathname }) => pathname);
    expect([...new Set(fetched)].toSorted()).toEqual([
      "/tesseract/tesseract-core-simd-lstm.js",
      "/tesseract/tesseract-core-simd-lstm.wasm",
      "/tesseract/worker.min.js",
    ]);
  });

  test("OC6 an abort ends a page at once; the next one is read", async () => {
    const { image } = await drawPage();
    const stop = new AbortController();
    const reading = ocr.recognise(image, ["eng"], stop.signal, () => stop.abort());
    await expect(reading).rejects.toMatchObject({ code: "CANCELLED" });
    expect((await ocr.recognise(image, ["eng"], never, () => {})).runs.length).toBeGreaterThan(30);
  });

  test("OC7 pictures of a PDF's own pages: the text that the file holds, also of a page shown turned", async () => {
    const words = "Passages are ranked twice and then compared";
    for (const page of ["", "/Rotate 90"]) {
      const bytes = tinyPdf({ pages: [words], page });
      const pages: Page[] = [plainPage(0, "", { quality: "scan" })];
      const ports = { renderer: renderClient(new URL("/pdfjs/", site).href), ocr };
      // oxlint-disable-next-line no-await-in-loop -- one worker
      const result = await recognisePages(ports, { bytes, password: null }, pages, [0], ["eng"], never, () => {});
      expect(result.pages[0]).toMatchObject({
        text: words,
        origin: "ocr",
        width: expect.closeTo(612, 0),
        height: expect.closeTo(792, 0),
        rotation: page === "" ? 0 : 90,
      });
      const [x = 0, y = 0, dx = 0, dy = 0] = result.pages[0]?.runs.frames ?? [];
      // Drawn at (72, 700), along x of the unrotated page.
      expect(Math.hypot(x - 72, y - 700)).toBeLessThan(3);
      expect(dx).toBeGreaterThan(20);
      expect(Math.abs(dy)).toBeLessThan(1);
    }
  });

  test("OC8 data that Tesseract itself refuses is OCR_BAD_LANGUAGE", async () => {
    const junk = new Uint8Array(4096);
    junk[0] = 3;
    await ocr.addLanguage(new File([junk], "zzz.traineddata"));
    const { image } = await drawPage();
    await expect(ocr.recognise(image, ["zzz"], never, () => {})).rejects.toMatchObject({ code: "OCR_BAD_LANGUAGE" });
    expect((await ocr.recognise(image, ["eng"], never, () => {})).runs.length).toBeGreaterThan(30);
  });
});
