import type { Segment } from "#core/answer/citations.ts";
import { EngineError } from "#core/base/errors.ts";
import { passageText } from "#core/chunk/passage.ts";
import { splitSentences } from "#core/chunk/sentences.ts";
import type { Chunk, ChunkId } from "#core/model.ts";
import type { Reranker, Signal } from "#core/ports.ts";
import type { AnswerUpdate } from "./answer-update.ts";

const SENTENCES = 3;

interface Found {
  readonly passage: number;
  readonly start: number;
  readonly text: string;
  readonly logit: number;
}

/**
 * Rule A9: the best sentences of the passages, as the re-ranker scores each of them under its headings. Passages come by
 * their best sentence, the sentences of one as they stand in it; one that two passages share is taken once.
 *
 * @throws what the re-ranker throws; LLM_BAD_REPLY where it reads none of them
 */
export async function extractAnswer(
  reranker: Reranker,
  query: string,
  chunks: readonly Chunk[],
  signal: Signal,
  tell: (change: Partial<AnswerUpdate>) => void,
): Promise<void> {
  const { stamp } = await reranker.load(signal, (progress) => tell({ progress }));
  const sentences = sentencesOf(chunks);
  const found: Found[] = [];
  tell({ stamp, phase: "answering", progress: { done: 0, of: sentences.length } });
  await reranker.score(
    query,
    sentences.map(({ read }, i) => ({ id: String(i) as ChunkId, text: read })),
    signal,
    ({ ids, logits }) => {
      for (const [i, id] of ids.entries()) {
        const sentence = sentences[Number(id)];
        const logit = logits[i] ?? Number.NaN;
        if (sentence !== undefined && Number.isFinite(logit)) found.push({ ...sentence, logit });
      }
      if (!signal.aborted) {
        const done = Math.min(sentences.length, found.length);
        tell({ segments: segmentsOf(best(found), chunks), progress: { done, of: sentences.length } });
      }
    },
  );
  signal.throwIfAborted();
  if (found.length === 0) throw new EngineError("LLM_BAD_REPLY", "the re-ranker reads none of these sentences");
  tell({ segments: segmentsOf(best(found), chunks), phase: "done", progress: null });
}

function sentencesOf(chunks: readonly Chunk[]): (Omit<Found, "logit"> & { readonly read: string })[] {
  const seen = new Set<string>();
  return chunks.flatMap((chunk, passage) =>
    splitSentences(chunk.text).flatMap(({ start, end }) => {
      const text = chunk.text.slice(start, end);
      const key = text.replaceAll(/\s+/g, " ");
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ passage, start, text, read: passageText({ ...chunk, text }) }];
    }),
  );
}

/** Equal logits keep the order of the list. */
function best(found: readonly Found[]): Found[] {
  const byLogit = found.toSorted((a, b) => b.logit - a.logit || a.passage - b.passage || a.start - b.start);
  const chosen = byLogit.slice(0, SENTENCES);
  const order = [...new Set(chosen.map(({ passage }) => passage))];
  return order.flatMap((passage) =>
    chosen.filter((it) => it.passage === passage).toSorted((a, b) => a.start - b.start),
  );
}

function segmentsOf(found: readonly Found[], chunks: readonly Chunk[]): Segment[] {
  return found.flatMap(({ passage, text }, i): Segment[] => [
    { kind: "text", text: `${i === 0 ? "" : " "}${text} ` },
    { kind: "citation", text: `[${passage + 1}]`, n: passage + 1, passage: chunks[passage]!.id },
  ]);
}
