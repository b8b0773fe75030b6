import { PagedText } from "../chunk/page-spans.ts";
import type { ImportedQuestion, ImportedTarget } from "./formats/imported.ts";
import type { QuestionSet, Target } from "./model.ts";
import type { ResolveLibrary } from "./resolve.ts";

/**
 * A set in words that another library, or a person, understands: names, page labels, quoted passages. `resolveSet` finds
 * the same targets again, where names are unique and the passage stands once on its page.
 */
export async function writtenSet(set: QuestionSet, library: ResolveLibrary): Promise<ImportedQuestion[]> {
  const records = new Map(library.documents.map((one) => [one.id, one]));
  const texts = new Map<string, PagedText>();
  const write = async (target: Target): Promise<ImportedTarget> => {
    const record = records.get(target.documentId);
    const base = {
      document: record?.name ?? target.documentId,
      page: null,
      text: null,
      grade: target.grade,
      line: 0,
      file: "",
    };
    const label = (page: number): string => record?.pageLabels?.[page] ?? String(page + 1);
    if (target.kind === "document") return base;
    if (target.kind === "page") return { ...base, page: label(target.page) };
    let paged = texts.get(target.documentId);
    if (paged === undefined) {
      // One document at a time: a library's text is larger than what a tab should hold.
      texts.clear();
      paged = new PagedText(record === undefined ? [] : await library.pages(record.id));
      texts.set(target.documentId, paged);
    }
    return { ...base, page: label(paged.pageAt(target.start)), text: paged.text.slice(target.start, target.end) };
  };
  const questions: ImportedQuestion[] = [];
  for (const { id, text, targets } of set.questions) {
    const written: ImportedTarget[] = [];
    for (const target of targets) written.push(await write(target));
    questions.push({ id, text, targets: written });
  }
  return questions;
}
