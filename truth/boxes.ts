import type { Page, Quad } from "#core/model.ts";
import { quadsOf } from "#core/page/quads.ts";
import type { Box, IndependentChar } from "./pdfium.ts";

/** Our words against an independent engine's boxes; runs wherever both are at hand, in Node as in a browser. */
export interface WordErrors {
  /** Our words that stand on one line. */
  readonly words: number;
  /**
   * For each of them that the other engine has too, and as often: how far off the worse of its two ends along the line is, in points.
   */
  readonly errors: readonly number[];
  /** The worst, for messages. */
  readonly worst: readonly {
    readonly word: string;
    readonly error: number;
    readonly ours: Box;
    readonly theirs: Box;
  }[];
}

interface Word {
  readonly text: string;
  readonly box: Box;
}

/** Scripts without spaces are compared in pieces of this many letters. */
const PIECE = 4;
const SPACELESS = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]/u;

export function wordErrors(page: Page, theirs: readonly IndependentChar[]): WordErrors {
  const spaceless = SPACELESS.test(page.text);
  const index = new Map<string, Box[]>();
  for (const { text, box } of spaceless ? theirPieces(theirs) : theirWords(theirs)) {
    index.set(text, [...(index.get(text) ?? []), box]);
  }
  const ours = spaceless ? ourPieces(page) : ourWords(page);
  const compared: { word: string; error: number; ours: Box; theirs: Box }[] = [];
  const counts = new Map<string, number>();
  for (const { text } of ours) counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const { text, box } of ours) {
    // A word that one of the two reads more often would be measured against another place.
    if (!spaceless && counts.get(text) !== index.get(text)?.length) continue;
    const errors = (index.get(text) ?? []).map((their) => ({
      word: text,
      error: errorOf(box, their),
      ours: box,
      theirs: their,
    }));
    const nearest = errors.toSorted((a, b) => distance(box, a.theirs) - distance(box, b.theirs))[0];
    if (nearest) compared.push(nearest);
  }
  return {
    words: ours.length,
    errors: compared.map(({ error }) => error),
    worst: compared.toSorted((a, b) => b.error - a.error).slice(0, 5),
  };
}

export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
}

/**
 * The ends along the line: left and right. Where glyphs stand below each other, the middle along the line too; PDFium's
 * boxes are as high as the font's tallest glyph there, so their ends say nothing.
 */
function errorOf(ours: Box, theirs: Box): number {
  const ends = [Math.abs(ours[0] - theirs[0]), Math.abs(ours[2] - theirs[2])];
  const upright = ours[3] - ours[1] > 2 * (ours[2] - ours[0]);
  if (upright) ends.push(Math.abs(ours[1] + ours[3] - theirs[1] - theirs[3]) / 2);
  return Math.max(...ends);
}

function distance(a: Box, b: Box): number {
  return Math.hypot(a[0] + a[2] - b[0] - b[2], a[1] + a[3] - b[1] - b[3]) / 2;
}

/** Soft hyphens are in some texts and not in others. */
const fold = (text: string): string => text.normalize("NFKC").replaceAll("\u00AD", "");

function ourWords(page: Page): Word[] {
  return Array.from(page.text.matchAll(/\S+/g), ({ 0: text, index }) => ourWord(page, text, index)).flat();
}

function ourPieces(page: Page): Word[] {
  return Array.from(page.text.matchAll(new RegExp(`\\S{${PIECE}}`, "gu")), ({ 0: text, index }) =>
    ourWord(page, text, index),
  ).flat();
}

/** None where it stands on two lines, or nowhere. Glyphs drawn one by one below each other have a quad each. */
function ourWord(page: Page, text: string, start: number): Word[] {
  const boxes = quadsOf(page, start, start + text.length).map(boxOf);
  const box = onOneLine(boxes);
  return box ? [{ text: fold(text), box }] : [];
}

function boxOf(quad: Quad): Box {
  const [xs, ys] = [quad.filter((_, i) => i % 2 === 0), quad.filter((_, i) => i % 2 === 1)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function theirWords(chars: readonly IndependentChar[]): Word[] {
  const words: Word[] = [];
  let open: IndependentChar[] = [];
  for (const one of [...chars, { char: " ", box: null }]) {
    if (one.char.trim() !== "") open.push(one);
    else {
      words.push(...toWord(open));
      open = [];
    }
  }
  return words;
}

function theirPieces(chars: readonly IndependentChar[]): Word[] {
  const solid = chars.filter(({ char }) => char.trim() !== "");
  return solid.flatMap((_, i) => toWord(solid.slice(i, i + PIECE)));
}

function toWord(chars: readonly IndependentChar[]): Word[] {
  const box = onOneLine(chars.flatMap((one) => (one.box ? [one.box] : [])));
  return box ? [{ text: fold(chars.map(({ char }) => char).join("")), box }] : [];
}

/** All boxes as one, null where they stand on two lines. */
function onOneLine(boxes: readonly Box[]): Box | null {
  const [first] = boxes;
  if (!first) return null;
  const [left, bottom] = [Math.min(...boxes.map((box) => box[0])), Math.min(...boxes.map((box) => box[1]))];
  const [right, top] = [Math.max(...boxes.map((box) => box[2])), Math.max(...boxes.map((box) => box[3]))];
  const level = top - bottom <= 1.8 * (first[3] - first[1]);
  const upright = right - left <= 1.8 * (first[2] - first[0]);
  return level || upright ? [left, bottom, right, top] : null;
}
