import { POOL_LIMITS, type SearchSettings } from "#core/model.ts";

/** Settings inside their ranges: a pool of 3 to 200, and never more shown on top than the pool holds. */
export function clampSettings(settings: SearchSettings): SearchSettings {
  const pool = clamp(settings.pool, POOL_LIMITS.min, POOL_LIMITS.max);
  return { ...settings, pool, top: clamp(settings.top, 1, pool) };
}

function clamp(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.round(value))) : low;
}
