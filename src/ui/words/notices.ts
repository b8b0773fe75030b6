import type { Notice } from "#state/view.ts";
import { plural } from "./numbers.ts";

/** The sentence of a notice that is no error. */
export function noticeSentence(notice: Exclude<Notice, { kind: "error" }>): string {
  switch (notice.kind) {
    case "imported": {
      const again =
        notice.reembedded === 0
          ? ""
          : ` ${plural(notice.reembedded, "document")} came from another model and got new vectors.`;
      return `${plural(notice.documents, "document")} imported.${again}`;
    }
    case "duplicate":
      return notice.name === notice.existing
        ? `${notice.name} is in the library already. It was not stored twice.`
        : `${notice.name} is the same file as ${notice.existing}, which is in the library already. It was not stored twice.`;
    case "changed-elsewhere":
      return "Another tab changed the library. The list shows it as it is now.";
    case "not-persisted":
      return "The browser may delete this library when disk space runs low. Export it to keep a copy.";
    default:
      return "A new version is ready. It starts with the next reload; your library stays.";
  }
}
