import type { MetricOptions } from "./model.ts";

export type PresetName = "llamaindex" | "trec_eval" | "beir";

/** The same lists, counted as each of these tools counts them. */
export const PRESETS: Readonly<Record<PresetName, MetricOptions>> = {
  /** Binary, in the order given. It refuses a question without expected ids; here such a question is 0 (rule M6). */
  llamaindex: {
    relevantFrom: 1,
    gain: "linear",
    ideal: "llamaindex",
    ties: "input",
    unjudged: "nonrelevant",
    missing: "skip",
  },
  /** trec_eval -c: averaged over every judged question. */
  trec_eval: {
    relevantFrom: 1,
    gain: "linear",
    ideal: "judged",
    ties: "docDesc",
    unjudged: "nonrelevant",
    missing: "zero",
  },
  /** trec_eval by way of pytrec_eval, which averages over the questions of the run. */
  beir: {
    relevantFrom: 1,
    gain: "linear",
    ideal: "judged",
    ties: "docDesc",
    unjudged: "nonrelevant",
    missing: "skip",
  },
};
