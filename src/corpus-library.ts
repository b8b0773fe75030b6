import { importCorpus } from "#engine/evaluate/corpus.ts";
import { EngineError } from "#core/base/errors.ts";
import { resolveSet } from "#core/evaluate/resolve.ts";
import type { ChunkSettings } from "#core/model.ts";
import type { DocumentReader, Embedder, Retriever } from "#core/ports.ts";
import { Library } from "#engine/library.ts";
import type { ImportCorpus } from "#state/evaluate-view.ts";
import { openEvaluationStore } from "#storage/evaluation-store.ts";
import { deleteLibrary, freeName, libraryDatabase, namedLibraries } from "#storage/libraries.ts";
import { libraryFiles } from "#storage/library-file.ts";
import { openStore } from "#storage/store.ts";
import { readPreference, writePreference } from "./preferences.ts";

/** Names of libraries whose import was cut off by a reload or a crash: the next import of that name goes on with them. */
const UNFINISHED = "unfinished-imports";

interface CorpusLibraryPorts {
  readonly embedder: Embedder;
  readonly reader: DocumentReader;
  /** As the person's own library is cut now. */
  readonly chunking: () => ChunkSettings;
}

/** A library that is only written: whoever opens it fills the index from the store. */
const NO_INDEX: Retriever = {
  add: async () => {},
  remove: async () => {},
  clear: async () => {},
  retrieve: async () => {
    throw new EngineError("UNEXPECTED", "a library under import is not searched");
  },
};

/** Turns an imported corpus into a library beside the person's own, with its question set in it. */
export function corpusLibraries({ embedder, reader, chunking }: CorpusLibraryPorts): ImportCorpus {
  return async (set, signal, onProgress) => {
    const { corpus } = set;
    if (corpus === null) throw new EngineError("UNEXPECTED", "the set has no corpus");
    const name = unfinished().includes(set.name) ? set.name : freeName(set.name, await namedLibraries());
    writePreference(UNFINISHED, [...new Set([...unfinished(), name])]);
    const store = await openStore(libraryDatabase(name));
    const evaluations = await openEvaluationStore(libraryDatabase(name));
    const close = (): void => {
      store.close();
      evaluations.close();
    };
    try {
      const library = new Library({ store, reader, retriever: NO_INDEX, embedder, files: libraryFiles }, chunking());
      await library.open(() => {});
      await importCorpus({ library, embedder }, corpus.read(), corpus.documents, signal, ({ done, of }) =>
        onProgress({ stage: "embedding", documents: { done, of } }),
      );
      const { set: resolved, unresolved } = await resolveSet(
        set,
        { documents: [...library.records.values()], pages: async (id) => (await store.get(id))?.pages ?? [] },
        { id: crypto.randomUUID(), name: set.name, madeAt: Date.now() },
        signal,
        (documents) => onProgress({ stage: "storing", documents }),
      );
      await evaluations.putSet(resolved);
      close();
      finished(name);
      return { library: name, questions: resolved.questions.length, unresolved: unresolved.length };
    } catch (thrown) {
      close();
      // Whatever else went wrong can be tried again, and goes on where it was.
      if (signal.aborted) {
        await deleteLibrary(name);
        finished(name);
      }
      throw thrown;
    }
  };
}

function unfinished(): string[] {
  const names = readPreference(UNFINISHED);
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

function finished(name: string): void {
  writePreference(
    UNFINISHED,
    unfinished().filter((other) => other !== name),
  );
}
