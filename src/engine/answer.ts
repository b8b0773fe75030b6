import { parseAnswer } from "#core/answer/citations.ts";
import { checkFloor } from "#core/answer/floor.ts";
import { answerPrompt } from "#core/answer/prompt.ts";
import { EngineError, toEngineError } from "#core/base/errors.ts";
import { passageText } from "#core/chunk/passage.ts";
import type { LanguageModel } from "#core/llm/port.ts";
import type { Chunk, ChunkId, TokenCount } from "#core/model.ts";
import type { Reranker, Signal } from "#core/ports.ts";
import { extractAnswer } from "./answer-extractive.ts";
import type { AnswerRequest, AnswerUpdate, OnAnswer } from "./answer-update.ts";

export interface AnswerPorts {
  /** null: none is set up, so that sentences of the passages are the answer. */
  readonly languageModel: LanguageModel | null;
  /** Chooses the sentences where there is no language model; null: there is none either. */
  readonly reranker: Reranker | null;
  readonly chunks: ReadonlyMap<ChunkId, Chunk>;
}

/** Room for an answer, and for the thinking before it. */
const REPLY: TokenCount = 1024;
/** Where nobody says what a model reads: the least that servers start with, which cut the beginning of longer prompts unsaid. */
const ASSUMED_CONTEXT: TokenCount = 4096;

/** An answer from the top of one list. Failures and stops are updates, never throws; the last update is also returned. */
export async function answer(
  ports: AnswerPorts,
  request: AnswerRequest,
  signal: Signal,
  onUpdate: OnAnswer,
): Promise<AnswerUpdate> {
  const started = performance.now();
  const rows = request.rows.filter(({ chunkId }) => ports.chunks.has(chunkId)).slice(0, Math.max(1, request.n));
  let update: AnswerUpdate = {
    side: request.side,
    kind: ports.languageModel === null ? "extractive" : "generated",
    phase: "loading",
    segments: [],
    struck: 0,
    passages: rows.map(({ chunkId }, i) => ({ n: i + 1, chunkId, cut: false })),
    dropped: 0,
    messages: [],
    tokens: { estimatedIn: null, in: null, out: null },
    isCut: false,
    floor: checkFloor(rows, request.floor),
    stamp: null,
    place: null,
    progress: null,
    milliseconds: 0,
    error: null,
  };
  const tell = (change: Partial<AnswerUpdate>): void => {
    update = { ...update, ...change, milliseconds: performance.now() - started };
    onUpdate(update);
  };
  if (update.floor.refused || rows.length === 0) {
    tell({ kind: "refused", phase: "done" });
    return update;
  }
  const chunks = rows.map(({ chunkId }) => ports.chunks.get(chunkId)!);
  const reply = { text: "" };
  const shown = (done: boolean): Partial<AnswerUpdate> => {
    const ids = update.passages.map(({ chunkId }) => chunkId);
    return parseAnswer(reply.text, ids, done);
  };
  try {
    tell({});
    signal.throwIfAborted();
    if (ports.languageModel !== null)
      await generate(ports.languageModel, request.query, chunks, signal, tell, reply, shown);
    else if (ports.reranker !== null) await extractAnswer(ports.reranker, request.query, chunks, signal, tell);
    else throw new EngineError("LLM_OFF");
  } catch (thrown) {
    const error = toEngineError(thrown);
    const isStop = error.code === "CANCELLED" || signal.aborted;
    const kept = reply.text === "" ? {} : shown(true);
    tell({ ...kept, phase: isStop ? "stopped" : "failed", progress: null, error: isStop ? null : error.data });
  }
  return update;
}

async function generate(
  model: LanguageModel,
  query: string,
  chunks: readonly Chunk[],
  signal: Signal,
  tell: (change: Partial<AnswerUpdate>) => void,
  reply: { text: string },
  shown: (done: boolean) => Partial<AnswerUpdate>,
): Promise<void> {
  const { stamp, place, contextTokens } = await model.load(signal, (progress) => tell({ progress }));
  signal.throwIfAborted();
  const context = contextTokens ?? ASSUMED_CONTEXT;
  const maxTokens = Math.max(1, Math.min(REPLY, Math.floor(context / 3)));
  const sources = chunks.map((chunk) => ({ chunkId: chunk.id, text: passageText(chunk) }));
  const budget = context - maxTokens;
  const { messages, passages, dropped, tokens, fits } = await answerPrompt(query, sources, budget, (it) =>
    model.countTokens(it),
  );
  const estimated = { estimatedIn: tokens, in: null, out: null };
  const asked = { stamp, place, messages, passages, dropped, progress: null };
  if (!fits) {
    // What does not fit is not sent: nothing left the tab.
    tell({ stamp, passages: [], tokens: estimated, progress: null });
    throw new EngineError("LLM_PROMPT_TOO_LONG", "", { tokens, most: budget });
  }
  signal.throwIfAborted();
  tell({ ...asked, phase: "answering", tokens: estimated });
  const { text, finish, tokensIn, tokensOut } = await model.generate({ messages, maxTokens }, signal, (delta) => {
    // What comes after a stop is not shown: the answer stands as it was stopped.
    if (signal.aborted) return;
    reply.text += delta;
    tell(shown(false));
  });
  signal.throwIfAborted();
  reply.text = text;
  const end = shown(true);
  const said = end.segments?.some((it) => it.kind !== "thinking" && it.text.trim() !== "") === true;
  const tokensAll = { estimatedIn: tokens, in: tokensIn, out: tokensOut };
  tell({ ...end, tokens: tokensAll, isCut: finish === "length", ...(said ? { phase: "done" } : {}) });
  if (!said)
    throw new EngineError("LLM_BAD_REPLY", finish === "length" ? "it thought until it was cut off" : "it said nothing");
}
