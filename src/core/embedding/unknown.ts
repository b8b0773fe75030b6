/** Above this share of unknown tokens a model does not read a text (Arabic, Korean … for the bundled ones). */
export const MOST_UNKNOWN = 0.5;

/** Share of `ids` that the vocabulary does not know, 0 to 1; 0 for an empty text. */
export function unknownShare(ids: readonly number[], unknownId: number): number {
  if (ids.length === 0) return 0;
  return ids.reduce((count, id) => count + (id === unknownId ? 1 : 0), 0) / ids.length;
}
