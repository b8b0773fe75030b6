import type { DocumentWarning } from "#core/model.ts";
import { count, plural } from "./numbers.ts";

/** What is missing from a document, and what still works. */
export function warning(it: DocumentWarning): string {
  switch (it.kind) {
    case "pages-without-text":
      return `${count(it.pages)} of ${plural(it.of, "page")} ${it.pages === 1 ? "has" : "have"} no text${why(it)}: what stands there cannot be found.`;
    case "pages-garbled":
      return `The letters of ${count(it.pages)} of ${plural(it.of, "page")} cannot be read (broken fonts): they cannot be found.`;
    case "pages-unreadable":
      return `${count(it.pages)} of ${plural(it.of, "page")} could not be read: what stands there cannot be found.`;
    case "pages-cut":
      return `The end of ${count(it.pages)} of ${plural(it.of, "page")} was left out: more text than a page may hold.`;
    case "pages-left-out":
      return `The last ${count(it.pages)} of ${plural(it.of, "page")} were left out: more than a document may have.`;
    case "encoding-guessed":
      return `The file does not say how its letters are written; it was read as ${it.encoding}.`;
    default:
      return it.chunks === it.of
        ? "The embedding model does not read this language: found by keywords only."
        : `The embedding model does not read ${count(it.chunks)} of ${plural(it.of, "chunk")}: those are found by keywords only.`;
  }
}

function why({ pages, scanned }: { readonly pages: number; readonly scanned: number }): string {
  if (scanned === 0) return "";
  return scanned === pages ? " (scanned)" : ` (${count(scanned)} scanned)`;
}
