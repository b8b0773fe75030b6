import { intervalOf, resampledMeans } from "./bootstrap.ts";
import { randomizationTest } from "./randomization.ts";
import type { Paired } from "./report-model.ts";

/** A result that luck alone would give less often than this is called significant. */
const SIGNIFICANT = 0.05;
/** Means of the same values in another order differ by rounding. */
const ROUNDING = 1e-12;
/** Two-sided 5 % and a chance of 80 % to see it: 1.960 and .842 standard errors. */
const POWER = (1.96 + 0.8416) ** 2;
/** Below 6 questions that differ, no p is under .05: the smallest of n is 2 / 2^n. */
const FEWEST = 6;

/**
 * @param differences one per question, at least one
 * @param resampled the means of their draws; drawn here where the caller has none
 */
export function pairedOf(differences: Float64Array, draws: number, resampled?: Float64Array): Paired {
  const { p, exact } = randomizationTest(differences, draws);
  const difference = meanOf(differences);
  const count = (fits: (value: number) => boolean): number => differences.filter(fits).length;
  return {
    difference,
    interval: intervalOf(resampled ?? resampledMeans([differences], draws)[0]!),
    p,
    exact,
    wins: count((value) => value > ROUNDING),
    ties: count((value) => Math.abs(value) <= ROUNDING),
    losses: count((value) => value < -ROUNDING),
    worse: difference < -ROUNDING,
    significant: isSignificant(p),
  };
}

export function isSignificant(p: number): boolean {
  return p < SIGNIFICANT;
}

/**
 * How many more questions like these would show their mean difference (rule P6): n = (1.960 + .842)² · variance / mean²,
 * at least 6 in all and one more than there are. Null where no difference was seen, or fewer than two questions ran.
 */
export function moreQuestions(differences: Float64Array): number | null {
  const n = differences.length;
  const mean = meanOf(differences);
  if (n < 2 || Math.abs(mean) <= ROUNDING) return null;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return Math.max(1, Math.max(FEWEST, Math.ceil((POWER * variance) / mean ** 2)) - n);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
