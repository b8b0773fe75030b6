/** What the reader shows: one document beside the lists, the chosen passage marked. No React, no workers. */
import type { ErrorData } from "#core/base/errors.ts";
import type { PageHeat } from "#core/evidence/heat.ts";
import type { PageMark } from "#core/evidence/marks.ts";
import type { CharOffset, ChunkId, DocumentId, DocumentRecord, Page, PageIndex, Quad } from "#core/model.ts";

/** A document that is open: what is needed to draw it and to say where its text stands. */
export interface OpenDocument {
  readonly record: DocumentRecord;
  readonly file: Blob;
  readonly pages: readonly Page[];
  /** What opened an encrypted file in this session, else null. */
  readonly password: string | null;
}

export type { PageHeat, PageMark };

/** Where to scroll: a new object for every wish, also for the same place. */
export interface ReaderTarget {
  readonly page: PageIndex;
  /** First quad of the passage, to be brought into view; null = the top of the page. */
  readonly quad: Quad | null;
  /** The same in a document without pages: the offset in the page's text. */
  readonly offset: CharOffset | null;
}

/** A passage by its place in the document's text. */
export interface ChosenPassage {
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly text: string;
  /** The headings it stands under, outermost first; empty where it is no chunk. */
  readonly headings: readonly string[];
}

export interface ReaderState {
  /** `open`: there is something to draw; whether the file opens is the viewer's to find out and report. */
  readonly phase: "closed" | "opening" | "locked" | "open" | "failed";
  /** Present from `opening` on. */
  readonly documentId: DocumentId | null;
  readonly document: OpenDocument | null;
  /** Why it is `failed`, or in `locked` that the password was wrong. */
  readonly error: ErrorData | null;
  readonly target: ReaderTarget | null;
  /** The chunk whose passage is marked, if the passage is one. */
  readonly chosen: ChunkId | null;
  /** The marked passage, chunk or not. */
  readonly passage: ChosenPassage | null;
  readonly marks: ReadonlyMap<PageIndex, readonly PageMark[]>;
  /** One per page; null without a result in this document. */
  readonly heat: readonly PageHeat[] | null;
}

/** The text around a chunk, and where the chunk stands in it. */
export interface Section {
  readonly text: string;
  /** In `text`. */
  readonly start: CharOffset;
  readonly end: CharOffset;
  /** Outermost first, the section's own heading last; empty before the first heading. */
  readonly headings: readonly string[];
}

export interface ReaderActions {
  /** Opens the chunk's document at its passage. */
  openChunk(id: ChunkId): void;
  openDocument(id: DocumentId, page?: PageIndex): void;
  /**
   * A passage by its place in the document's text, as a link carries it (`textVersion`: that of its text). Where the
   * document is not in the library, a notice says so and the passage opens as soon as it is.
   */
  openPassage(id: DocumentId, start: CharOffset, end: CharOffset, textVersion?: number): void;
  /** For `locked`: `document` comes back with this password, and the viewer tries it. */
  unlock(password: string): void;
  /** The viewer's word that the file needs a password (`wrong`: another one than `document.password`). */
  reportLocked(wrong: boolean): void;
  /** The viewer's word that the file cannot be drawn. */
  reportFailed(error: ErrorData): void;
  /** The section around a chunk of the result; null where it cannot be read any more. Never throws. */
  sectionOf(id: ChunkId): Promise<Section | null>;
  close(): void;
}

export type ReaderView = ReaderState & ReaderActions;
