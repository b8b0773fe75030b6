import type { QuestionSet, SyntheticChunk, SyntheticPlan } from "../model.ts";

export interface SyntheticOptions {
  readonly id: string;
  readonly name: string;
  readonly madeAt: number;
  readonly seed: number;
  readonly perChunk: number;
}

export interface Answered {
  readonly chunk: SyntheticChunk;
  /** Null: the passage is no longer in the library; it leaves the plan. */
  readonly questions: readonly string[] | null;
}

export interface PlanProgress {
  readonly done: number;
  readonly of: number;
  /** Questions that replies gave, deleted ones too. */
  readonly questions: number;
  /** Questions that were asked for and did not come. */
  readonly fewer: number;
}

/** A set without questions yet, and all that is to be asked. */
export function plannedSet(
  chunks: readonly SyntheticChunk[],
  { id, name, madeAt, seed, perChunk }: SyntheticOptions,
): QuestionSet {
  const synthetic: SyntheticPlan = { models: [], seed, perChunk, chunks };
  return { id, name, origin: "generated", level: "passage", questions: [], madeAt, masked: [], synthetic };
}

export function openChunks(set: QuestionSet): readonly SyntheticChunk[] {
  return set.synthetic?.chunks.filter(({ given }) => given === null) ?? [];
}

export function planProgress({ chunks, perChunk }: SyntheticPlan): PlanProgress {
  const done = chunks.filter(({ given }) => given !== null).length;
  const questions = chunks.reduce((sum, { given }) => sum + (given ?? 0), 0);
  return { done, of: chunks.length, questions, fewer: done * perChunk - questions };
}

/** Of the same document text: what stands in a question's id, as in an item's. */
export function spanKey({ documentId, start, end }: Pick<SyntheticChunk, "documentId" | "start" | "end">): string {
  return `${documentId.slice(0, 16)}@${start}-${end}`;
}

/** Rule Q9: the set as it lies in the store, and what came in meanwhile. A passage that has answered does not answer again. */
export function withAnswers(set: QuestionSet, answered: readonly Answered[]): QuestionSet {
  const plan = set.synthetic;
  if (plan === undefined) return set;
  const replies = new Map(answered.map(({ chunk, questions }) => [spanKey(chunk), questions]));
  const added: QuestionSet["questions"][number][] = [];
  const chunks = plan.chunks.flatMap((chunk): SyntheticChunk[] => {
    const key = spanKey(chunk);
    const questions = replies.get(key);
    if (questions === undefined || chunk.given !== null) return [chunk];
    if (questions === null) return [];
    const { documentId, start, end } = chunk;
    for (const [i, text] of questions.entries()) {
      added.push({
        id: `${key}.${i + 1}`,
        text,
        targets: [{ kind: "passage", documentId, start, end, grade: 1 }],
      });
    }
    return [{ ...chunk, given: questions.length }];
  });
  return { ...set, questions: [...set.questions, ...added], synthetic: { ...plan, chunks } };
}

/** Says who is asked from now on. */
export function withModel(set: QuestionSet, model: SyntheticPlan["models"][number]): QuestionSet {
  const plan = set.synthetic;
  if (plan === undefined || plan.models.some(({ id, host }) => id === model.id && host === model.host)) return set;
  return { ...set, synthetic: { ...plan, models: [...plan.models, model] } };
}
