import { EngineError, toEngineError } from "#core/base/errors.ts";
import { passageText } from "#core/chunk/passage.ts";
import type { QuestionSet } from "#core/evaluate/model.ts";
import {
  openChunks,
  planProgress,
  spanKey,
  withAnswers,
  withModel,
  type Answered,
  type PlanProgress,
} from "#core/evaluate/synthetic/plan.ts";
import { questionPrompt } from "#core/evaluate/synthetic/prompt.ts";
import { foldedQuestion, questionsOf } from "#core/evaluate/synthetic/reply.ts";
import type { LanguageModel, LanguageModelReport } from "#core/llm/port.ts";
import type { Chunk, ChunkId } from "#core/model.ts";
import type { EvaluationStore, Signal } from "#core/ports.ts";
import { firstWords } from "#core/llm/cut.ts";
import { fitted } from "#core/rerank/llm/fit.ts";

export interface SynthesisPorts {
  readonly model: LanguageModel;
  readonly chunks: ReadonlyMap<ChunkId, Chunk>;
  readonly evaluations: Pick<EvaluationStore, "getSet" | "putSet">;
  /** The set has new questions. */
  readonly onSaved: () => void | Promise<void>;
}

export interface SynthesisProgress extends PlanProgress {
  /** Calls of this run that failed: their passages stay open. */
  readonly failed: number;
}

/** What a question takes, and a preface that nobody asked for. */
const TOKENS_PER_QUESTION = 60;
const TOKENS_AROUND = 80;
/** Servers run models that think first; a small one in the tab would only ramble. */
const TOKENS_BEHIND_ENDPOINT = 1024;
/** A passage is shown whole where it fits. */
const WHOLE = 100_000;
const SAVE_EVERY = 3_000;
const PATIENCE = 5;

/**
 * Asks for questions to the passages of a planned set that have none yet, one call each; what came is saved every few
 * seconds, and at the end, whatever the end is.
 *
 * @throws CANCELLED; after five failures in a row the last of them
 */
export async function synthesise(
  { model, chunks, evaluations, onSaved }: SynthesisPorts,
  setId: string,
  signal: Signal,
  onProgress: (progress: SynthesisProgress) => void,
): Promise<void> {
  const report = await model.load(signal, () => {});
  const set = await evaluations.getSet(setId);
  if (set?.synthetic === undefined) throw new EngineError("UNEXPECTED", "no planned set", { setId });
  const { perChunk } = set.synthetic;
  const bySpan = new Map([...chunks.values()].map((chunk) => [spanKey(chunk), chunk]));
  const taken = new Set(set.questions.map(({ text }) => foldedQuestion(text)));
  const host = report.place.kind === "endpoint" ? report.place.host : null;
  let waiting: Answered[] = [];
  let saved: QuestionSet = set;
  let savedAt = performance.now();
  let [failed, inRow] = [0, 0];

  const save = async (): Promise<void> => {
    // As it lies in the store: the person may have edited it meanwhile.
    const now = await evaluations.getSet(setId);
    if (now === undefined) throw new EngineError("CANCELLED", "the set was deleted");
    saved = withAnswers(withModel(now, { id: report.stamp.id, host }), waiting);
    waiting = [];
    savedAt = performance.now();
    await evaluations.putSet(saved);
    await onSaved();
  };
  const tell = (): void => {
    const plan = withAnswers(saved, waiting).synthetic;
    if (plan !== undefined) onProgress({ ...planProgress(plan), failed });
  };

  tell();
  try {
    for (const open of openChunks(set)) {
      signal.throwIfAborted();
      const chunk = bySpan.get(spanKey(open));
      if (chunk === undefined) waiting.push({ chunk: open, questions: null });
      else {
        try {
          waiting.push({ chunk: open, questions: await questionsFor(model, report, chunk, perChunk, taken, signal) });
          inRow = 0;
        } catch (thrown) {
          const error = toEngineError(thrown);
          if (error.code === "CANCELLED" || signal.aborted) throw error;
          failed += 1;
          inRow += 1;
          if (inRow >= PATIENCE) throw error;
        }
      }
      if (performance.now() - savedAt > SAVE_EVERY) await save();
      tell();
    }
  } finally {
    await save();
    tell();
  }
}

async function questionsFor(
  model: LanguageModel,
  report: LanguageModelReport,
  chunk: Chunk,
  perChunk: number,
  taken: Set<string>,
  signal: Signal,
): Promise<readonly string[]> {
  // With its headings, as the other models read it.
  const text = passageText(chunk);
  const least = perChunk * TOKENS_PER_QUESTION + TOKENS_AROUND;
  const room = report.contextTokens === null ? TOKENS_BEHIND_ENDPOINT : Math.floor(report.contextTokens / 3);
  const maxTokens = report.place.kind === "endpoint" ? Math.max(least, Math.min(TOKENS_BEHIND_ENDPOINT, room)) : least;
  const build = (words: number) => questionPrompt(words >= WHOLE ? text : firstWords(text, words), perChunk);
  const budget = report.contextTokens === null ? null : report.contextTokens - maxTokens;
  const whole = build(WHOLE);
  const fits = budget === null || (await model.countTokens(whole)) <= budget;
  const words = text.split(/\s+/u).length;
  const fit = fits ? null : await fitted(build, (messages) => model.countTokens(messages), 1, words, budget);
  if (!fits && fit === null) throw new EngineError("LLM_PROMPT_TOO_LONG", "", { most: report.contextTokens });
  const { text: reply, finish } = await model.generate({ messages: fit?.messages ?? whole, maxTokens }, signal);
  return questionsOf(reply, perChunk, taken, finish === "length").questions;
}
