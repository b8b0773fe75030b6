import type { CharOffset, DocumentId, DocumentRecord, PageIndex } from "../model.ts";

export type NamedDocument = Pick<DocumentRecord, "id" | "name" | "title" | "pageCount" | "pageLabels">;

/** A judged item in this app's own spelling (`itemsOf`), as a target without its grade. */
type WrittenItem =
  | { readonly kind: "page"; readonly documentId: DocumentId; readonly page: PageIndex }
  | {
      readonly kind: "passage";
      readonly documentId: DocumentId;
      readonly start: CharOffset;
      readonly end: CharOffset;
    };

const ITEM = /^([0-9a-f]{16})(?:#(\d+)|@(\d+)-(\d+))$/;

/**
 * Documents by what people and files call them. Rule T1: exact name, id (or its first 16 digits), name without folder, case
 * and accents, the same without its ending, title; the first of these that anything answers to. Rule T2: two documents
 * that answer to the same are ambiguous.
 */
export class DocumentNames {
  readonly #steps: readonly ((written: string) => string)[] = [
    (written) => written,
    (written) => written.toLowerCase(),
    base,
    bare,
    (written) => written.normalize("NFKC").trim().toLowerCase(),
  ];
  readonly #tables: readonly Map<string, NamedDocument[]>[];
  readonly #short: ReadonlyMap<string, NamedDocument>;

  constructor(documents: readonly NamedDocument[]) {
    this.#short = new Map(documents.map((one) => [one.id.slice(0, 16), one]));
    const table = (keys: (one: NamedDocument) => readonly string[]): Map<string, NamedDocument[]> => {
      const found = new Map<string, NamedDocument[]>();
      for (const one of documents)
        for (const key of new Set(keys(one))) if (key !== "") found.set(key, [...(found.get(key) ?? []), one]);
      return found;
    };
    this.#tables = [
      table(({ name }) => [name]),
      table(({ id }) => [id, id.slice(0, 16)]),
      table(({ name }) => [base(name)]),
      table(({ name }) => [bare(name)]),
      table(({ title }) => [title?.normalize("NFKC").trim().toLowerCase() ?? ""]),
    ];
  }

  find(written: string): NamedDocument | "ambiguous" | null {
    for (const [i, table] of this.#tables.entries()) {
      const found = table.get(this.#steps[i]!(written));
      if (found !== undefined) return found.length === 1 ? found[0]! : "ambiguous";
    }
    return null;
  }

  /** A page or a passage of a document of this library; else null. */
  item(written: string): WrittenItem | null {
    const [, short, page, start, end] = ITEM.exec(written) ?? [];
    const document = short === undefined ? undefined : this.#short.get(short);
    if (document === undefined) return null;
    if (page !== undefined) {
      return Number(page) < document.pageCount ? { kind: "page", documentId: document.id, page: Number(page) } : null;
    }
    return { kind: "passage", documentId: document.id, start: Number(start), end: Number(end) };
  }
}

function base(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  return last
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .trim()
    .toLowerCase();
}

function bare(name: string): string {
  return base(name).replace(/\.(?:pdf|txt|md|markdown|html?|docx)$/, "");
}
