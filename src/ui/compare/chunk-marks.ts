import type { Chunk } from "#core/model.ts";
import { type Mark, queryMarks } from "#core/retrieve/marks.ts";

const known = new WeakMap<Chunk, { readonly query: string; readonly marks: readonly Mark[] }>();

/** The query's words in a chunk, kept while the chunk is shown: it stands in both lists and is drawn at every score. */
export function chunkMarks(chunk: Chunk, query: string): readonly Mark[] {
  const last = known.get(chunk);
  if (last?.query === query) return last.marks;
  const marks = queryMarks(chunk.text, query);
  known.set(chunk, { query, marks });
  return marks;
}
