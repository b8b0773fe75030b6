import type { Grade, Grades, Outcome, QuestionId } from "../model.ts";
import { encodeTrecId } from "./trec-ids.ts";

/** What an item is called in the file; `externalNames` gives the documents' names where they are unique. */
export type ItemName = (item: string) => string;

const asIs: ItemName = (item) => item;

/**
 * A TREC run: `question Q0 item rank score tag`. Rule W3: scores are n − rank, so they fall strictly and no tool can
 * re-order ties. A list holds an item once.
 * @param tag the cell's key
 */
export function writeTrecRun(outcomes: readonly Outcome[], tag: string, name: ItemName = asIs): string {
  const mark = encodeTrecId(tag);
  return outcomes
    .flatMap(({ questionId, items }) =>
      items.map(
        (item, i) =>
          `${encodeTrecId(questionId)} Q0 ${encodeTrecId(name(item))} ${i + 1} ${items.length - (i + 1)} ${mark}\n`,
      ),
    )
    .join("");
}

/** TREC judgements: `question 0 item grade`, without a header. */
export function writeTrecQrels(grades: ReadonlyMap<QuestionId, Grades>, name: ItemName = asIs): string {
  return [...grades]
    .flatMap(([question, items]) =>
      [...items].map(([item, grade]) => `${encodeTrecId(question)} 0 ${encodeTrecId(name(item))} ${whole(grade)}\n`),
    )
    .join("");
}

/** `id<TAB>text`; line ends and tabs of the question become spaces. */
export function writeTrecTopics(questions: readonly { readonly id: string; readonly text: string }[]): string {
  return questions.map(({ id, text }) => `${encodeTrecId(id)}\t${text.replaceAll(/\s+/g, " ").trim()}\n`).join("");
}

/** No `-0`. */
function whole(grade: Grade): number {
  return grade + 0;
}

/** Documents by their names, where no two share one; pages, passages and the rest by their own ids. */
export function externalNames(documents: readonly { readonly id: string; readonly name: string }[]): ItemName {
  const counts = new Map<string, number>();
  for (const { name } of documents) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = new Map(documents.filter(({ name }) => counts.get(name) === 1).map(({ id, name }) => [id, name]));
  return (item) => names.get(item) ?? item;
}
