import type { ImportLog } from "./import-log.ts";
import type { InputFile } from "./imported.ts";
import { readLines } from "./lines.ts";
import { decodeTrecId } from "./trec-ids.ts";

export interface TrecRun {
  /** Of the first line. */
  readonly tag: string;
  /** Question → items in trec_eval's order: score descending, ties by name descending; the column of ranks does not count. */
  readonly lists: ReadonlyMap<string, readonly RunEntry[]>;
}

export interface RunEntry {
  readonly item: string;
  readonly score: number;
}

/** A run file. Lines that are none, and an item that a list holds already, are noted and skipped. */
export async function readTrecRun(file: InputFile, log: ImportLog): Promise<TrecRun> {
  const lists = new Map<string, Map<string, number>>();
  let tag: string | null = null;
  for await (const { number, text } of readLines(file, log)) {
    const [question, , item, rank, written, mark] = text.trim().split(/\s+/);
    const score = Number(written);
    if (mark === undefined || !/^\d+$/.test(rank!) || !Number.isFinite(score)) {
      log.note("line-malformed", file.path, number, text);
      continue;
    }
    tag ??= decodeTrecId(mark);
    const id = decodeTrecId(question!);
    const list = lists.get(id) ?? new Map<string, number>();
    lists.set(id, list);
    if (list.has(item!)) log.note("judgement-duplicate", file.path, number, text);
    else list.set(item!, score);
  }
  return {
    tag: tag ?? "",
    lists: new Map(
      [...lists].map(([question, list]) => [
        question,
        [...list]
          .toSorted(([a, x], [b, y]) => y - x || (a < b ? 1 : -1))
          .map(([item, score]) => ({ item: decodeTrecId(item), score })),
      ]),
    ),
  };
}
