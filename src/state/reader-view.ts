/** What the reader shows: one document beside the lists, the chosen passage marked. No React, no workers. */
import type { ErrorData } from "#core/base/errors.ts";
import type { CharOffset, ChunkId, DocumentId, DocumentRecord, Page, PageIndex, Quad } from "#core/model.ts";

/** A document that is open: what is needed to draw it and to say where its text stands. */
export interface OpenDocument {
  readonly record: DocumentRecord;
  readonly file: Blob;
  readonly pages: readonly Page[];
  /** What opened an encrypted file in this session, else null. */
  readonly password: string | null;
}

/** A chunk of the current result on one page. */
export interface PageMark {
  readonly chunkId: ChunkId;
  /** Points of the unrotated page, one per line; empty in documents that have no pages. */
  readonly quads: readonly Quad[];
  /** The part of the page's text that it covers. */
  readonly start: CharOffset;
  readonly end: CharOffset;
  /** The passage that was chosen; the others are marked faintly. */
  readonly chosen: boolean;
  /** 1-based ranks in the two lists; null where it is in neither, or not re-ranked. */
  readonly before: number | null;
  readonly after: number | null;
}

/** How much of the result stands on a page, each 0 to 1 within this document and stage; null = nothing of it. */
export interface PageHeat {
  readonly before: number | null;
  readonly after: number | null;
  /** after − before, −1 to 1. */
  readonly difference: number | null;
}

/** Where to scroll: a new object for every wish, also for the same place. */
export interface ReaderTarget {
  readonly page: PageIndex;
  /** First quad of the passage, to be brought into view; null = the top of the page. */
  readonly quad: Quad | null;
  /** The same in a document without pages: the offset in the page's text. */
  readonly offset: CharOffset | null;
}

export interface ReaderState {
  readonly phase: "closed" | "opening" | "locked" | "open" | "failed";
  /** Present from `opening` on. */
  readonly documentId: DocumentId | null;
  readonly document: OpenDocument | null;
  /** Why it is `failed`, or in `locked` that the password was wrong. */
  readonly error: ErrorData | null;
  readonly target: ReaderTarget | null;
  /** The chunk whose passage is marked, if the passage is one. */
  readonly chosen: ChunkId | null;
  readonly marks: ReadonlyMap<PageIndex, readonly PageMark[]>;
  /** One per page; null without a result in this document. */
  readonly heat: readonly PageHeat[] | null;
}

export interface ReaderActions {
  /** Opens the chunk's document at its passage. */
  openChunk(id: ChunkId): void;
  openDocument(id: DocumentId, page?: PageIndex): void;
  /** A passage by its place in the document's text, as a link carries it. */
  openPassage(id: DocumentId, start: CharOffset, end: CharOffset): void;
  /** For `locked`. */
  unlock(password: string): void;
  close(): void;
}

export type ReaderView = ReaderState & ReaderActions;
