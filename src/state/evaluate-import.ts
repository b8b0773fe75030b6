import { kindOf } from "#core/evaluate/formats/detect.ts";
import { readQuestionSet } from "#core/evaluate/formats/read-set.ts";
import { LIMITS, type ImportedSet } from "#core/evaluate/formats/imported.ts";
import type { QuestionSet } from "#core/evaluate/model.ts";
import { resolveSet, type ResolveLibrary } from "#core/evaluate/resolve.ts";
import { inputFile } from "./evaluate-files.ts";
import type { ImportCorpus, ImportState } from "./evaluate-view.ts";

export interface ImportPorts {
  readonly library: () => ResolveLibrary;
  readonly importCorpus: ImportCorpus;
}

/** A proof bundle, where one of the files is one. */
export async function proofAmong(files: readonly File[]): Promise<File | null> {
  for (const file of files) {
    // oxlint-disable-next-line no-await-in-loop -- the first one is enough
    if ((await kindOf(inputFile(file))) === "proof") return file;
  }
  return null;
}

type Told = Partial<Omit<ImportState, "error">>;

/** What came of an import: a set of this library, or a library of its own that holds one. */
export type Imported = { readonly set: QuestionSet } | { readonly library: string };

/**
 * Files → a question set. A corpus that comes along becomes a library of its own; LlamaIndex's nodes are looked for in the
 * open library first, for they are mostly cut from the person's documents.
 * @throws what `readQuestionSet`, `resolveSet` and `importCorpus` throw
 */
export async function importSet(
  files: readonly File[],
  ports: ImportPorts,
  signal: AbortSignal,
  tell: (told: Told) => void,
): Promise<Imported> {
  const imported = await readQuestionSet(files.map(inputFile), signal, ({ done, of }) =>
    tell({ progress: { stage: "reading", documents: { done, of } } }),
  );
  tell({ report: imported.report, progress: null });
  if (imported.corpus !== null && imported.format !== "llamaindex") return intoLibrary(imported, ports, signal, tell);
  const found = await inLibrary(imported, ports, signal, tell);
  if (found.set.questions.length > 0 || imported.corpus === null) return found;
  return intoLibrary(imported, ports, signal, tell);
}

async function inLibrary(imported: ImportedSet, ports: ImportPorts, signal: AbortSignal, tell: (told: Told) => void) {
  const madeAt = Date.now();
  const { set, unresolved } = await resolveSet(
    imported,
    ports.library(),
    {
      id: `imported-${crypto.randomUUID()}`,
      name: imported.name,
      madeAt,
      ...(imported.format === "llamaindex" && { level: "passage" as const }),
    },
    signal,
    ({ done, of }) => tell({ progress: { stage: "reading", documents: { done, of } } }),
  );
  tell({ unresolved: unresolved.length, notFound: unresolved.slice(0, LIMITS.problems) });
  return { set };
}

async function intoLibrary(
  imported: ImportedSet,
  ports: ImportPorts,
  signal: AbortSignal,
  tell: (told: Told) => void,
): Promise<Imported> {
  tell({ phase: "indexing", unresolved: 0, notFound: [] });
  const { library, unresolved } = await ports.importCorpus(imported, signal, (progress) => tell({ progress }));
  tell({ unresolved });
  return { library };
}
