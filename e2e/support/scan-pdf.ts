import type { Page } from "@playwright/test";
import { PDFDocument, StandardFonts } from "pdf-lib";

/** A page of letter size: its lines as text, or as a picture of them such as a scanner makes. */
export interface ScanPage {
  readonly kind: "text" | "scan";
  readonly lines: readonly string[];
}

/** Where a word of a scanned page was painted, as shares of the page from its top left. */
export interface PaintedWord {
  readonly page: number;
  readonly word: string;
  readonly x: number;
  readonly y: number;
}

export interface Scan {
  readonly pdf: Buffer;
  readonly words: readonly PaintedWord[];
}

const DPI = 200;
const SIZE = { width: 8.5 * DPI, height: 11 * DPI } as const;

/** A PDF with scanned pages, drawn in a browser: grey paper, specks, half a degree askew, JPEG. */
export async function scanPdf(browserPage: Page, pages: readonly ScanPage[]): Promise<Scan> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  const words: PaintedWord[] = [];
  for (const [index, { kind, lines }] of pages.entries()) {
    const page = pdf.addPage([612, 792]);
    if (kind === "text") {
      for (const [i, line] of lines.entries()) page.drawText(line, { x: 72, y: 700 - 18 * i, size: 12, font });
      continue;
    }
    const painted = await browserPage.evaluate(paint, { lines, dpi: DPI, ...SIZE });
    page.drawImage(await pdf.embedJpg(painted.jpeg), { x: 0, y: 0, width: 612, height: 792 });
    words.push(...painted.words.map((word) => ({ page: index, ...word })));
  }
  return { pdf: Buffer.from(await pdf.save()), words };
}

interface Paper {
  readonly lines: readonly string[];
  readonly dpi: number;
  readonly width: number;
  readonly height: number;
}

/** Runs in the browser. */
function paint({ lines, dpi, width, height }: Paper): { jpeg: string; words: Omit<PaintedWord, "page">[] } {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  context.fillStyle = "#f1efe8";
  context.fillRect(0, 0, width, height);
  // A fixed sequence: every run paints the same specks.
  let seed = 7;
  const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  for (let i = 0; i < 4000; i += 1) {
    context.fillStyle = `rgb(90 90 90 / ${0.3 * random()})`;
    context.fillRect(random() * width, random() * height, 2, 2);
  }
  context.rotate((0.5 * Math.PI) / 180);
  context.fillStyle = "#26262a";
  context.font = `${(12 * dpi) / 72}px serif`;
  const transform = context.getTransform();
  const words: Omit<PaintedWord, "page">[] = [];
  lines.forEach((line, i) => {
    const [left, baseline] = [dpi, 1.2 * dpi + (i * 18 * dpi) / 72];
    context.fillText(line, left, baseline);
    for (const { 0: word, index } of line.matchAll(/\S+/g)) {
      const x = left + context.measureText(line.slice(0, index)).width + context.measureText(word).width / 2;
      const middle = transform.transformPoint({ x, y: baseline - (4 * dpi) / 72 });
      words.push({ word, x: middle.x / width, y: middle.y / height });
    }
  });
  return { jpeg: canvas.toDataURL("image/jpeg", 0.8), words };
}
