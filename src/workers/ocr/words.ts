import type { Page, Points } from "#core/model.ts";
import type { PageImage } from "#core/ports.ts";
import { firstCharacter, isSpaceless, lastCharacter } from "#core/page/script.ts";
import type { SourcePage, SourceRun } from "#core/page/source.ts";

/** The part of Tesseract's JSON that is read here. Pixels, origin top left. */
export interface OcrBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}
export interface OcrWord {
  readonly text: string;
  /** 0 to 100. */
  readonly confidence: number;
  readonly bbox: OcrBox;
  readonly symbols: readonly { readonly text: string; readonly bbox: OcrBox }[];
}
export interface OcrLine {
  readonly words: readonly OcrWord[];
  /** From the line's left end to its right end. */
  readonly baseline: OcrBox;
  /** Pixels. `rowHeight` is from the top of ascenders to the bottom of descenders. */
  readonly rowAttributes: { readonly ascenders: number; readonly descenders: number; readonly rowHeight: number };
}
export interface OcrBlock {
  readonly paragraphs: readonly { readonly lines: readonly OcrLine[] }[];
}

/** Pictures, rules and dirt are "read" too, with little confidence; words in print have 80 and more. */
const LEAST_CONFIDENCE = 30;
/**
 * The page's median. Print that is read right has 93 to 96; a page on its side, or in a script that the language data do
 * not know, 21 to 50, and what is "read" there is no word of any language.
 */
const LEAST_TYPICAL = 60;
/** Ascender to descender of common text fonts, as a share of their size. */
const ROW_OF_SIZE = 0.93;
/** Lines of one size come out this much apart, by the letters that happen to be in them. */
const SAME_SIZE = 0.18;
const ASCENT = 0.73;
const DESCENT = -0.2;
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** Recognised words → a page for the layout layer: one run per word and per space, in points of the unrotated page. */
export function toSourcePage(blocks: readonly OcrBlock[], { width, height, toPoints }: PageImage): SourcePage {
  const [a, b, c, d, e, f] = toPoints;
  const scale = Math.hypot(a, b);
  const lines = isReadable(blocks)
    ? blocks.flatMap(({ paragraphs }) => paragraphs.flatMap((paragraph) => paragraph.lines))
    : [];
  const usual = median(lines.map(sizeOf));
  const runs = lines.flatMap((line): SourceRun[] => {
    const size = Math.abs(sizeOf(line) - usual) <= SAME_SIZE * usual ? usual : sizeOf(line);
    const way = wayOf(line.baseline);
    const [dirX, dirY] = [(a * way.x + c * way.y) / scale, (b * way.x + d * way.y) / scale];
    const runOf = (text: string, from: number, to: number, edges: number[] | null): SourceRun => {
      const [x, y] = pointAt(line.baseline, way, from, (from + to) / 2);
      return {
        text,
        x: a * x + c * y + e,
        y: b * x + d * y + f,
        dirX,
        dirY,
        advance: (to - from) * scale,
        size: size * scale,
        ascent: ASCENT,
        descent: DESCENT,
        font: "ocr",
        rtl: RIGHT_TO_LEFT.test(text),
        edges,
        role: null,
      };
    };
    const words = line.words.filter(({ confidence, text }) => confidence >= LEAST_CONFIDENCE && text.trim() !== "");
    return words.flatMap(({ text, bbox, symbols }, i) => {
      const span = spanOf(bbox, way);
      const run = runOf(text, span.from, span.to, edgesOf(text, span, symbols, way));
      const next = words[i + 1];
      if (next === undefined || isTight(text, next.text)) return [run];
      // Tesseract has seen the space, be it as narrow as beside an italic f.
      const after = spanOf(next.bbox, way);
      const [from, to] = [Math.min(span.to, after.to), Math.max(span.from, after.from)];
      return [run, runOf(" ", from, Math.max(from, to), null)];
    });
  });
  return {
    label: null,
    width: Math.abs(a * width + c * height),
    height: Math.abs(b * width + d * height),
    rotation: rotationOf(a, b),
    runs,
    imageShare: null,
  };
}

function isReadable(blocks: readonly OcrBlock[]): boolean {
  const words = blocks.flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines.flatMap((it) => it.words)));
  return median(words.map(({ confidence }) => confidence)) >= LEAST_TYPICAL;
}

/** Tesseract parts Chinese and Japanese into words, which their writers do not. */
function isTight(before: string, after: string): boolean {
  return isSpaceless(lastCharacter(before)) && isSpaceless(firstCharacter(after));
}

/** Where the page's own right lies when it is shown upright. */
function rotationOf(a: Points, b: Points): Page["rotation"] {
  if (Math.abs(a) >= Math.abs(b)) return a >= 0 ? 0 : 180;
  return b > 0 ? 90 : 270;
}

function sizeOf({ rowAttributes, words, baseline }: OcrLine): number {
  const { rowHeight } = rowAttributes;
  if (rowHeight > 0) return rowHeight / ROW_OF_SIZE;
  const isUpright = wayOf(baseline).x !== 0;
  return Math.max(1, ...words.map(({ bbox }) => (isUpright ? bbox.y1 - bbox.y0 : bbox.x1 - bbox.x0)));
}

/** Which way a line is read on the picture: to the right, or down or up where a table lies on its side. */
interface Way {
  readonly x: 0 | 1;
  readonly y: -1 | 0 | 1;
}

function wayOf({ x0, y0, x1, y1 }: OcrBox): Way {
  if (Math.abs(y1 - y0) <= Math.abs(x1 - x0)) return { x: 1, y: 0 };
  return { x: 0, y: y1 > y0 ? 1 : -1 };
}

/** A box along the way of its line. */
interface Span {
  readonly from: number;
  readonly to: number;
}

function spanOf({ x0, y0, x1, y1 }: OcrBox, { y }: Way): Span {
  if (y === 0) return { from: x0, to: x1 };
  return y === 1 ? { from: y0, to: y1 } : { from: -y1, to: -y0 };
}

/** The point `along` the line, on its baseline as it is at `middle`: a page laid askew has baselines that slope. */
function pointAt({ x0, y0, x1, y1 }: OcrBox, { y }: Way, along: number, middle: number): readonly [number, number] {
  if (y === 0) return [along, x1 === x0 ? y0 : y0 + ((y1 - y0) * (middle - x0)) / (x1 - x0)];
  return [x0 + ((x1 - x0) * (y * middle - y0)) / (y1 - y0), y * along];
}

/** Ends of the letters, where Tesseract gives one box for each; ascending, or the layer could not pair them. */
function edgesOf(text: string, { from, to }: Span, symbols: OcrWord["symbols"], way: Way): number[] | null {
  if (to <= from || symbols.map((symbol) => symbol.text).join("") !== text || RIGHT_TO_LEFT.test(text)) return null;
  let last = 0;
  const edges = symbols.flatMap(({ text: letters, bbox }) => {
    last = Math.min(1, Math.max(last, (spanOf(bbox, way).to - from) / (to - from)));
    return Array.from({ length: letters.length }, () => last);
  });
  edges[edges.length - 1] = 1;
  return edges;
}

function median(values: readonly number[]): number {
  return values.toSorted((x, y) => x - y)[values.length >> 1] ?? 0;
}
