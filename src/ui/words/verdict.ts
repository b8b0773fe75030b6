import { OFF, type Fallback, type Verdict } from "#core/model.ts";
import type { TokenPrice } from "#state/language-view.ts";
import type { SearchPhase, SearchResult } from "#state/view.ts";
import { errorWords } from "./errors.ts";
import { CASCADE_TOP } from "#core/rerank/way.ts";
import { shortName } from "./model-names.ts";
import { apiWords, runWords } from "./llm.ts";
import { correlation, count, duration, plural } from "./numbers.ts";

/** What the verdict line says; `warn` is shown in amber with an icon. */
export interface VerdictWords {
  readonly tone: "plain" | "warn";
  readonly sentence: string;
  /** Further sentences: what fell back, what it means. */
  readonly notes: readonly string[];
}

function jump(verdict: Verdict): string {
  const best = verdict.bestJump;
  return best === null ? "" : `; the best jump is #${count(best.from)} to #${count(best.to)}`;
}

/** What moved, for an order that re-ranking changed. */
export function movedSentence(verdict: Verdict): string {
  const { top, changedInTop, enteredTop } = verdict;
  if (top === 1) {
    const from = verdict.bestJump?.from;
    if (changedInTop === 0) return "Your top result stays the same.";
    return from === undefined ? "Your top result changed." : `Your top result changed: it was #${count(from)} before.`;
  }
  if (changedInTop === 0) return `Your top ${count(top)} stay as they were; only lower ranks changed.`;
  if (enteredTop === 0) return `The same ${count(top)} stay on top in another order${jump(verdict)}.`;
  const all =
    changedInTop === top ? `All of your top ${count(top)}` : `${count(changedInTop)} of your top ${count(top)}`;
  return `${all} changed${jump(verdict)}.`;
}

const NO_SIGNAL: Record<NonNullable<Verdict["noSignal"]>, (pool: number) => string> = {
  "all-scores-equal": () => "Re-ranking did nothing: the re-ranker gave every chunk the same score.",
  "order-unchanged": (pool) => `Re-ranking changed nothing: all ${count(pool)} keep their order.`,
  "nothing-scored": () => "Nothing was re-ranked: this is the order of retrieval.",
};

const FALLBACK: Record<Fallback["what"], string> = {
  index: "The index you chose could not answer, so the exact index did: the results are complete.",
  embedder: "The embedding model could not be used: results are by keywords only.",
  "query-language": "The embedding model does not read the language of this question: results are by keywords only.",
  "embedder-device": "The embedding model ran on the processor, not on the GPU.",
  device: "The re-ranker ran on the processor, not on the GPU.",
  reranker: "The re-ranker could not be used: what it did not score keeps the order of retrieval.",
};

/** What fell back, what that means for the lists, and why. */
function fallbackSentence({ what, error }: Fallback): string {
  const isDevice = what === "device" || what === "embedder-device";
  if (isDevice && error?.code === "DEVICE_WRONG_NUMBERS") {
    return `${FALLBACK[what]} In its self-test the GPU gave wrong numbers.`;
  }
  return error === null ? FALLBACK[what] : `${FALLBACK[what]} ${errorWords(error).title}`;
}

function stoppedSentence(scored: number, of: number): string {
  return `Stopped at ${count(scored)} of ${count(of)}: the rest keeps its order.`;
}

function nothingFound(result: SearchResult): VerdictWords {
  const keyword = result.settings.retrieval === "keyword";
  const sentence =
    result.searched === 0
      ? "There is nothing to search: no document is chosen, or none is ready yet."
      : `None of the ${plural(result.searched, "chunk")} matches.`;
  const advice = keyword && result.searched > 0 ? ["Try other words, or set Retrieval to Dense or Fused."] : [];
  return { tone: "warn", sentence, notes: [...advice, ...result.fallbacks.map(fallbackSentence)] };
}

/** What a fast or two-stage re-ranking left out: no fault, and worth knowing. */
function wayNotes({ settled, first, before, reranker }: SearchResult): string[] {
  if (settled !== null) {
    return [
      `Fast: the top had settled after ${count(settled)} of ${count(before.length)}; the rest keeps its order, and was not asked.`,
    ];
  }
  if (first === null || reranker === null) return [];
  const looked = Math.min(CASCADE_TOP, before.length);
  return [
    `Cascade: the bundled re-ranker scored ${count(before.length)}, ${shortName(reranker.id)} its best ${count(looked)}.`,
  ];
}

/** The verdict of a search as it stands; null while there is nothing to say. */
export function verdictWords(
  phase: SearchPhase,
  result: SearchResult | null,
  price: TokenPrice | null = null,
): VerdictWords | null {
  if (phase === "retrieving") return { tone: "plain", sentence: "Searching…", notes: [] };
  if (result === null) return null;
  if (phase === "reranking") return { tone: "plain", sentence: "Re-ranking the pool…", notes: [] };
  if (result.before.length === 0) return nothingFound(result);

  const said = result.run === null ? (result.api === null ? null : apiWords(result.api)) : runWords(result.run, price);
  const notes = [...result.fallbacks.map(fallbackSentence), ...(said?.isWarning === true ? said.notes : [])];
  const plain = said === null || said.isWarning ? [] : said.notes;
  const read = !result.fallbacks.some(({ what }) => what === "query-language");
  const { verdict } = result;
  if (result.settings.reranker === OFF) {
    const sentence = `Re-ranking is off: ${plural(result.before.length, "chunk")} in the order of retrieval.`;
    return { tone: notes.length > 0 ? "warn" : "plain", sentence, notes };
  }
  if (!read && (verdict === null || verdict.scored === 0)) {
    return { tone: "warn", sentence: "Not re-ranked: found by keywords only.", notes };
  }
  if (verdict === null) return { tone: "warn", sentence: "Not re-ranked: this is the order of retrieval.", notes };

  const nothing = verdict.noSignal === null ? null : NO_SIGNAL[verdict.noSignal](verdict.pool);
  if (phase === "stopped") {
    const rest = nothing === null ? [movedSentence(verdict)] : [];
    const calls = result.run?.calls;
    const sentence =
      calls === undefined
        ? stoppedSentence(verdict.scored, verdict.pool)
        : `Stopped after ${count(calls.done)} of ${plural(calls.of, "call")}: what was not looked at keeps its order.`;
    return { tone: "warn", sentence, notes: [...rest, ...notes, ...plain] };
  }
  const tone = nothing !== null || notes.length > 0 ? "warn" : "plain";
  return { tone, sentence: nothing ?? movedSentence(verdict), notes: [...notes, ...plain, ...wayNotes(result)] };
}

/** "Kendall τ 0.41 · retrieval 6 ms over 273 chunks · re-ranking 30 of 30 in 0.4 s (12 reused)". */
export function timingLine(result: SearchResult): string {
  const { timing, progress, verdict } = result;
  const parts: string[] = [];
  if (verdict !== null && verdict.kendallTau !== null && verdict.scored > 0) {
    parts.push(`Kendall τ ${correlation(verdict.kendallTau)}`);
  }
  // The question is embedded in order to retrieve: one wait for a person, so one number.
  parts.push(`retrieval ${duration(timing.embed + timing.retrieve)} over ${plural(result.searched, "chunk")}`);
  const calls = result.run?.calls ?? result.api?.calls ?? null;
  if (calls !== null) {
    parts.push(`re-ranking ${plural(calls.done, "call")} in ${duration(timing.rerank)}`);
  } else if (progress.of > 0) {
    const reused = progress.reused > 0 ? ` (${count(progress.reused)} reused)` : "";
    parts.push(`re-ranking ${count(progress.scored)} of ${count(progress.of)} in ${duration(timing.rerank)}${reused}`);
  }
  return parts.join(" · ");
}
