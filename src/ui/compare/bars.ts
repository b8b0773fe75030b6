/** The span of one list's scores; always holds zero. */
export interface Axis {
  readonly low: number;
  readonly high: number;
}

/** Where a bar lies on its track, as shares of the track's width. */
export interface BarBox {
  readonly start: number;
  readonly width: number;
}

/** Share of the track that a logit axis keeps free beyond zero, so that zero is always seen inside it. */
const MARGIN = 0.12;

/**
 * The axis of one list; lists of different stages never share one.
 * `signed`: a logit's zero lies inside the track, and bars grow from it to both sides.
 */
export function axisOf(scores: readonly (number | null)[], signed: boolean): Axis {
  let low = 0;
  let high = 0;
  for (const score of scores) {
    if (score === null || !Number.isFinite(score)) continue;
    low = Math.min(low, score);
    high = Math.max(high, score);
  }
  if (!signed) return { low, high };
  const room = (high - low) * MARGIN;
  return { low: Math.min(low, -room), high: Math.max(high, room) };
}

function place(axis: Axis, value: number): number {
  const span = axis.high - axis.low;
  if (span === 0) return 0;
  return Math.min(1, Math.max(0, (value - axis.low) / span));
}

/** Where zero lies on the track. */
export function zeroOf(axis: Axis): number {
  return axis.high === axis.low ? 0 : place(axis, 0);
}

/** The bar of a score, from zero. */
export function barOf(axis: Axis, score: number): BarBox {
  if (!Number.isFinite(score)) return { start: zeroOf(axis), width: 0 };
  const zero = zeroOf(axis);
  const end = place(axis, score);
  return { start: Math.min(zero, end), width: Math.abs(end - zero) };
}
