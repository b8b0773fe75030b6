import { POOL_LIMITS, type RetrievalMode } from "../model.ts";
import type { Cell, Grid } from "./model.ts";

/**
 * The rows of a grid, each setting with every other, `off` before the re-rankers of its retrieval. Keyword search reads no
 * vectors: it is one row of the first embedder. Doubles count once, pools beyond the largest are the largest.
 */
export function cellsOf(grid: Grid): Cell[] {
  const pools = poolsOf(grid);
  const deepest = pools.at(-1);
  if (deepest === undefined) return [];
  const rerankers = unique(grid.rerankers).filter((id) => id !== "off");
  return retrievalsOf(grid).flatMap(({ retrieval, embedder }) => [
    cellOf(retrieval, embedder, "off", deepest),
    ...rerankers.flatMap((reranker) => pools.map((pool) => cellOf(retrieval, embedder, reranker, pool))),
  ]);
}

/** What is retrieved, once for all re-rankers and pools. */
export function retrievalsOf(grid: Grid): Pick<Cell, "retrieval" | "embedder">[] {
  const embedders = unique(grid.embedders);
  return unique(grid.retrieval).flatMap((retrieval) =>
    (retrieval === "keyword" ? embedders.slice(0, 1) : embedders).map((embedder) => ({ retrieval, embedder })),
  );
}

/** Ascending. */
export function poolsOf({ pools }: Grid): number[] {
  const sizes = pools.map((pool) => Math.min(POOL_LIMITS.max, Math.floor(pool))).filter((pool) => pool >= 1);
  return unique(sizes).toSorted((a, b) => a - b);
}

function cellOf(retrieval: RetrievalMode, embedder: string, reranker: string, pool: number): Cell {
  return { key: `${retrieval} ${embedder} ${reranker} ${pool}`, retrieval, embedder, reranker, pool };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
