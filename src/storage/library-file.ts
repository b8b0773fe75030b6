import * as v from "valibot";
import { EngineError } from "#core/base/errors.ts";
import type { Page, StoredDocument } from "#core/model.ts";
import type { LibraryFiles } from "#core/ports.ts";
import { documentFault } from "./document-fault.ts";
import { fileError, storageError } from "./errors.ts";
import { decodeChunks, decodeHeadings, decodePages, decodeVectors } from "./library-columns.ts";
import { encodeChunks, encodeColumns, encodeHeadings, encodeVectors } from "./library-columns.ts";
import { blobTypeOf } from "#core/blob-type.ts";
import { FrameWriter, damaged, openFrame, parseJson, readSection } from "./library-frame.ts";
import type { Section } from "./library-frame.ts";
import { SECTIONS_1, decodePages1, header1Schema, pages1Schema } from "./library-version-1.ts";
import type { Entry1 } from "./library-version-1.ts";
import { SECTIONS, headerSchema, headingsSchema, pagesSchema, recordSchema } from "./library-schema.ts";
import type { Entry, PageEntry } from "./library-schema.ts";
import { ownBytes } from "./typed-arrays.ts";

/** The library as one `.secondlook` file; layout and rules in SPEC.md. Runs in page, worker and Node. */
export const libraryFiles: LibraryFiles = {
  /** @throws STORE_BROKEN when a document could not be imported again, FILE_UNREADABLE */
  async encode(documents, settings) {
    try {
      const writer = new FrameWriter();
      const entries: Entry[] = [];
      for await (const document of documents) entries.push(await encodeDocument(writer, document));
      return await writer.finish({ settings: settings ?? null, documents: entries });
    } catch (error) {
      throw storageError(error);
    }
  },

  async decode(file) {
    try {
      const { version, header, body } = await openFrame(file);
      const documents: StoredDocument[] = [];
      if (version === 1) {
        const { settings, documents: entries } = parsed(header1Schema, header, "header");
        requireTiling(entries, SECTIONS_1, body.size);
        for (const entry of entries) documents.push(await decodeDocument1(body, entry));
        return { documents, settings };
      }
      const { settings, documents: entries } = parsed(headerSchema, header, "header");
      requireTiling(entries, SECTIONS, body.size);
      for (const entry of entries) documents.push(await decodeDocument(body, entry));
      return { documents, settings };
    } catch (error) {
      throw fileError(error);
    }
  },
};

async function encodeDocument(writer: FrameWriter, document: StoredDocument): Promise<Entry> {
  const { record, file, pages, chunks, vectors, readable } = document;
  const sections: Entry["sections"] = {
    file: await writer.add(file),
    pages: await writer.add(new TextEncoder().encode(JSON.stringify(inOrder(pagesSchema, pages.map(pageEntry))))),
    columns: await writer.add(encodeColumns(pages)),
    chunks: await writer.add(encodeChunks(chunks)),
    headings: await writer.add(new TextEncoder().encode(JSON.stringify(encodeHeadings(chunks)))),
    vectors: await writer.add(encodeVectors(vectors)),
    readable: await writer.add(ownBytes(readable)),
  };
  const entry: Entry = { record: inOrder(recordSchema, record), sections };
  // A backup that its own import refuses is worse than none: say it while the library is still there.
  const fault = documentFault(document) ?? identityFault(entry);
  if (fault !== null)
    throw new EngineError("STORE_BROKEN", fault, { reason: "faulty", id: record.id, name: record.name });
  return entry;
}

/** The schema's order of keys, whatever code made the object: rule L1 is about bytes. What does not fit stays as it is. */
function inOrder<T>(schema: v.GenericSchema<unknown, T>, value: T): T {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : value;
}

function pageEntry(page: Page): PageEntry {
  // Its other columns fall to the schema's order of keys.
  return { ...page, runs: page.runs.starts.length, blocks: page.blocks.starts.length };
}

async function decodeDocument(body: Blob, entry: Entry): Promise<StoredDocument> {
  const { sections } = entry;
  const pages = decodePages(
    parsed(pagesSchema, parseJson(await readSection(body, sections.pages)), "pages"),
    await readSection(body, sections.columns),
  );
  const headings = decodeHeadings(
    parsed(headingsSchema, parseJson(await readSection(body, sections.headings)), "headings"),
    entry.record.chunkCount,
  );
  return assembled(body, entry, pages, headings);
}

async function decodeDocument1(body: Blob, entry: Entry1): Promise<StoredDocument> {
  const { sections } = entry;
  const pages = decodePages1(
    parsed(pages1Schema, parseJson(await readSection(body, sections.pages)), "pages"),
    await readSection(body, sections.runs),
  );
  const headings = Array.from({ length: entry.record.chunkCount }, () => []);
  return assembled(body, entry, pages, headings);
}

type Common = Pick<Entry, "record"> & {
  readonly sections: Pick<Entry["sections"], "file" | "chunks" | "vectors" | "readable">;
};

/** What all versions have in common, checked as a whole. */
async function assembled(
  body: Blob,
  entry: Common,
  pages: readonly Page[],
  headings: readonly (readonly string[])[],
): Promise<StoredDocument> {
  const { record, sections } = entry;
  // Read for its checksum and let go again; the document's file stays a window into the library file.
  await readSection(body, sections.file);
  const fileEnd = sections.file.offset + sections.file.bytes;
  const document: StoredDocument = {
    record,
    file: body.slice(sections.file.offset, fileEnd, blobTypeOf(record.format)),
    pages,
    chunks: decodeChunks(record.id, await readSection(body, sections.chunks), headings, pages),
    vectors: decodeVectors(await readSection(body, sections.vectors), record.chunkCount * record.vectorStamp.dimension),
    readable: new Uint8Array(await readSection(body, sections.readable)),
  };
  const fault = documentFault(document) ?? identityFault(entry);
  if (fault !== null) throw damaged(`${record.name}: ${fault}`);
  return document;
}

/** A document's id is the SHA-256 of its file, which its section carries too. */
function identityFault({ record, sections }: Common): string | null {
  return record.id === sections.file.sha256 ? null : "the id is not the SHA-256 of the file";
}

/** Sections follow each other without gap, overlap or rest, and no document comes twice. */
function requireTiling<Name extends string>(
  entries: readonly { readonly record: Entry["record"]; readonly sections: Readonly<Record<Name, Section>> }[],
  names: readonly Name[],
  bodyBytes: number,
): void {
  let at = 0;
  for (const { sections } of entries) {
    for (const name of names) {
      if (sections[name].offset !== at) throw damaged(`section ${name} is not at ${at}`);
      at += sections[name].bytes;
    }
  }
  if (at !== bodyBytes) throw damaged(`${bodyBytes} bytes of sections, ${at} expected`);
  if (new Set(entries.map(({ record }) => record.id)).size !== entries.length) throw damaged("a document comes twice");
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, value: unknown, what: string): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw damaged(`${what}: ${v.getDotPath(issue) ?? ""} ${issue.message}`);
}
