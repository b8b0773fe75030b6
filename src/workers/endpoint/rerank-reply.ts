/** Scores by place of the document, and what had to be mended. */
export interface RerankScores {
  /** NaN where the server gave none. */
  readonly scores: Float32Array;
  readonly missing: number;
  readonly duplicates: number;
  readonly outOfRange: number;
}

/** The results of a rerank API (Cohere's form; TEI's is the bare list); null where it is none. */
export function rerankScores(value: unknown, n: number): RerankScores | null {
  const holder = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const list = Array.isArray(value) ? (value as unknown[]) : (holder["results"] ?? holder["data"]);
  if (!Array.isArray(list)) return null;
  const scores = new Float32Array(n).fill(Number.NaN);
  let [duplicates, outOfRange] = [0, 0];
  for (const it of list as (Record<string, unknown> | null)[]) {
    const index = it?.["index"];
    const score = it?.["relevance_score"] ?? it?.["score"];
    if (typeof index !== "number" || typeof score !== "number" || !Number.isFinite(score)) continue;
    if (!Number.isInteger(index) || index < 0 || index >= n) outOfRange += 1;
    // The first one counts: results come best first.
    else if (Number.isNaN(scores[index])) scores[index] = score;
    else duplicates += 1;
  }
  return { scores, missing: scores.filter((score) => Number.isNaN(score)).length, duplicates, outOfRange };
}
