import * as v from "valibot";
import type { Page } from "#core/model.ts";
import { damaged } from "./library-frame.ts";
import { count, recordSchema, section } from "./library-schema.ts";
import { pageFrom1, recordFrom1, type Record1 } from "./version-1.ts";

/** Sections of a document in a library file of version 1, in the order in which they lie there. */
export const SECTIONS_1 = ["file", "pages", "runs", "chunks", "vectors", "readable"] as const;

const warning = v.looseObject({ kind: v.picklist(["pages-without-text", "pages-garbled", "language-not-read"]) });

/** What differs from the present form; the present schema judges the rest once it has been brought over. */
const record1 = v.looseObject({
  warnings: v.array(warning),
  vectorStamp: v.looseObject({ chunking: v.object({ size: count, overlap: count }) }),
});

export const header1Schema = v.object({
  settings: v.unknown(),
  documents: v.array(
    v.object({
      record: v.pipe(
        record1,
        v.transform((record): unknown => recordFrom1(record as unknown as Record1)),
        recordSchema,
      ),
      sections: v.object({
        file: section,
        pages: section,
        runs: section,
        chunks: section,
        vectors: section,
        readable: section,
      }),
    }),
  ),
});

export type Entry1 = v.InferOutput<typeof header1Schema>["documents"][number];

/** The section `pages` of version 1. */
export const pages1Schema = v.array(
  v.object({
    index: count,
    label: v.nullable(v.string()),
    width: v.pipe(v.number(), v.finite()),
    height: v.pipe(v.number(), v.finite()),
    rotation: v.picklist([0, 90, 180, 270]),
    text: v.string(),
    quality: v.picklist(["text", "no-text", "garbled"]),
    runs: count,
  }),
);

/** Pages of version 1 in the present form; their runs (24 bytes each) said less than ours and are not taken over. */
export function decodePages1(entries: v.InferOutput<typeof pages1Schema>, runs: ArrayBuffer): Page[] {
  const expected = 24 * entries.reduce((sum, entry) => sum + entry.runs, 0);
  if (runs.byteLength !== expected) throw damaged(`runs: ${runs.byteLength} bytes, ${expected} expected`);
  return entries.map(pageFrom1);
}
