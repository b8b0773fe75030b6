import type { Chunk, ChunkId, PageIndex } from "../model.ts";
import type { Grade, QuestionSet, Target } from "./model.ts";
import { overlapsByHalf } from "./overlap.ts";

/** A ranked list of chunks as the items that are judged; columns of equal length. */
export interface Items {
  /** Without repeats, best first. */
  readonly items: readonly string[];
  /** The chunk that brought item i in. */
  readonly chunks: readonly ChunkId[];
  /** The 1-based rank of that chunk in the list given. */
  readonly ranks: readonly number[];
}

export type PlacedChunk = Pick<Chunk, "id" | "documentId" | "start" | "end" | "firstPage" | "lastPage">;
type PassageTarget = Extract<Target, { kind: "passage" }>;

/**
 * Rules I1 to I6 in SPEC.md.
 * @param ranked best first
 * @param targets of one question, all of the kind `level`
 * @param mainPage the page a chunk mostly lies on (`mainPageOf`); asked only for chunks across pages, at level `page`
 */
export function itemsOf(
  ranked: readonly PlacedChunk[],
  targets: readonly Target[],
  level: QuestionSet["level"],
  mainPage: (chunk: PlacedChunk) => PageIndex,
): Items {
  const byGrade = settled(targets).toSorted((a, b) => b.grade - a.grade);
  const taken = new Set<string>();
  const columns = { items: [] as string[], chunks: [] as ChunkId[], ranks: [] as number[] };
  for (const [i, chunk] of ranked.entries()) {
    const keys = byGrade.filter((target) => isTouched(target, chunk)).map(itemOf);
    if (keys.length === 0) keys.push(itemOfChunk(chunk, level, mainPage));
    const item = keys.find((key) => !taken.has(key));
    if (item === undefined) continue;
    taken.add(item);
    columns.items.push(item);
    columns.chunks.push(chunk.id);
    columns.ranks.push(i + 1);
  }
  return columns;
}

/** The grades of a question by item id (rule I5). */
export function gradesOf(targets: readonly Target[]): Map<string, Grade> {
  return new Map(settled(targets).map((target) => [itemOf(target), target.grade]));
}

/** The item id that stands for a target. */
function itemOf(target: Target): string {
  switch (target.kind) {
    case "document":
      return target.documentId;
    case "page":
      return pageItem(target.documentId, target.page);
    case "passage":
      return `${target.documentId.slice(0, 16)}@${target.start}-${target.end}`;
  }
}

/** @param pageStarts where each page begins in the document's text, ascending; the first is 0 */
export function mainPageOf(chunk: PlacedChunk, pageStarts: readonly number[]): PageIndex {
  let best = chunk.firstPage;
  let most = 0;
  for (let page = chunk.firstPage; page <= chunk.lastPage; page++) {
    const to = Math.min(chunk.end, pageStarts[page + 1] ?? chunk.end);
    const length = to - Math.max(chunk.start, pageStarts[page] ?? chunk.start);
    if (length > most) [best, most] = [page, length];
  }
  return best;
}

function itemOfChunk(
  chunk: PlacedChunk,
  level: QuestionSet["level"],
  mainPage: (chunk: PlacedChunk) => PageIndex,
): string {
  if (level === "document") return chunk.documentId;
  if (level === "passage") return chunk.id;
  return pageItem(chunk.documentId, chunk.firstPage === chunk.lastPage ? chunk.firstPage : mainPage(chunk));
}

function pageItem(documentId: string, page: PageIndex): string {
  return `${documentId.slice(0, 16)}#${page}`;
}

function isTouched(target: Target, chunk: PlacedChunk): boolean {
  if (target.documentId !== chunk.documentId) return false;
  if (target.kind === "page") return chunk.firstPage <= target.page && target.page <= chunk.lastPage;
  return target.kind === "document" || overlapsByHalf(target, chunk);
}

/** Later judgements replace those of the same thing (rule I5); the rest in their order. */
function settled(targets: readonly Target[]): Target[] {
  const byItem = [...new Map(targets.map((target) => [itemOf(target), target])).values()];
  const passages = byItem.filter((target) => target.kind === "passage");
  if (passages.length < 2) return byItem;
  // Passages overlap without being equal. Few are judged per question, so every pair is compared.
  const age = new Map(targets.map((target, i) => [target, i]));
  const isReplaced = (target: PassageTarget): boolean =>
    passages.some((other) => age.get(other)! > age.get(target)! && samePassage(other, target));
  return byItem.filter((target) => target.kind !== "passage" || !isReplaced(target));
}

function samePassage(a: PassageTarget, b: PassageTarget): boolean {
  return a.documentId === b.documentId && overlapsByHalf(a, b);
}
