import type { DocumentId } from "#core/model.ts";

/** Which documents are asked; null = all, also those added later. */
export type DocumentFilter = readonly DocumentId[] | null;

export function isAsked(filter: DocumentFilter, id: DocumentId): boolean {
  return filter === null || filter.includes(id);
}

/** The documents of the filter that are still in the library. */
export function asked(filter: DocumentFilter, all: readonly DocumentId[]): readonly DocumentId[] {
  return filter === null ? all : all.filter((id) => filter.includes(id));
}

/** Takes one document in or out; a filter that names every document becomes null. */
export function toggled(filter: DocumentFilter, id: DocumentId, all: readonly DocumentId[]): DocumentFilter {
  const now = asked(filter, all);
  const next = now.includes(id) ? now.filter((it) => it !== id) : all.filter((it) => it === id || now.includes(it));
  return next.length === all.length ? null : next;
}

/** "all 6", "2 of 6", "none of 6". */
export function filterSummary(filter: DocumentFilter, all: readonly DocumentId[]): string {
  if (filter === null) return `all ${all.length}`;
  const chosen = asked(filter, all).length;
  return chosen === 0 ? `none of ${all.length}` : `${chosen} of ${all.length}`;
}
