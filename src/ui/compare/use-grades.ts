import { useCallback } from "react";
import { gradeOf as gradeIn } from "#core/evaluate/judge.ts";
import type { Grade } from "#core/evaluate/model.ts";
import type { Chunk, ChunkId } from "#core/model.ts";
import type { SearchResult } from "#state/view.ts";
import { useJudgement, useJudgementActions } from "../app/stores.ts";

/** The grades of the shown question, and the ways to change them. */
export function useGrades({ query, chunks }: SearchResult) {
  const set = useJudgement((view) => view.set);
  const actions = useJudgementActions();
  const gradeOf = useCallback((chunk: Chunk) => gradeIn(set, query, chunk), [set, query]);
  const onGrade = useCallback(
    (passage: Chunk, given: Grade | null) => actions.grade({ question: query, passage, grade: given }),
    [query, actions],
  );
  const gradeById = (id: string, given: Grade): void => {
    const chunk = chunks.get(id as ChunkId);
    if (chunk !== undefined) onGrade(chunk, gradeOf(chunk) === given ? null : given);
  };
  return { gradeOf, onGrade, gradeById, undo: () => actions.undo() };
}
