import type { Notice } from "#state/view.ts";
import { plural } from "./numbers.ts";

/** The sentence of a notice that is no error. */
export function noticeSentence(notice: Exclude<Notice, { kind: "error" }>): string {
  switch (notice.kind) {
    case "imported": {
      const again =
        notice.reembedded === 0
          ? ""
          : ` ${plural(notice.reembedded, "document")} came from another model or other chunk settings and got new vectors.`;
      return `${plural(notice.documents, "document")} imported.${again}`;
    }
    case "duplicate":
      return notice.name === notice.existing
        ? `${notice.name} is in the library already. It was not stored twice.`
        : `${notice.name} is the same file as ${notice.existing}, which is in the library already. It was not stored twice.`;
    case "removed-broken":
      return `${notice.names.join(", ")}: found incomplete in this browser's storage and removed. Add the file again.`;
    case "link-unknown":
      return `This link points into a document that is not in your library (SHA-256 begins ${notice.sha256.slice(0, 12)}). Add that file, and the link opens.`;
    case "link-unsure":
      return `This link was made from another reading of ${notice.name}: the passage may stand elsewhere.`;
    case "reader-closed":
      return `${notice.name} left the library, so the reader closed it.`;
    case "ocr-nothing":
      return `OCR could read no words on the pages of ${notice.name} that have no text; they must stand upright, in a language that was chosen. The document is as it was.`;
    case "not-offline":
      return `Second Look works, but only with the network on: ${notice.reason}.`;
    default:
      return "A new version is ready. It starts with the next reload; your library stays.";
  }
}
