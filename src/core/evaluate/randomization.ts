import { seededRandom } from "../base/rng.ts";

/** Up to this many questions that differ, all 2^n assignments are counted (at most 32,768). */
const EXACT_UP_TO = 15;
/** Sums of the same numbers in another order differ by rounding; equal differences must count as equal. */
const ROUNDING = 1e-9;
/** Signs are drawn by the byte: the sums of 8 questions under all 256 signs are a table. */
const BITS = 8;
const SIGNS = 256;

export interface RandomizationTest {
  /** Two-sided, above 0. 1 where nothing differs. */
  readonly p: number;
  /** Counted, not sampled. */
  readonly exact: boolean;
}

/**
 * Fisher's randomization test of paired differences: were the two systems the same, each difference could as well have the
 * other sign; p is the share of sign assignments whose mean is at least as far from 0 (rule S2 in SPEC.md).
 * @param differences one per question; questions that do not differ change nothing
 */
export function randomizationTest(differences: Float64Array, draws = 10_000, seed = 42): RandomizationTest {
  const moved = differences.filter((difference) => difference !== 0);
  const observed = Math.abs(sumOf(moved)) - ROUNDING;
  if (moved.length <= EXACT_UP_TO) return { p: exactly(moved, observed), exact: true };
  const tables = signTables(moved);
  const random = seededRandom(seed);
  let extreme = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let table = 0; table < tables.length;) {
      let bits = Math.floor(random() * 2 ** 32);
      for (let byte = 0; byte < 4 && table < tables.length; byte++, table += SIGNS) {
        sum += tables[table + (bits & (SIGNS - 1))]!;
        bits >>>= BITS;
      }
    }
    if (Math.abs(sum) >= observed) extreme++;
  }
  // What was observed is one of the assignments: without it a p of 0 would be possible (Phipson and Smyth 2010).
  return { p: (extreme + 1) / (draws + 1), exact: false };
}

function exactly(moved: Float64Array, observed: number): number {
  const assignments = 2 ** moved.length;
  let extreme = 0;
  for (let signs = 0; signs < assignments; signs++) {
    let sum = 0;
    for (let i = 0; i < moved.length; i++) sum += (signs >> i) & 1 ? moved[i]! : -moved[i]!;
    if (Math.abs(sum) >= observed) extreme++;
  }
  return extreme / assignments;
}

/** 256 sums for every 8 differences; bit i of the index is the sign of the i-th of them. */
function signTables(moved: Float64Array): Float64Array {
  const tables = new Float64Array(Math.ceil(moved.length / BITS) * SIGNS);
  for (let at = 0; at < tables.length; at++) {
    const first = Math.floor(at / SIGNS) * BITS;
    for (let bit = 0; bit < BITS; bit++) {
      const difference = moved[first + bit] ?? 0;
      tables[at]! += (at >> bit) & 1 ? difference : -difference;
    }
  }
  return tables;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
