import { fnv1a64 } from "../base/hash.ts";
import type { Chunk } from "../model.ts";
import type { Grade, Question, QuestionId, QuestionSet, Target } from "./model.ts";
import { overlapsByHalf } from "./overlap.ts";

/** The set that grades given in Compare go into; one for a library. */
export const JUDGED_SET = "judged";

export type Passage = Pick<Chunk, "documentId" | "start" | "end">;

/** One grade given or taken back: enough to do it, and to undo it. */
export interface Judgement {
  /** As it was asked. */
  readonly question: string;
  readonly passage: Passage;
  /** Null: not judged. */
  readonly grade: Grade | null;
}

export function emptyJudgedSet(now: number): QuestionSet {
  return { id: JUDGED_SET, name: "Judged", origin: "judged", level: "passage", questions: [], madeAt: now, masked: [] };
}

/** The same words are the same question, however they are spaced. */
export function questionIdOf(text: string): QuestionId {
  return fnv1a64(text.trim().replaceAll(/\s+/gu, " ").normalize("NFC"));
}

/** The grade that the passage has for this question: that of the judged passage it covers. Null where there is none. */
export function gradeOf(set: QuestionSet, question: string, passage: Passage): Grade | null {
  const id = questionIdOf(question);
  return (
    set.questions.find((known) => known.id === id)?.targets.find((target) => stands(target, passage))?.grade ?? null
  );
}

/**
 * Gives a grade, or takes it back. A passage that was judged under other chunk settings and is covered by this one is
 * replaced: the later judgement counts. A question without any grade left leaves the set.
 * @returns the new set, and the judgements that bring the old one back, to be done in this order
 */
export function judge(
  set: QuestionSet,
  { question, passage, grade }: Judgement,
): { readonly set: QuestionSet; readonly undo: readonly Judgement[] } {
  const id = questionIdOf(question);
  const known = set.questions.find((candidate) => candidate.id === id);
  const targets = known?.targets ?? [];
  const replaced = targets.filter((target) => stands(target, passage));
  const at = targets.findIndex((target) => stands(target, passage));
  const kept = targets.filter((target) => !replaced.includes(target));
  const { documentId, start, end } = passage;
  const made: Target[] = grade === null ? [] : [{ kind: "passage", documentId, start, end, grade }];
  // In the place of the one before: undoing gives the very same set.
  const next = kept.toSpliced(at < 0 ? kept.length : at, 0, ...made);
  const others = set.questions.filter((candidate) => candidate.id !== id);
  const place = known === undefined ? others.length : set.questions.indexOf(known);
  const asked: Question = { id, text: known?.text ?? question.trim(), targets: next };
  const back = replaced.flatMap((target): Judgement[] =>
    target.kind === "passage" ? [{ question, passage: target, grade: target.grade }] : [],
  );
  return {
    set: { ...set, questions: next.length === 0 ? others : others.toSpliced(place, 0, asked) },
    // What was replaced replaces in its turn: the two overlap.
    undo: back.length === 0 && grade !== null ? [{ question, passage, grade: null }] : back,
  };
}

function stands(target: Target, passage: Passage): boolean {
  return target.kind === "passage" && target.documentId === passage.documentId && overlapsByHalf(target, passage);
}

/** Both sets' grades; where they differ on a passage, those of `own` count. Questions keep their order, new ones come last. */
export function mergeJudged(own: QuestionSet, other: QuestionSet): QuestionSet {
  let merged = own;
  for (const { text, targets } of other.questions) {
    for (const target of targets) {
      if (target.kind !== "passage" || gradeOf(own, text, target) !== null) continue;
      merged = judge(merged, { question: text, passage: target, grade: target.grade }).set;
    }
  }
  return merged;
}

/** The set with a question in other words. In the judged set its id follows its words, or Compare would not find its grades. */
export function reworded(set: QuestionSet, id: QuestionId, text: string): QuestionSet {
  if (set.origin !== "judged") {
    return {
      ...set,
      questions: set.questions.map((question) => (question.id === id ? { ...question, text } : question)),
    };
  }
  const moved = set.questions.find((question) => question.id === id);
  if (moved === undefined) return set;
  const renamed = { ...moved, id: questionIdOf(text), text };
  const others = set.questions.filter((question) => question.id !== id);
  // Asked in these words already: its own grades count, and it takes what is new.
  if (others.some((question) => question.id === renamed.id)) {
    return mergeJudged({ ...set, questions: others }, { ...set, questions: [renamed] });
  }
  return { ...set, questions: others.toSpliced(set.questions.indexOf(moved), 0, renamed) };
}
