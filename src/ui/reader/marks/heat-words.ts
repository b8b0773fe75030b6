import type { PageHeat } from "#state/reader-view.ts";

/** What tints the thumbnails. */
export type HeatStage = "before" | "after" | "difference";

export const HEAT_STAGES: readonly (readonly [HeatStage, string])[] = [
  ["before", "before"],
  ["after", "after"],
  ["difference", "change"],
];

export const HEAT_LEGEND: Record<HeatStage, string> = {
  before: "Darker: ranked higher before.",
  after: "Darker: ranked higher after.",
  difference: "\u25b2 blue: its best passage rose. \u25bc amber: it fell.",
};

/** The number on the thumbnail; empty where there is nothing to say. */
export function heatSign({ rankBefore, rankAfter }: PageHeat, stage: HeatStage): string {
  if (rankBefore === null) return "";
  if (stage === "before") return `#${rankBefore}`;
  if (rankAfter === null) return "";
  if (stage === "after") return `#${rankAfter}`;
  const rise = rankBefore - rankAfter;
  return rise === 0 ? "=" : rise > 0 ? `\u25b2 ${rise}` : `\u25bc ${-rise}`;
}

/** "best rank 3 before, 1 after". */
export function heatWords({ rankBefore, rankAfter }: PageHeat): string {
  if (rankBefore === null) return "";
  return `best rank ${rankBefore} before, ${rankAfter === null ? "not re-ranked" : `${rankAfter} after`}`;
}
