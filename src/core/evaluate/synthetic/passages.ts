import { fnv1a64 } from "../../base/hash.ts";
import { seededRandom } from "../../base/rng.ts";
import type { Chunk, DocumentId } from "../../model.ts";
import { inTurns, shuffled } from "../draw.ts";
import type { SyntheticChunk } from "../model.ts";
import { lettersOf } from "../quoted.ts";

const LEAST = { words: 30, denseLetters: 60 } as const;
const LEAST_LETTERS = 0.6;
const DENSE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;
/** "Results . . . . . 12", wherever lines end in what was extracted. */
const LEADER = /(?:[.·…][ \t]*){3,}\d+/gu;
const LEADERS = 3;

type Source = Pick<Chunk, "documentId" | "start" | "end" | "text">;

export interface DrawnPassages {
  readonly chunks: readonly SyntheticChunk[];
  /** Passages that could have been drawn. */
  readonly suitable: number;
}

/** Rules Q7 and Q8: in the order in which they are asked, so that a stopped run has touched as many documents as it can. */
export function drawPassages(chunks: Iterable<Source>, count: number, seed: number): DrawnPassages {
  const byDocument = new Map<DocumentId, Source[]>();
  const times = new Map<string, number>();
  const hashes = new Map<Source, string>();
  for (const chunk of chunks) {
    if (!isSuitable(chunk.text)) continue;
    const hash = fnv1a64(lettersOf(chunk.text).text);
    hashes.set(chunk, hash);
    times.set(hash, (times.get(hash) ?? 0) + 1);
    const list = byDocument.get(chunk.documentId) ?? [];
    byDocument.set(chunk.documentId, list);
    list.push(chunk);
  }
  const random = seededRandom(seed);
  // By id and place, so that the order in which documents were added changes nothing.
  const lists = [...byDocument.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, list]) => list.filter((chunk) => times.get(hashes.get(chunk)!) === 1))
    .map((list) =>
      shuffled(
        list.toSorted((a, b) => a.start - b.start || a.end - b.end),
        random,
      ),
    );
  const drawn = inTurns(shuffled(lists, random), count);
  return {
    chunks: drawn.map(({ documentId, start, end }) => ({ documentId, start, end, given: null })),
    suitable: lists.reduce((sum, list) => sum + list.length, 0),
  };
}

/** Q7 */
export function isSuitable(text: string): boolean {
  const visible = text.replaceAll(/\s/gu, "");
  const letters = visible.match(/\p{L}|\p{M}/gu)?.length ?? 0;
  if (letters < LEAST_LETTERS * Array.from(visible).length || isContents(text)) return false;
  const dense = text.match(DENSE)?.length ?? 0;
  if (dense * 2 > letters) return dense >= LEAST.denseLetters;
  return text.trim().split(/\s+/u).length >= LEAST.words;
}

function isContents(text: string): boolean {
  if ((text.match(LEADER)?.length ?? 0) >= LEADERS) return true;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const numbered = lines.filter((line) => /\s(?:\d{1,4}|[ivxlc]{1,7})\s*$/u.test(line)).length;
  return lines.length > LEADERS && numbered * 2 > lines.length;
}
