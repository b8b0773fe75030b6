/** Pool sizes that are offered: doubling, about, up to the depth of retrieval. */
export const POOLS: readonly number[] = [5, 10, 20, 50, 100, 200];
