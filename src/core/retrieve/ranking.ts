import { EngineError } from "#core/base/errors.ts";

/** One stage's view of the searched rows. Rows are in chunk order: by document id, then ordinal. */
export interface StageRanking {
  /** One per row; NaN where the stage has nothing to say. */
  readonly scores: Float32Array | Float64Array;
  /** 1-based, 0 where the stage did not rank the row. */
  readonly ranks: Uint32Array;
  /** The ranked rows, best first. */
  readonly order: Uint32Array;
}

/** 2^21 rows of the smallest vectors would not fit a worker's memory; above it the sort key loses the row. */
const MOST_ROWS = 2 ** 21;

/**
 * Ranks every row whose score is above `floor`: score descending, ties by row.
 * A total order, so the same scores always give the same list.
 * Score and row share one double (32 + 21 bits), because sorting plain numbers is several times faster than a comparator.
 */
export function rankRows(scores: Float32Array, floor = Number.NEGATIVE_INFINITY): StageRanking {
  if (scores.length > MOST_ROWS) throw new EngineError("OUT_OF_MEMORY", "", { rows: scores.length, most: MOST_ROWS });
  const kept = new Float32Array(scores.length).fill(Number.NaN);
  const bits = new Uint32Array(1);
  const asFloat = new Float32Array(bits.buffer);
  const keys = new Float64Array(scores.length);
  let count = 0;
  scores.forEach((score, row) => {
    if (!(score > floor)) return;
    kept[row] = score;
    // + 0 turns −0 into 0: equal numbers must have equal keys.
    asFloat[0] = score + 0;
    const raw = bits[0]!;
    const ascending = raw >= 0x80000000 ? 0xffffffff - raw : raw + 0x80000000;
    keys[count] = (0xffffffff - ascending) * MOST_ROWS + row;
    count += 1;
  });
  const sorted = keys.subarray(0, count).toSorted();
  const order = Uint32Array.from(sorted, (key) => key % MOST_ROWS);
  return { scores: kept, ranks: ranksOf(order, scores.length), order };
}

/** 1-based rank of each row in a given order; 0 for rows that are not in it. */
export function ranksOf(order: Uint32Array, rows: number): Uint32Array {
  const ranks = new Uint32Array(rows);
  order.forEach((row, i) => {
    ranks[row] = i + 1;
  });
  return ranks;
}
