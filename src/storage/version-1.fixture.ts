import type { StoredDocument } from "#core/model.ts";
import { packChunks, type ChunkColumns } from "./chunk-columns.ts";
import { fixtureDocument, type FixtureSize } from "./fixture.ts";
import { encodeChunks, encodeVectors } from "./library-columns.ts";
import { FrameWriter } from "./library-frame.ts";
import { SECTIONS_1 } from "./library-version-1.ts";
import type { Columns1, Page1, Record1 } from "./version-1.ts";

/** A document as version 1 wrote it, and what it must become. */
export interface Fixture1 {
  readonly record: Record1;
  readonly pages: readonly Page1[];
  readonly chunks: Columns1;
  readonly source: StoredDocument;
}

export async function fixture1(seed: number, size: FixtureSize): Promise<Fixture1> {
  const made = await fixtureDocument(seed, size);
  // In version 1 a page was all body.
  const pages = made.pages.map(({ index, label, width, height, rotation, text }) => {
    return { index, label, width, height, rotation, text, quality: "text" as const };
  });
  const text = pages.map((page) => page.text).join("\n");
  const chunks = made.chunks.map((chunk) => ({ ...chunk, headings: [], text: text.slice(chunk.start, chunk.end) }));
  const { format: _, textVersion: __, ocr: ___, vectorStamp, ...record } = made.record;
  const { strategy: ____, ...chunking } = vectorStamp.chunking;
  const { headings: _____, ...columns }: ChunkColumns = packChunks(chunks);
  return {
    record: {
      ...record,
      warnings: [{ kind: "pages-without-text", pages: 1, of: size.pages }],
      vectorStamp: { ...vectorStamp, chunking },
    },
    pages,
    chunks: columns,
    source: { ...made, chunks },
  };
}

/** A library file as version 1 wrote it; two runs a page, of 24 bytes each. */
export async function libraryFile1(fixture: Fixture1): Promise<Blob> {
  const { record, pages, source } = fixture;
  const json = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
  const contents: Record<(typeof SECTIONS_1)[number], Blob | Uint8Array<ArrayBuffer>> = {
    file: source.file,
    pages: json(pages.map((page) => ({ ...page, runs: 2 }))),
    runs: new Uint8Array(48 * pages.length),
    chunks: encodeChunks(source.chunks),
    vectors: encodeVectors(source.vectors),
    readable: new Uint8Array(source.readable),
  };
  const writer = new FrameWriter();
  const sections: Record<string, unknown> = {};
  for (const name of SECTIONS_1) sections[name] = await writer.add(contents[name]);
  return writer.finish({ settings: { pool: 7 }, documents: [{ record, sections }] }, 1);
}
