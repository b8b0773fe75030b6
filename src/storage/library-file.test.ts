import { describe, expect, test } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import type { StoredDocument } from "#core/model.ts";
import { documentFault } from "./document-fault.ts";
import { fixtureDocument, seededRandom } from "./fixture.ts";
import { libraryFiles } from "./library-file.ts";
import { FILE_VERSION, FrameWriter, PREAMBLE_BYTES, openFrame } from "./library-frame.ts";
import { encodeColumns } from "./library-columns.ts";
import { fixture1, libraryFile1 } from "./version-1.fixture.ts";

const SMALL = { pages: 2, chunks: 3, dimension: 4, fileBytes: 300 };
const SETTINGS = { pool: 30, retrieval: "fused", nested: [1, null, "ü"] };

async function* each(documents: readonly StoredDocument[]): AsyncGenerator<StoredDocument> {
  yield* documents;
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** A document as a value that toEqual compares byte by byte. */
async function plain(document: StoredDocument): Promise<unknown> {
  return { ...document, file: await bytesOf(document.file), type: document.file.type };
}

async function sampleFile(): Promise<{ documents: StoredDocument[]; file: Blob; bytes: Uint8Array<ArrayBuffer> }> {
  const documents = [await fixtureDocument(1, SMALL), await fixtureDocument(2, { ...SMALL, chunks: 2 })];
  const file = await libraryFiles.encode(each(documents), SETTINGS);
  return { documents, file, bytes: await bytesOf(file) };
}

async function codeOf(file: Blob): Promise<string> {
  const error = await libraryFiles.decode(file).then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof EngineError ? error.code : `not refused: ${String(error)}`;
}

describe("round trip", () => {
  test("L1 what was encoded is decoded exactly, and encodes to the same bytes again", async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = seededRandom(seed);
      const below = (limit: number): number => Math.floor(random() * limit);
      const documents: StoredDocument[] = [];
      for (let at = 0; at < below(4); at += 1) {
        const size = { pages: 1 + below(5), chunks: below(6), dimension: 1 + below(9), fileBytes: 1 + below(900) };
        documents.push(await fixtureDocument(100 * seed + at, size));
      }
      const file = await libraryFiles.encode(each(documents), SETTINGS);
      const decoded = await libraryFiles.decode(file);
      expect(decoded.settings).toEqual(SETTINGS);
      expect(await Promise.all(decoded.documents.map(plain))).toEqual(await Promise.all(documents.map(plain)));
      const again = await libraryFiles.encode(each(decoded.documents), decoded.settings);
      expect(await bytesOf(again)).toEqual(await bytesOf(file));
    }
  });

  test("L1 the bytes do not depend on the order of an object's keys", async () => {
    const document = await fixtureDocument(5, SMALL);
    const backwards = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).toReversed()) as T;
    const record = { ...backwards(document.record), vectorStamp: backwards(document.record.vectorStamp) };
    const other = { ...document, record, pages: document.pages.map(backwards) };
    const file = await libraryFiles.encode(each([document]), null);
    expect(await bytesOf(await libraryFiles.encode(each([other]), null))).toEqual(await bytesOf(file));
  });

  test("L1 views into larger buffers are written without what surrounds them", async () => {
    const document = await fixtureDocument(3, SMALL);
    const wide = new Float32Array(document.vectors.length + 10).fill(7);
    wide.set(document.vectors, 5);
    const inside = { ...document, vectors: wide.subarray(5, 5 + document.vectors.length) };
    const file = await libraryFiles.encode(each([inside]), null);
    expect(await bytesOf(file)).toEqual(await bytesOf(await libraryFiles.encode(each([document]), null)));
  });

  test("L1 an empty library and absent settings are a library", async () => {
    const file = await libraryFiles.encode(each([]), undefined);
    expect(await libraryFiles.decode(file)).toEqual({ documents: [], settings: null });
  });

  test("L6 vectors of another model are decoded with their own stamp", async () => {
    const document = await fixtureDocument(4, SMALL);
    const vectorStamp = { ...document.record.vectorStamp, model: "another", dtype: "q8" as const };
    const other = { ...document, record: { ...document.record, vectorStamp } };
    const decoded = await libraryFiles.decode(await libraryFiles.encode(each([other]), null));
    expect(decoded.documents[0]?.record.vectorStamp).toEqual(vectorStamp);
  });
});

test("L8 a file of version 1 is read: pages as plain text of an older text version, chunks and vectors as they were", async () => {
  const fixture = await fixture1(3, SMALL);
  const file = await libraryFile1(fixture);
  const { documents, settings } = await libraryFiles.decode(file);
  expect(settings).toEqual({ pool: 7 });
  expect(documents).toHaveLength(1);
  const [document] = documents as [StoredDocument];
  expect(documentFault(document)).toBeNull();
  expect(document.record).toMatchObject({
    id: fixture.record.id,
    format: "pdf",
    textVersion: 1,
    warnings: [{ kind: "pages-without-text", pages: 1, scanned: 0, of: 2 }],
    vectorStamp: { chunking: { strategy: "structure", size: 256, overlap: 32 } },
  });
  expect(document.pages.map(({ text, bodyEnd }) => [text, bodyEnd])).toEqual(
    fixture.pages.map(({ text }) => [text, text.length]),
  );
  expect(document.chunks).toEqual(fixture.source.chunks);
  expect(document.vectors).toEqual(fixture.source.vectors);
  // One flipped byte is found in the old form too.
  const bytes = await bytesOf(file);
  for (const at of [60, bytes.length >> 1, bytes.length - 1]) {
    const changed = bytes.slice();
    changed[at]! ^= 4;
    expect(await codeOf(new Blob([changed]))).toBe("IMPORT_DAMAGED");
  }
});

describe("damage", () => {
  test("L3 every 7th byte flipped, by a seeded bit: always a typed error", async () => {
    const { bytes } = await sampleFile();
    const random = seededRandom(7);
    const seen = new Map<string, number>();
    for (let at = 0; at < bytes.length; at += at < PREAMBLE_BYTES ? 1 : 7) {
      const changed = bytes.slice();
      changed[at]! ^= 1 << Math.floor(random() * 8);
      const code = await codeOf(new Blob([changed]));
      seen.set(code, (seen.get(code) ?? 0) + 1);
    }
    // The magic is 8 bytes; everything behind it is under a checksum.
    expect(Object.fromEntries(seen)).toEqual({ IMPORT_NOT_A_LIBRARY: 8, IMPORT_DAMAGED: expect.any(Number) });
  });

  test("L3 truncated, extended or spliced at seeded places: always a typed error", async () => {
    const { bytes } = await sampleFile();
    const random = seededRandom(8);
    for (let round = 0; round < 150; round += 1) {
      const at = Math.floor(random() * bytes.length);
      const by = 1 + Math.floor(random() * 40);
      const head = bytes.slice(0, at);
      const truncated = await codeOf(new Blob([head]));
      expect(truncated).toBe(at < 8 ? "IMPORT_NOT_A_LIBRARY" : "IMPORT_DAMAGED");
      expect(await codeOf(new Blob([bytes, bytes.slice(0, by)]))).toBe("IMPORT_DAMAGED");
      expect(await codeOf(new Blob([head, new Uint8Array(by), bytes.slice(at)]))).toMatch(/^IMPORT_/);
      expect(await codeOf(new Blob([head, bytes.slice(at + by)]))).toMatch(/^IMPORT_/);
    }
  });

  test("L2 something else is not a library", async () => {
    for (const other of ["", "%PDF-1.7", "{}", "PK\u0003\u0004", "SLOOK"]) {
      expect(await codeOf(new Blob([other]))).toBe("IMPORT_NOT_A_LIBRARY");
    }
  });

  test("L2 a newer version is said to be newer, with both numbers", async () => {
    const file = await new FrameWriter().finish({ anything: true }, FILE_VERSION + 1);
    await expect(libraryFiles.decode(file)).rejects.toMatchObject({
      code: "IMPORT_TOO_NEW",
      facts: { version: FILE_VERSION + 1, supported: FILE_VERSION },
    });
    expect(await codeOf(await new FrameWriter().finish({}, 0))).toBe("IMPORT_DAMAGED");
  });
});

type Header = {
  settings: unknown;
  documents: { record: Record<string, unknown>; sections: Record<string, unknown> }[];
};

/** The same sections under a changed header, with correct checksums: what only the invariants can catch. */
async function resealed(file: Blob, change: (header: Header) => void): Promise<Blob> {
  const { header, body } = await openFrame(file);
  change(header as Header);
  const writer = new FrameWriter();
  await writer.add(body);
  return writer.finish(header);
}

describe("lies under a correct checksum", () => {
  test.each<[string, (header: Header) => void]>([
    ["another id", (h) => (h.documents[0]!.record["id"] = "0".repeat(64))],
    ["the same document twice", (h) => h.documents.push(h.documents[0]!)],
    ["a chunk more", (h) => (h.documents[0]!.record["chunkCount"] = 4)],
    ["a page less", (h) => (h.documents[0]!.record["pageCount"] = 1)],
    ["another dimension", (h) => ((h.documents[0]!.record["vectorStamp"] as { dimension: number }).dimension = 5)],
    ["dimension 0", (h) => ((h.documents[0]!.record["vectorStamp"] as { dimension: number }).dimension = 0)],
    ["a dtype that is none", (h) => ((h.documents[0]!.record["vectorStamp"] as { dtype: string }).dtype = "fp8")],
    ["a file of another length", (h) => (h.documents[0]!.record["bytes"] = 299)],
    ["a state that is none", (h) => (h.documents[0]!.record["state"] = "failed")],
    ["a warning that is none", (h) => (h.documents[0]!.record["warnings"] = [{ kind: "x" }])],
    ["no name", (h) => delete h.documents[0]!.record["name"]],
    ["sections exchanged", (h) => h.documents.reverse()],
    ["a section from before the file", (h) => ((h.documents[0]!.sections["file"] as { offset: number }).offset = -1)],
    ["a document left out", (h) => h.documents.pop()],
    ["a header that is a list", (h) => Object.assign(h, { documents: {} })],
  ])("L5 %s", async (_, change) => {
    const { file } = await sampleFile();
    expect(await codeOf(await resealed(file, change))).toBe("IMPORT_DAMAGED");
  });

  test("L5 any leaf of the header changed by a seed: refused, or a document that has no fault", async () => {
    const { file } = await sampleFile();
    const random = seededRandom(9);
    const odd = [null, -1, 0, 1, 2 ** 31, 2 ** 53, 1.5, "", "x", [], {}, true];
    for (let round = 0; round < 300; round += 1) {
      const changed = await resealed(file, (header) => mutateLeaf(header, random, odd));
      const decoded = await libraryFiles.decode(changed).catch((error: unknown) => error);
      if (decoded instanceof Error) expect(decoded).toMatchObject({ code: "IMPORT_DAMAGED" });
      else
        for (const document of (decoded as { documents: StoredDocument[] }).documents) {
          expect(documentFault(document)).toBeNull();
        }
    }
  });

  test("L4 a document that could not be imported again is not exported", async () => {
    const document = await fixtureDocument(5, SMALL);
    const other = { ...document, file: new Blob([new Uint8Array(SMALL.fileBytes)]) };
    await expect(libraryFiles.encode(each([other]), null)).rejects.toMatchObject({ code: "STORE_BROKEN" });
    const short = { ...document, vectors: document.vectors.slice(1) };
    await expect(libraryFiles.encode(each([short]), null)).rejects.toMatchObject({ code: "STORE_BROKEN" });
  });
});

function mutateLeaf(root: object, random: () => number, odd: readonly unknown[]): void {
  let node: object = root;
  for (;;) {
    const keys = Object.keys(node);
    const key = keys[Math.floor(random() * keys.length)];
    if (key === undefined) return;
    const child: unknown = Reflect.get(node, key);
    if (typeof child === "object" && child !== null && Object.keys(child).length > 0) node = child;
    else {
      Reflect.set(node, key, odd[Math.floor(random() * odd.length)]);
      return;
    }
  }
}

test("L7 numbers lie little endian, columns in their order", async () => {
  const page = (await fixtureDocument(6, SMALL)).pages[0]!;
  const runs = {
    starts: Uint32Array.of(1),
    ends: Uint32Array.of(258),
    sources: Uint32Array.of(3),
    sourceStarts: Uint32Array.of(4),
    sourceEnds: Uint32Array.of(5),
    frames: Float32Array.of(1, 0, 0, 0, 0, 0),
  };
  const blocks = { starts: Uint32Array.of(7), kinds: Uint8Array.of(8), levels: Uint8Array.of(9) };
  const edges = Uint16Array.of(10);
  const words = (...values: number[]): number[] => values.flatMap((value) => [value % 256, value >> 8, 0, 0]);
  expect([...encodeColumns([{ ...page, runs, blocks, edges }])]).toEqual([
    ...words(1, 258, 3, 4, 5),
    0,
    0,
    128,
    63,
    ...words(0, 0, 0, 0, 0, 7),
    10,
    0,
    8,
    9,
  ]);
});
