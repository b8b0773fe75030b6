import type { ImportReason, ImportReport } from "#core/evaluate/formats/imported.ts";
import type { Cell, CostEstimate, MetricName, QuestionSet } from "#core/evaluate/model.ts";
import type { Movement } from "#core/evaluate/movement.ts";
import type { Unresolved } from "#core/evaluate/resolve.ts";
import type { PresetName } from "#core/evaluate/presets.ts";
import type {
  CeilingCurve,
  MetricValue,
  QuestionGain,
  Recommendation,
  ReportRow,
} from "#core/evaluate/report-model.ts";
import type { ImportState } from "#state/evaluate-view.ts";
import { chosenOf } from "#core/rerank/way.ts";
import { RERANK_API } from "#core/rerank/llm/settings.ts";
import { shortName } from "./model-names.ts";
import { count, duration, plural } from "./numbers.ts";
import { nameOf, RETRIEVAL, llmName } from "./stages.ts";

const MINUS = "\u2212";

/** Three decimals, as every number of the table. */
export function decimal(value: number): string {
  const text = Math.abs(value).toFixed(3);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** "+0.043", "−0.010", "0.000". */
export function signed(value: number): string {
  const text = decimal(value);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

export function interval({ low, high }: { readonly low: number; readonly high: number }, write = decimal): string {
  return `[${write(low)}, ${write(high)}]`;
}

export function probability(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p ${p.toFixed(3)}`;
}

export const METRIC: Record<MetricName, { readonly name: string; readonly tells: string }> = {
  hit: { name: "Hit Rate", tells: "share of questions with an answer in the first k" },
  mrr: { name: "MRR", tells: "one divided by the rank of the first answer" },
  ndcg: { name: "nDCG", tells: "grades, discounted by rank, against the best order" },
  recall: { name: "Recall", tells: "share of all answers that are in the first k" },
  precision: { name: "Precision", tells: "share of the first k that are answers" },
  map: { name: "MAP", tells: "precision at the rank of each answer, averaged" },
};

export const PRESET: Record<PresetName, { readonly name: string; readonly differs: string }> = {
  llamaindex: {
    name: "LlamaIndex",
    differs:
      "Relevant or not, grades do not count. Ties stay as ranked; questions that did not run are left out of the mean.",
  },
  trec_eval: {
    name: "trec_eval",
    differs: "Grades count in nDCG. Ties are ordered by id, largest first; questions that did not run count as 0.",
  },
  beir: {
    name: "BEIR",
    differs: "As trec_eval counts, but questions that did not run are left out of the mean.",
  },
};

const ORIGIN: Record<QuestionSet["origin"], string> = {
  judged: "judged in Compare",
  masked: "from the documents",
  generated: "written by a model",
  imported: "imported",
};

const LEVEL: Record<QuestionSet["level"], string> = { document: "documents", page: "pages", passage: "passages" };

/** "20 questions · from the documents · ranks passages". */
export function setLine(set: QuestionSet): string {
  return `${plural(set.questions.length, "question")} · ${ORIGIN[set.origin]} · ranks ${LEVEL[set.level]}`;
}

/** As it stands in a grid: "bundled", "bge-reranker-base q8", "bundled (fast)". Who made it is said elsewhere. */
export function modelName(id: string): string {
  const { model, way } = chosenOf(id);
  return (
    (llmName(model) ?? (model === RERANK_API ? "rerank API" : shortName(model).replace(":", " "))) +
    (way === "full" ? "" : ` (${way})`)
  );
}

/** "Fused · bundled, pool 20"; `embedder` only where there are several to tell apart. */
export function cellName(cell: Cell, withEmbedder = false): string {
  const rerank =
    cell.reranker === "off" ? "re-ranking off" : `${modelName(cell.reranker)} re-ranker, pool ${cell.pool}`;
  return `${retrievalName(cell, withEmbedder)} · ${rerank}`;
}

/** What a run will take, before it is started. */
export function costSentence(cost: CostEstimate): string {
  const what = `${plural(cost.questions, "question")} × ${plural(cost.cells, "row")}`;
  const cached = cost.cachedPairs > 0 ? `; ${count(cost.cachedPairs)} are known already` : "";
  const pairs =
    cost.pairs === 0
      ? cost.cachedPairs > 0
        ? `all ${plural(cost.cachedPairs, "pair")} are known already`
        : "nothing to score"
      : `up to ${plural(cost.pairs, "pair")} to score${cached}`;
  return `${what}: ${pairs}. ${timeSentence(cost)}`;
}

function timeSentence({ pairs, milliseconds, pairsPerSecond }: CostEstimate): string {
  if (pairs === 0) return "Only retrieval takes time.";
  if (milliseconds === null || pairsPerSecond === null) return "The time is unknown until the first run measures it.";
  return `About ${duration(milliseconds)} at this machine's measured ${count(Math.round(pairsPerSecond))} pairs a second.`;
}

/** What re-ranking did to one number. Chance: what the randomization test cannot rule out at 5 %. */
export type Effect = "better" | "worse" | "lower" | "higher" | "same";

export function effectOf({ against }: MetricValue): Effect | null {
  if (against === null) return null;
  if (against.worse) return against.significant ? "worse" : "lower";
  if (against.wins + against.losses === 0 || against.difference < 1e-12) return "same";
  return against.significant ? "better" : "higher";
}

/** Words for a row that re-ranking did not help; null where there is nothing to warn of. */
export function rowWarning(
  values: readonly MetricValue[],
): { readonly tone: "worse" | "lower"; readonly words: string } | null {
  const named = (effect: Effect): string => {
    const names = values.filter((value) => effectOf(value) === effect).map(({ metric }) => METRIC[metric].name);
    if (names.length === values.length) return "everything";
    return names.length > 2 ? `${names.length} of ${values.length} metrics` : listed(names);
  };
  const worse = named("worse");
  if (worse !== "") return { tone: "worse", words: `Worse than off in ${worse}` };
  const lower = named("lower");
  return lower === "" ? null : { tone: "lower", words: `Lower than off in ${lower}, within chance` };
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** "12 won, 5 tied, 3 lost". */
export function tally({
  wins,
  ties,
  losses,
}: {
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}): string {
  return `${count(wins)} won, ${count(ties)} tied, ${count(losses)} lost`;
}

/** In a sentence: "Fused without re-ranking", "Dense with the bundled re-ranker at pool 20". */
function spokenCell(cell: Cell, withEmbedder: boolean): string {
  const rerank =
    cell.reranker === "off"
      ? "without re-ranking"
      : `with the ${modelName(cell.reranker)} re-ranker at pool ${cell.pool}`;
  return `${retrievalName(cell, withEmbedder)} ${rerank}`;
}

/** One sentence: what to use on this machine, or why nobody can tell yet. `rows` know how long each takes. */
export function recommendationSentence(
  recommendation: Recommendation,
  rows: readonly ReportRow[],
  withEmbedder: boolean,
): string {
  const metric = METRIC[recommendation.metric].name;
  const name = (cell: Cell): string => spokenCell(cell, withEmbedder);
  const { cell, against, gain, p } = recommendation;
  const time = rows.find((row) => row.cell.key === cell.key)?.latency?.median;
  const takes = time === undefined ? "" : `, at ${duration(time)} a question`;
  switch (recommendation.kind) {
    case "best": {
      const { faster } = recommendation;
      const also = faster === null ? "" : ` ${name(faster)} cannot be told from it and is faster.`;
      return `Best for this machine: ${name(cell)}. Its ${metric} is ${decimal(gain)} above ${name(against)} (${probability(p)})${takes}.${also}`;
    }
    case "off":
      return `Best for this machine: ${name(cell)}. The best re-ranked setting, ${name(against)}, is ${decimal(gain)} lower in ${metric} (${probability(p)}).`;
    case "too-small": {
      const { questions, more } = recommendation;
      const with_ = `with ${plural(questions, "question")}`;
      if (gain === 0 || decimal(gain) === "0.000")
        return `No difference to tell: ${with_}, ${name(cell)} and ${name(against)} have the same ${metric}.`;
      // A hundred questions are many: it is the difference that is small.
      const why = questions >= 100 && (more ?? 0) > questions ? "Too close to tell" : "Too few questions to tell";
      const head = `${why}: ${with_}, the ${decimal(gain)} that ${name(cell)} is ahead of ${name(against)} in ${metric} could be chance (${probability(p)}).`;
      return more === null ? head : `${head} About ${count(more)} more questions would show a difference of this size.`;
    }
  }
}

/** Whether the answers are among the candidates at all, in numbers. */
export function ceilingSentence({ points, questions }: CeilingCurve, pools: readonly number[]): string {
  const foundAt = (pool: number): number => points.findLast((point) => point.pool <= pool)?.found ?? 0;
  const last = points.at(-1);
  if (last === undefined || questions === 0) return "No question with an answer has run yet.";
  const pool = Math.min(pools.at(-1) ?? last.pool, last.pool);
  const found = foundAt(pool);
  const missing = questions - found;
  const head = `A pool of ${count(pool)} holds an answer for ${count(found)} of ${plural(questions, "question")}; before re-ranking it is first for ${foundAt(1) === 0 ? "none" : count(foundAt(1))}.`;
  if (missing === 0) return `${head} Re-ranking could bring every answer to the top.`;
  return `${head} The other ${missing === 1 ? "one" : count(missing)} no re-ranker could have saved: the answer is not among the candidates.`;
}

export const RESULT: Record<QuestionGain["result"], string> = {
  won: "won",
  lost: "lost",
  same: "unchanged",
  "out-of-pool": "out of pool",
};

/** "#7 → #1", "#13 → none", "not found". */
export function rankChange({ before, after }: Pick<QuestionGain, "before" | "after">): string {
  if (before === null && after === null) return "not found";
  const rank = (value: number | null): string => (value === null ? "none" : `#${count(value)}`);
  return `${rank(before)} \u2192 ${rank(after)}`;
}

const REASON: Record<ImportReason, string> = {
  "line-malformed": "skipped: not in the form that was expected",
  "line-too-long": "skipped: longer than any line of a question set",
  "header-unexpected": "skipped: a header where none should be",
  "id-missing": "skipped: no id",
  "id-duplicate": "skipped: an id that was there before",
  "question-empty": "skipped: a question without text",
  "question-unknown": "skipped: judged, but no question has this id",
  "question-unjudged": "skipped: a question that nobody judged",
  "document-empty": "skipped: a document without text",
  "document-unknown": "skipped: no document has this id",
  "judgement-duplicate": "skipped: judged before",
  "target-missing": "skipped: nothing says what answers it",
  "grade-invalid": "skipped: the grade is no whole number",
  "file-unused": "not used: no part of a question set",
  "header-missing": "read all the same: the header is missing",
  "grade-negative": "read all the same: a grade below 0",
  "not-utf8": "read all the same: letters that are not UTF-8",
};

const UNRESOLVED: Record<Unresolved["reason"], string> = {
  "document-unknown": "no document of this library is called so",
  "document-ambiguous": "several documents are called so",
  "page-unknown": "the document has no such page",
  "text-not-found": "the text stands in no document",
  "text-too-short": "too few letters to be found",
};

/** "mine.csv, line 5: nobody.pdf, no document of this library is called so". */
export function unresolvedWords({ target, reason }: Unresolved): string {
  const where = target.line > 0 ? `${target.file}, line ${count(target.line)}` : target.file;
  const what = target.document ?? target.text?.slice(0, 60) ?? "";
  return `${where}: ${what}, ${UNRESOLVED[reason]}`;
}

export function reasonWords(reason: ImportReason): string {
  return REASON[reason];
}

/** "Read: 300 questions, 339 judgements, 5,183 documents." */
export function readSentence({ read }: ImportReport): string {
  const parts = [plural(read.questions, "question"), plural(read.judgements, "judgement")];
  if (read.documents > 0) parts.push(plural(read.documents, "document"));
  return `Read: ${parts.join(", ")}.`;
}

/** What an import is doing, with a number that moves. */
export function importLine({ phase, files, progress }: Pick<ImportState, "phase" | "files" | "progress">): string {
  const [first] = files;
  const what = files.length === 1 && first !== undefined ? first : plural(files.length, "file");
  const head = phase === "indexing" ? "Building a library of the corpus" : `Reading ${what}`;
  if (progress === null || progress.documents.of === 0) return head;
  const { done, of } = progress.documents;
  if (progress.stage === "embedding") return `${head}: ${count(done)} of ${plural(of, "document")}`;
  if (progress.stage === "storing") return `Finding the answers: ${Math.floor((100 * done) / of)} %`;
  return `${head}: ${Math.floor((100 * done) / of)} %`;
}

/** The bias of sentence masking, said before and after it is used. */
export const MASKED_BIAS =
  "A smoke test, no benchmark: the questions are the documents' own sentences, taken out of the text that is searched. They share its words, so keyword search looks better than it would with questions that people ask.";

/** For a label in a drawing: "Fused, off", "Fused, pool 20". */
export function shortCellName(cell: Cell, withEmbedder: boolean, withReranker: boolean): string {
  const by = withReranker && cell.reranker !== "off" ? `${modelName(cell.reranker)} ` : "";
  const what = cell.reranker === "off" ? "off" : `${by}pool ${cell.pool}`;
  return `${retrievalName(cell, withEmbedder)}, ${what}`;
}

export function retrievalName(cell: Cell, withEmbedder: boolean): string {
  const by = withEmbedder && cell.retrieval !== "keyword" ? ` (${modelName(cell.embedder)})` : "";
  return nameOf(RETRIEVAL, cell.retrieval) + by;
}

export const MOVEMENT_TELLS =
  "How far the lists are from those without re-ranking, whatever is relevant: Kendall τ over the items of both, rank-biased overlap (extrapolated, p = 0.9), share of the first k that both hold. 1 is the same order.";

/** "τ 0.64 · RBO 0.82 · overlap@10 0.70" */
export function movementLine({ tau, rbo, overlap }: Movement, k: number): string {
  const numbers = [
    ["τ", tau],
    ["RBO", rbo],
    [`overlap@${k}`, overlap],
  ] as const;
  return numbers
    .filter(([, value]) => !Number.isNaN(value))
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join(" · ");
}
