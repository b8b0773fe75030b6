import { EngineError } from "#core/base/errors.ts";
import { writeLlamaIndex } from "#core/evaluate/formats/llama-index.ts";
import type { QuestionSet } from "#core/evaluate/model.ts";
import { spanKey } from "#core/evaluate/synthetic/plan.ts";
import { documentText } from "#core/chunk/page-spans.ts";
import type { Chunk, ChunkId, DocumentId } from "#core/model.ts";
import { type ExportLibrary, safe } from "./evaluate-exports.ts";
import type { NamedFile } from "./evaluate-view.ts";

export interface NodeLibrary extends ExportLibrary {
  readonly chunks: ReadonlyMap<ChunkId, Chunk>;
}

/**
 * A set of passages as LlamaIndex's EmbeddingQAFinetuneDataset. Every passage of the library is a node, as LlamaIndex has
 * it: answers alone would be too easy to find. Node ids are item ids (rule T7), so that the way back finds the same spans.
 */
export async function exportedLlamaIndex(set: QuestionSet | undefined, library: NodeLibrary): Promise<NamedFile> {
  if (set === undefined) throw new EngineError("UNEXPECTED", "no such set");
  const corpus = new Map([...library.chunks.values()].map((chunk) => [spanKey(chunk), chunk.text]));
  const texts = new Map<DocumentId, string>();
  const queries: Record<string, string> = {};
  const relevant: Record<string, string[]> = {};
  for (const { id, text, targets } of set.questions) {
    queries[id] = text;
    relevant[id] = [];
    for (const target of targets) {
      if (target.kind !== "passage") throw new EngineError("UNEXPECTED", `a ${target.kind} is no node`);
      if (target.grade <= 0) continue;
      const key = spanKey(target);
      if (!corpus.has(key)) {
        // oxlint-disable-next-line no-await-in-loop -- one document after the other is read
        const whole = texts.get(target.documentId) ?? documentText(await library.pages(target.documentId));
        texts.set(target.documentId, whole);
        corpus.set(key, whole.slice(target.start, target.end));
      }
      relevant[id].push(key);
    }
  }
  const json = writeLlamaIndex({
    queries,
    corpus: Object.fromEntries(corpus),
    relevant_docs: relevant,
    mode: "text",
  });
  return { name: `${safe(set.name)}.json`, blob: new Blob([json], { type: "application/json;charset=utf-8" }) };
}
