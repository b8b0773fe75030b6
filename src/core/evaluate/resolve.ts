import type { Cancel } from "../base/errors.ts";
import { documentText, PagedText } from "../chunk/page-spans.ts";
import type { DocumentId, Page, PageIndex } from "../model.ts";
import type { OnProgress } from "../ports.ts";
import { DocumentNames, type NamedDocument } from "./document-names.ts";
import type { ImportedSet, ImportedTarget } from "./formats/imported.ts";
import type { Question, QuestionId, QuestionSet, Target } from "./model.ts";
import { findByEnds, findQuote, lettersOf, weightOf, type Span } from "./quoted.ts";

/** What a set is resolved against. */
export interface ResolveLibrary {
  readonly documents: readonly NamedDocument[];
  /** Asked for one document after the other, and only where a text is to be found. */
  pages(id: DocumentId): Promise<readonly Page[]>;
}

export interface Unresolved {
  readonly question: QuestionId;
  readonly target: ImportedTarget;
  readonly reason: "document-unknown" | "document-ambiguous" | "page-unknown" | "text-not-found" | "text-too-short";
}

export interface Resolution {
  readonly set: QuestionSet;
  /** Every target that was not found. */
  readonly unresolved: readonly Unresolved[];
  /** Questions that have no target left, so they are not in the set. */
  readonly lost: readonly QuestionId[];
}

export interface ResolveOptions {
  readonly id: string;
  readonly name: string;
  readonly madeAt: number;
  /** Another level than the set's own: `passage` finds a LlamaIndex set's nodes in a library by their texts. */
  readonly level?: QuestionSet["level"];
}

/** Letters and digits that a quote needs: less stands everywhere. With a named document fewer will do. */
const LEAST = { anywhere: 12, inDocument: 4 } as const;
/** Occurrences looked at for one on the expected page. */
const MOST_OCCURRENCES = 50;

interface Wanted {
  readonly question: QuestionId;
  readonly order: number;
  readonly target: ImportedTarget;
  readonly quote: string;
  /** Null: anywhere in the library. */
  readonly document: DocumentId | null;
}

/**
 * Targets as written → targets in the library. Rules T1 to T7 in SETS.md.
 * @throws CANCELLED
 */
export async function resolveSet(
  imported: ImportedSet,
  library: ResolveLibrary,
  options: ResolveOptions,
  cancel: Cancel,
  onProgress: OnProgress = () => {},
): Promise<Resolution> {
  const names = new DocumentNames(library.documents);
  const level = options.level ?? levelOf(imported, names);
  const isElsewhere = imported.format === "llamaindex" && level === "passage";
  const found = new Map<QuestionId, Map<number, Target>>();
  const unresolved: Unresolved[] = [];
  const wanted: Wanted[] = [];
  const keep = (question: QuestionId, order: number, target: Target): void => {
    const targets = found.get(question) ?? new Map<number, Target>();
    found.set(question, targets.set(order, target));
  };

  for (const { id: question, targets } of imported.questions) {
    for (const [order, target] of targets.entries()) {
      const fail = (reason: Unresolved["reason"]): void => void unresolved.push({ question, target, reason });
      const { grade } = target;
      const item = target.document === null ? null : names.item(target.document);
      const document = target.document === null || isElsewhere ? null : names.find(target.document);
      if (item !== null && item.kind === level) keep(question, order, { ...item, grade });
      else if (target.document !== null && !isElsewhere && (document === null || document === "ambiguous"))
        fail(document === null ? "document-unknown" : "document-ambiguous");
      else {
        const record = document as NamedDocument | null;
        const page = record === null || target.page === null ? null : pageOf(record, target.page);
        if (level === "document" && record !== null)
          keep(question, order, { kind: "document", documentId: record.id, grade });
        else if (level === "page" && record !== null && page !== null)
          keep(question, order, { kind: "page", documentId: record.id, page, grade });
        else if (target.text === null) fail(level === "page" ? "page-unknown" : "text-not-found");
        else if (weightOf(target.text) < (record === null ? LEAST.anywhere : LEAST.inDocument)) fail("text-too-short");
        else {
          const quote = lettersOf(target.text).text;
          wanted.push({ question, order, target, quote, document: record?.id ?? null });
        }
      }
    }
  }

  const missing = new Set(wanted);
  for (const [done, record] of library.documents.entries()) {
    cancel.throwIfAborted();
    onProgress({ done, of: library.documents.length });
    const here = [...missing].filter(({ document }) => document === null || document === record.id);
    if (here.length === 0) continue;
    const pages = await library.pages(record.id);
    const letters = lettersOf(documentText(pages));
    const paged = new PagedText(pages);
    for (const one of here) {
      const page = one.target.page === null ? null : pageOf(record, one.target.page);
      const all = findQuote(letters, one.quote, page === null ? 1 : MOST_OCCURRENCES);
      const span = all.find(({ start }) => paged.pageAt(start) === page) ?? all[0] ?? findByEnds(letters, one.quote);
      if (span === null) continue;
      missing.delete(one);
      keep(one.question, one.order, targetAt(level, record.id, span, paged, one.target.grade));
    }
  }
  for (const { question, target } of missing) unresolved.push({ question, target, reason: "text-not-found" });

  const questions = imported.questions.flatMap<Question>(({ id, text }) => {
    const targets = [...(found.get(id) ?? [])].toSorted(([a], [b]) => a - b).map(([, target]) => target);
    return targets.length === 0 ? [] : [{ id, text, targets }];
  });
  const { id, name, madeAt } = options;
  return {
    set: { id, name, origin: "imported", level, questions, madeAt, masked: [] },
    unresolved,
    lost: imported.questions.filter((question) => !found.has(question.id)).map((question) => question.id),
  };
}

function targetAt(level: Target["kind"], documentId: DocumentId, span: Span, paged: PagedText, grade: number): Target {
  if (level === "document") return { kind: "document", documentId, grade };
  if (level === "page") return { kind: "page", documentId, page: paged.pageAt(span.start), grade };
  return { kind: "passage", documentId, start: span.start, end: span.end, grade };
}

/** Rule T3: the label that is printed, else the number, counted from 1. */
function pageOf({ pageLabels, pageCount }: NamedDocument, written: string): PageIndex | null {
  const wanted = written.trim().toLowerCase();
  const labelled = pageLabels?.findIndex((label) => label?.trim().toLowerCase() === wanted) ?? -1;
  if (labelled !== -1) return labelled;
  const number = /^(?:(?:p|pp|pg|page|s|seite)\.?\s*)?(\d+)(?:\.0+)?$/.exec(wanted)?.[1];
  if (number === undefined) return null;
  const page = Number(number) - 1;
  return page >= 0 && page < pageCount ? page : null;
}

/** Rule T7: judgements that name pages or passages in this app's own ids are of that level. */
function levelOf({ level, questions }: ImportedSet, names: DocumentNames): QuestionSet["level"] {
  if (level !== "document") return level;
  const kinds = new Set(
    questions.flatMap(({ targets }) =>
      targets.map(({ document }) => (document === null ? null : (names.item(document)?.kind ?? null))),
    ),
  );
  const [only] = kinds;
  return kinds.size === 1 && only !== null && only !== undefined ? only : level;
}
