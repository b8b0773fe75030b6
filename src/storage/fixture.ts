import { blobTypeOf } from "#core/blob-type.ts";
import { documentText } from "#core/chunk/page-spans.ts";
import type { Chunk, DocumentId, Page, StoredDocument } from "#core/model.ts";
import { chunkIdAt } from "./chunk-columns.ts";
import { sha256Hex } from "./sha256.ts";

/** Documents made from a seed, for tests: valid by the model, odd in every way that it allows. */
export interface FixtureSize {
  readonly pages: number;
  readonly chunks: number;
  readonly dimension: number;
  readonly fileBytes: number;
}

/** mulberry32, uniform in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A lone surrogate, an astral letter, right-to-left, a NUL and markup: all of it occurs in real PDFs. */
const WORDS = ["pump", "净化", "𝔘nicode", "\ud83d", "سلام", "<b>", "a\u0000b", "\u2028", "ﬁ", "naïve"];

const FORMATS = ["pdf", "text", "markdown", "html", "docx"] as const;
const HEADINGS = [[], ["Part <b>"], ["Part <b>", "第一章"], []];

export async function fixtureDocument(seed: number, size: FixtureSize): Promise<StoredDocument> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const bytes = Uint8Array.from({ length: size.fileBytes }, () => below(256));
  const id = (await sha256Hex(bytes)) as DocumentId;
  const pages = Array.from({ length: size.pages }, (_, index) => fixturePage(index, below));
  const text = documentText(pages);
  const chunks = Array.from({ length: size.chunks }, (_, ordinal): Chunk => {
    const start = below(text.length);
    const end = start + below(text.length + 1 - start);
    const firstPage = below(size.pages);
    const lastPage = firstPage + below(size.pages - firstPage);
    const chunkText = text.slice(start, end);
    const tokens = below(257);
    return {
      id: chunkIdAt(id, ordinal),
      documentId: id,
      ordinal,
      start,
      end,
      firstPage,
      lastPage,
      headings: HEADINGS[below(HEADINGS.length)]!,
      text: chunkText,
      tokens,
    };
  });
  const readable = Uint8Array.from(chunks, () => (random() < 0.8 ? 1 : 0));
  return {
    record: {
      id,
      name: `Bericht <i>${seed}</i> 📄.pdf`,
      bytes: bytes.length,
      addedAt: 1_700_000_000_000 + seed,
      format: FORMATS[seed % 5]!,
      textVersion: 1 + (seed % 3),
      ocr: seed % 4 === 0 ? { pages: [0], languages: ["eng"] } : null,
      title: seed % 2 === 0 ? null : "A title",
      pageCount: pages.length,
      pageLabels: seed % 2 === 0 ? null : pages.map((page) => page.label),
      chunkCount: chunks.length,
      state: seed % 3 === 0 ? "partial" : "ready",
      warnings: seed % 3 === 0 ? [{ kind: "pages-without-text", pages: 1, scanned: 1, of: pages.length }] : [],
      vectorStamp: {
        model: "fixture",
        revision: "1",
        dtype: "fp32",
        dimension: size.dimension,
        passagePrefix: "",
        chunking: { strategy: "structure", size: 256, overlap: 32 },
        chunker: 1,
      },
    },
    file: new Blob([bytes], { type: blobTypeOf(FORMATS[seed % 5]!) }),
    pages,
    chunks,
    vectors: unitRows(readable, size.dimension, random),
    readable,
  };
}

function fixturePage(index: number, below: (limit: number) => number): Page {
  const text = Array.from({ length: below(40) + 1 }, () => WORDS[below(WORDS.length)]).join(" ");
  const runs = below(5);
  const starts = Uint32Array.from({ length: runs }, () => below(text.length));
  return {
    index,
    label: index % 2 === 0 ? null : `${index}`,
    width: 595.276 + below(7) / 3,
    height: 841.89,
    rotation: ([0, 90, 180, 270] as const)[below(4)]!,
    text,
    bodyEnd: below(text.length + 1),
    quality: (["text", "no-text", "scan", "garbled", "pictures"] as const)[below(5)]!,
    origin: below(2) === 0 ? "file" : "ocr",
    blocks: { starts: Uint32Array.of(0), kinds: Uint8Array.of(below(8)), levels: Uint8Array.of(below(7)) },
    edges: Uint16Array.from({ length: text.length }, () => below(65_536)),
    runs: {
      starts,
      ends: starts.map((start) => start + below(text.length - start + 1)),
      sources: Uint32Array.from(starts, (_, row) => row),
      sourceStarts: new Uint32Array(runs),
      sourceEnds: Uint32Array.from(starts, () => below(9)),
      frames: Float32Array.from({ length: 6 * runs }, () => below(60_000) / 97),
    },
  };
}

function unitRows(readable: Uint8Array, dimension: number, random: () => number): Float32Array {
  const vectors = new Float32Array(readable.length * dimension);
  for (const [row, flag] of readable.entries()) {
    if (flag === 0) continue;
    const values = Array.from({ length: dimension }, () => random() - 0.5);
    const norm = Math.hypot(...values);
    vectors.set(
      values.map((value) => value / norm),
      row * dimension,
    );
  }
  return vectors;
}
