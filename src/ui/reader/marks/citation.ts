import type { DocumentRecord, PageIndex } from "#core/model.ts";
import { isByOcr } from "../../words/pages.ts";

/** What is cited, and where it stands. */
export interface Cited {
  readonly text: string;
  readonly firstPage: PageIndex;
  readonly lastPage: PageIndex;
  /** Outermost first. */
  readonly headings: readonly string[];
}

const WITHOUT_SPACES = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]`;
const CJK_BREAK = new RegExp(String.raw`(?<=${WITHOUT_SPACES})\s*\n\s*(?=${WITHOUT_SPACES})`, "gu");

/** Lines as running text: a line break is a space, but not between characters that are written without. */
export function runningText(text: string): string {
  return text.replace(CJK_BREAK, "").replace(/\s+/gu, " ").trim();
}

/** `“quoted text” — name, p. iii (page 3 of 12), section, read by OCR`: plain text for a footnote. */
export function citation(cited: Cited, record: DocumentRecord): string {
  const origin = isByOcr(cited, record) ? "read by OCR" : "";
  const place = [placeOf(cited, record), cited.headings.at(-1), origin].filter(
    (part) => part !== undefined && part !== "",
  );
  return `\u201c${runningText(cited.text)}\u201d \u2014 ${[record.name, ...place].join(", ")}`;
}

/** "p. iii (page 3 of 12)", "pp. 3–4 of 12"; nothing where the document has no pages. */
function placeOf({ firstPage, lastPage }: Cited, { format, pageCount, pageLabels }: DocumentRecord): string {
  if (format !== "pdf") return "";
  const isOne = firstPage === lastPage;
  const numbers = isOne ? `${firstPage + 1}` : `${firstPage + 1}\u2013${lastPage + 1}`;
  const labels = [firstPage, lastPage].map((page) => pageLabels?.[page] ?? String(page + 1));
  const label = isOne ? labels[0]! : labels.join("\u2013");
  const p = isOne ? "p." : "pp.";
  if (label === numbers) return `${p} ${numbers} of ${pageCount}`;
  return `${p} ${label} (${isOne ? "page" : "pages"} ${numbers} of ${pageCount})`;
}
