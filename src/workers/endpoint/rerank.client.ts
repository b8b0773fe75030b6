import { hostOf, type RerankEndpoint } from "#core/llm/endpoint.ts";
import type { ModelReport, OnScores, Passage, Reranker, Signal } from "#core/ports.ts";
import { estimateTokens } from "#core/llm/cut.ts";
import type { ApiSummary } from "#core/rerank/llm/run.ts";
import { ask, badReply, jsonOf } from "./ask.client.ts";
import type { EndpointFrames } from "./frame.client.ts";
import { rerankScores } from "./rerank-reply.ts";

/** Servers take some hundred documents at once; TEI 32 where nobody says otherwise. */
const BATCH = 32;

/** A re-ranker behind a rerank API. Scores are its own, of a passage by itself. */
export function rerankApi(frames: EndpointFrames, endpoint: () => RerankEndpoint): Reranker {
  const report = (): ModelReport => {
    const { model, base, path } = endpoint();
    return {
      stamp: { id: model, revision: hostOf(base) + path, dtype: "elsewhere", device: "elsewhere" },
      threads: 0,
      maxTokens: 0,
      goldenError: null,
      fallback: null,
      scale: "relevance",
    };
  };

  return {
    load: () => Promise.resolve(report()),
    async score(query: string, passages: readonly Passage[], signal: Signal, onScores: OnScores) {
      const to = endpoint();
      let run: ApiSummary = {
        place: { kind: "endpoint", host: hostOf(to.base) },
        calls: { done: 0, of: Math.ceil(passages.length / BATCH), failed: 0 },
        passages: 0,
        tokensIn: 0,
        milliseconds: 0,
        missing: 0,
        duplicates: 0,
        outOfRange: 0,
      };
      for (let from = 0; from < passages.length; from += BATCH) {
        const batch = passages.slice(from, from + BATCH);
        const texts = batch.map(({ text }) => text);
        const started = performance.now();
        const answer = await ask(frames, to, { method: "POST", path: to.path, body: bodyOf(to, query, texts) }, signal);
        const found = rerankScores(await jsonOf(answer, to), batch.length);
        if (found === null) throw badReply(to, "no results");
        run = {
          ...run,
          calls: { ...run.calls, done: run.calls.done + 1 },
          passages: run.passages + batch.length,
          tokensIn: run.tokensIn + estimateTokens(query) + texts.reduce((sum, text) => sum + estimateTokens(text), 0),
          milliseconds: run.milliseconds + performance.now() - started,
          missing: run.missing + found.missing,
          duplicates: run.duplicates + found.duplicates,
          outOfRange: run.outOfRange + found.outOfRange,
        };
        await onScores({ ids: batch.map(({ id }) => id), logits: found.scores, api: run });
      }
    },
    release: () => frames.close(new URL(endpoint().base).origin),
  };
}

/** Cohere, Jina, Voyage, vLLM and llama.cpp share one form; TEI calls the documents texts. */
function bodyOf({ server, model }: RerankEndpoint, query: string, documents: readonly string[]): object {
  if (server === "tei") return { query, texts: documents, raw_scores: false, truncate: true };
  // Voyage knows no top_n and gives all; the others give all where it is as many as there are.
  return server === "voyage" ? { model, query, documents } : { model, query, documents, top_n: documents.length };
}
