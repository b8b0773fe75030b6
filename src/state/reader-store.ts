import { createStore, type StoreApi } from "zustand/vanilla";
import { EngineError, toEngineError } from "#core/base/errors.ts";
import { heatOf } from "#core/evidence/heat.ts";
import { marksOf } from "#core/evidence/marks.ts";
import { Places } from "#core/evidence/places.ts";
import { documentText } from "#core/chunk/page-spans.ts";
import { sectionAround } from "#core/chunk/section.ts";
import type { CharOffset, Chunk, ChunkId, DocumentId, DocumentRecord, PageIndex } from "#core/model.ts";
import type { Store } from "#core/ports.ts";
import type { LibraryStore } from "./library-store.ts";
import type { ReaderState, ReaderView } from "./reader-view.ts";
import type { LibraryView, SearchView } from "./view.ts";

export interface ReaderPorts {
  readonly store: Pick<Store, "get">;
  readonly search: StoreApi<SearchView>;
  readonly library: StoreApi<LibraryView>;
  readonly notify: LibraryStore["notify"];
  /** What opened encrypted files in this session; shared with whoever reads them. */
  readonly passwords: Pick<Map<DocumentId, string>, "get" | "set" | "delete">;
}

/** What somebody wants to see. */
interface Wish {
  readonly id: DocumentId;
  readonly page: PageIndex;
  readonly range: { readonly start: CharOffset; readonly end: CharOffset } | null;
  /** Of the text that the range counts in, where it comes from a link. */
  readonly textVersion: number | null;
}

const CLOSED: ReaderState = {
  phase: "closed",
  documentId: null,
  document: null,
  error: null,
  target: null,
  chosen: null,
  passage: null,
  marks: new Map(),
  heat: null,
};

/** One document beside the lists. A new opening takes the place of an older one; a new result moves the marks. */
export function createReaderStore(ports: ReaderPorts): StoreApi<ReaderView> {
  const { library, search } = ports;
  let opening = 0;
  let places = new Places([]);
  /** Of the library row: another object means that the document was read or cut anew. */
  let known: DocumentRecord | null = null;
  /** A link to a document that is not here yet. */
  let awaited: { readonly wish: Wish; readonly isSaid: boolean } | null = null;

  const store = createStore<ReaderView>()((set, get) => ({
    ...CLOSED,
    openChunk(id) {
      const chunk = chunks().get(id);
      if (chunk) void open({ id: chunk.documentId, page: chunk.firstPage, range: chunk, textVersion: null });
    },
    openDocument(id, page = 0) {
      void open({ id, page, range: null, textVersion: null });
    },
    openPassage(id, start, end, textVersion) {
      const range = end > start ? { start, end } : null;
      awaited = { wish: { id, page: 0, range, textVersion: textVersion ?? null }, isSaid: false };
      openAwaited(library.getState());
    },
    unlock(password) {
      const { document } = get();
      if (document === null) return;
      ports.passwords.set(document.record.id, password);
      set({ phase: "open", error: null, document: { ...document, password } });
    },
    reportLocked(wrong) {
      const { document } = get();
      if (document === null) return;
      const { id, name } = document.record;
      if (wrong) ports.passwords.delete(id);
      const error = wrong ? new EngineError("PDF_ENCRYPTED", "", { wrongPassword: true, name }).data : null;
      set({ phase: "locked", error });
    },
    reportFailed: (error) => set({ phase: "failed", error, document: null }),
    async sectionOf(id) {
      const chunk = chunks().get(id);
      if (chunk === undefined) return null;
      const { document } = get();
      const isOpen = document?.record.id === chunk.documentId;
      const stored = isOpen ? document : await ports.store.get(chunk.documentId).catch(() => undefined);
      if (stored === undefined) return null;
      const { start, end, headings } = sectionAround(stored.pages, chunk);
      const text = documentText(stored.pages).slice(start, end);
      return { text, start: chunk.start - start, end: chunk.end - start, headings };
    },
    close() {
      opening += 1;
      known = null;
      set(CLOSED);
    },
  }));
  const { getState: get, setState: set } = store;

  const chunks = (): ReadonlyMap<ChunkId, Chunk> => search.getState().result?.chunks ?? new Map<ChunkId, Chunk>();

  function chunkAt(id: DocumentId, { start, end }: NonNullable<Wish["range"]>): Chunk | undefined {
    for (const chunk of chunks().values()) {
      if (chunk.documentId === id && chunk.start === start && chunk.end === end) return chunk;
    }
    return undefined;
  }

  // ------------------------------------------------------------ open

  async function open(wish: Wish): Promise<void> {
    const mine = (opening += 1);
    awaited = null;
    const { phase, document } = get();
    if (document?.record.id === wish.id && (phase === "open" || phase === "locked")) {
      show(wish);
      return;
    }
    known = recordOf(library.getState(), wish.id);
    const chosen = (wish.range && chunkAt(wish.id, wish.range)?.id) ?? null;
    set({ ...CLOSED, phase: "opening", documentId: wish.id, chosen });
    try {
      const stored = await ports.store.get(wish.id);
      if (mine !== opening) return;
      if (stored === undefined) throw new EngineError("STORE_BROKEN", "the document is not in the store");
      const { record, file, pages } = stored;
      places = new Places(pages);
      set({ phase: "open", document: { record, file, pages, password: ports.passwords.get(wish.id) ?? null } });
      show(wish);
    } catch (thrown) {
      if (mine === opening) set({ phase: "failed", error: toEngineError(thrown, "STORE_BROKEN").data });
    }
  }

  /** Brings the wish on the screen of the document that is open. */
  function show({ id, page, range, textVersion }: Wish): void {
    const at = range === null ? [] : places.of(range.start, range.end);
    const { document } = get();
    const isOther = textVersion !== null && textVersion !== document?.record.textVersion;
    if (document && range !== null && (isOther || at.length === 0)) {
      ports.notify({ kind: "link-unsure", name: document.record.name });
    }
    const [first] = at;
    const chunk = range === null ? undefined : chunkAt(id, range);
    set({
      chosen: chunk?.id ?? null,
      passage:
        range === null || first === undefined
          ? null
          : {
              start: range.start,
              end: Math.min(range.end, places.length),
              text: places.text(range.start, range.end),
              headings: chunk?.headings ?? [],
            },
      target: { page: first?.page ?? page, quad: first?.quads[0] ?? null, offset: first?.start ?? null },
    });
    mark();
  }

  // ------------------------------------------------------------ what changes under an open document

  function mark(): void {
    const { documentId, document, passage } = get();
    if (documentId === null || document === null) return;
    const { result } = search.getState();
    set({
      marks: marksOf(result, documentId, places, passage),
      heat: result === null ? null : heatOf(result, documentId, places),
    });
  }

  /** The same file, read or cut anew: the drawing stays, the text and its places are the new ones. */
  async function reread(id: DocumentId): Promise<void> {
    const mine = opening;
    const stored = await ports.store.get(id).catch(() => undefined);
    const { document, passage } = get();
    if (mine !== opening || stored === undefined || document === null) return;
    places = new Places(stored.pages);
    const text = passage && places.text(passage.start, passage.end);
    set({ document: { ...document, record: stored.record, pages: stored.pages } });
    // The old place may hold other words now: better no mark than one on them.
    if (passage !== null && text !== passage.text) set({ passage: null, chosen: null });
    mark();
  }

  function followLibrary(now: LibraryView): void {
    openAwaited(now);
    const { documentId, document } = get();
    if (documentId === null || known === null) return;
    const record = recordOf(now, documentId);
    if (record === known) return;
    if (record === null) {
      const { name } = known;
      get().close();
      ports.notify({ kind: "reader-closed", name });
    } else {
      known = record;
      if (document !== null) void reread(documentId);
    }
  }

  /** A link opens as soon as its document is here; said once, when the library is read and it is not. */
  function openAwaited(now: LibraryView): void {
    if (awaited === null) return;
    const { wish, isSaid } = awaited;
    if (recordOf(now, wish.id) !== null) {
      for (const { id, kind } of now.notices) if (kind === "link-unknown") now.dismissNotice(id);
      void open(wish);
    } else if (now.app === "ready" && !isSaid) {
      awaited = { wish, isSaid: true };
      ports.notify({ kind: "link-unknown", sha256: wish.id });
    }
  }

  search.subscribe((now, before) => {
    if (now.result !== before.result) mark();
  });
  library.subscribe(followLibrary);
  return store;
}

function recordOf({ items }: LibraryView, id: DocumentId): DocumentRecord | null {
  return items.find((item) => item.id === id)?.record ?? null;
}
