import type { Grade } from "#core/evaluate/model.ts";

/** The grades that Compare offers, as TREC's assessors use them. */
export const GRADES: readonly { readonly value: Grade; readonly name: string }[] = [
  { value: 0, name: "not relevant" },
  { value: 1, name: "relevant" },
  { value: 2, name: "highly relevant" },
];
