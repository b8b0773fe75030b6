import * as v from "valibot";
import type { QuestionSet } from "#core/evaluate/model.ts";
import type { DocumentId } from "#core/model.ts";
import { count } from "./library-schema.ts";

export const documentId = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{64}$/),
  v.transform((digits) => digits as DocumentId),
);
export const grade = v.pipe(v.number(), v.safeInteger());
const span = { documentId, start: count, end: count };
const level = v.picklist(["document", "page", "passage"]);

const target = v.variant("kind", [
  v.object({ kind: v.literal("document"), documentId, grade }),
  v.object({ kind: v.literal("page"), documentId, page: count, grade }),
  v.object({ kind: v.literal("passage"), ...span, grade }),
]);

export const questionSetSchema = v.object({
  id: v.string(),
  name: v.string(),
  origin: v.picklist(["judged", "masked", "generated", "imported"]),
  level,
  questions: v.array(v.object({ id: v.string(), text: v.string(), targets: v.array(target) })),
  madeAt: v.number(),
  masked: v.array(v.object(span)),
  synthetic: v.exactOptional(
    v.object({
      models: v.array(v.object({ id: v.string(), host: v.nullable(v.string()) })),
      seed: v.number(),
      perChunk: count,
      chunks: v.array(v.object({ ...span, given: v.nullable(count) })),
    }),
  ),
});

/** Question sets that came with a library file, checked; one that is not sound is left out. */
export function questionSetsFrom(value: unknown): QuestionSet[] {
  const list = v.safeParse(v.object({ questionSets: v.array(v.unknown()) }), value);
  if (!list.success) return [];
  return list.output.questionSets.flatMap((item) => {
    const set = v.safeParse(questionSetSchema, item);
    return set.success ? [set.output] : [];
  });
}
