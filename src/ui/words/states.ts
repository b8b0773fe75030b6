import type { Progress } from "#core/model.ts";
import type { LibraryItem } from "#state/view.ts";
import { count } from "./numbers.ts";

const STATES: Record<LibraryItem["state"], string> = {
  queued: "Waiting",
  reading: "Reading",
  recognising: "Reading by OCR",
  embedding: "Embedding",
  ready: "Ready",
  partial: "Ready in part",
  failed: "Not added",
};

export function stateWord(state: LibraryItem["state"]): string {
  return STATES[state];
}

/** "Reading page 61 of 117", "OCR, page 3 of 198", "Embedding 96 of 212": the label of a row's progress bar. */
export function workLabel(state: LibraryItem["state"], progress: Progress | null): string {
  if (state === "recognising" && progress !== null && progress.of > 0) {
    // Pages are counted with the share of the present one: between 2 and 3, the third is being read.
    return `OCR, page ${count(Math.min(progress.of, Math.floor(progress.done) + 1))} of ${count(progress.of)}`;
  }
  const word = state === "reading" && progress !== null && progress.of > 0 ? "Reading page" : STATES[state];
  return progress === null || progress.of === 0 ? word : `${word} ${count(progress.done)} of ${count(progress.of)}`;
}
