import type { Cancel } from "../base/errors.ts";
import { fnv1a64 } from "../base/hash.ts";
import { seededRandom } from "../base/rng.ts";
import { piecesOf } from "../chunk/blocks.ts";
import { PagedText } from "../chunk/page-spans.ts";
import type { CharOffset, Chunk, DocumentId, Page } from "../model.ts";
import type { OnProgress } from "../ports.ts";
import { inTurns, shuffled } from "./draw.ts";
import type { MaskedSentence, Question, QuestionSet } from "./model.ts";
import { lettersOf, weightOf } from "./quoted.ts";

/*
 * What such a set can show, and what not; the page says it beside every number. It is a smoke test: the question is a
 * sentence of the author, in the author's words, and its neighbours tell of the same things in the same words, so keyword
 * search does better here than on questions that people ask. Sentences are statements, not questions: a re-ranker trained
 * on questions is out of its element. One passage counts as the answer even where another says the same. A setting that
 * fails here is broken; one that wins here has not won yet.
 */

export interface MaskSource {
  readonly documents: readonly DocumentId[];
  /** Asked once for every document and once more for those that questions come from. */
  read(id: DocumentId): Promise<{ readonly chunks: readonly Chunk[]; readonly pages: readonly Page[] }>;
}

export interface MaskOptions {
  readonly id: string;
  readonly name: string;
  readonly madeAt: number;
  /** How many questions; fewer come where the documents do not hold as many. */
  readonly count: number;
  readonly seed: number;
}

export interface MaskedSet {
  readonly set: QuestionSet;
  /** Chunks that could have given a question. */
  readonly suitable: number;
}

/** Words. Below, a sentence is a label; above, it is a paragraph, and a question that nobody asks. */
const WORDS = { least: 8, most: 40 } as const;
/** Letters, in scripts without spaces: about as much is said. */
const DENSE_LETTERS = { least: 15, most: 80 } as const;
/** A sentence is mostly letters; references, formulas and rows of numbers are not. */
const LEAST_LETTERS = 0.7;
/** What is left of the chunk must say at least as much, or nothing is there to be found. */
const LEAST_REST = 1;

const ENDS = /[.!?。！？][)\]"'”’」』）]*$/u;
const DENSE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;

interface Sentence {
  readonly documentId: DocumentId;
  readonly start: CharOffset;
  readonly end: CharOffset;
  /** Of the chunk that holds it. */
  readonly chunkStart: CharOffset;
  readonly chunkEnd: CharOffset;
  readonly hash: string;
}

/**
 * Questions made of sentences that are taken out of their own chunks. Rules M1 to M7 in SETS.md.
 * @throws CANCELLED
 */
export async function maskSentences(
  source: MaskSource,
  { id, name, madeAt, count, seed }: MaskOptions,
  cancel: Cancel,
  onProgress: OnProgress = () => {},
): Promise<MaskedSet> {
  const random = seededRandom(seed);
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const byDocument: Sentence[][] = [];
  // By id, so that the order in which documents were added changes nothing (M1).
  for (const [done, documentId] of source.documents.toSorted().entries()) {
    cancel.throwIfAborted();
    onProgress({ done, of: source.documents.length });
    const { chunks, pages } = await source.read(documentId);
    const suitable: Sentence[] = [];
    for (const { start, end, hash, text } of sentencesOf(pages)) {
      if (seen.has(hash)) repeated.add(hash);
      seen.add(hash);
      const chunk = isAskable(text) ? holderOf(chunks, start, end) : null;
      if (chunk !== null && weightOf(chunk.text) >= (1 + LEAST_REST) * weightOf(text))
        suitable.push({ documentId, start, end, hash, chunkStart: chunk.start, chunkEnd: chunk.end });
    }
    byDocument.push(suitable);
  }
  const candidates = byDocument.map((sentences) =>
    onePerChunk(
      sentences.filter((one) => !repeated.has(one.hash)),
      random,
    ),
  );
  const suitable = candidates.reduce((sum, list) => sum + list.length, 0);
  const chosen = inTurns(shuffled(candidates, random), count).toSorted(
    (a, b) => (a.documentId < b.documentId ? -1 : a.documentId > b.documentId ? 1 : 0) || a.start - b.start,
  );
  const questions: Question[] = [];
  let openId: DocumentId | null = null;
  let openText = "";
  for (const { documentId, start, end, chunkStart, chunkEnd } of chosen) {
    cancel.throwIfAborted();
    if (openId !== documentId) openText = new PagedText((await source.read(documentId)).pages).text;
    openId = documentId;
    questions.push({
      id: `${documentId.slice(0, 16)}@${start}-${end}`,
      text: openText.slice(start, end).replaceAll(/\s+/g, " "),
      targets: [{ kind: "passage", documentId, start: chunkStart, end: chunkEnd, grade: 1 }],
    });
  }
  const masked: MaskedSentence[] = chosen.map(({ documentId, start, end }) => ({ documentId, start, end }));
  return { set: { id, name, origin: "masked", level: "passage", questions, madeAt, masked }, suitable };
}

/** The chunk's text without the masked sentences, or the parts of them that it holds (M7). */
export function withoutMasked(
  { documentId, start, end, text }: Pick<Chunk, "documentId" | "start" | "end" | "text">,
  masked: readonly MaskedSentence[],
): string {
  const cuts = masked
    .filter((one) => one.documentId === documentId && one.start < end && one.end > start)
    .toSorted((a, b) => a.start - b.start);
  if (cuts.length === 0) return text;
  let rest = "";
  let from = 0;
  for (const cut of cuts) {
    rest += text.slice(from, Math.max(from, cut.start - start));
    from = Math.max(from, Math.min(text.length, cut.end - start));
    // One of the two white spaces around the gap is enough; a line feed goes before a space.
    const [behind = ""] = /^\s*/.exec(text.slice(from)) ?? [];
    if (rest === "" || /\s$/.test(rest)) {
      if (behind.includes("\n")) rest = `${rest.trimEnd()}${rest.trim() === "" ? "" : "\n"}`;
      from += behind.length;
    }
  }
  return (rest + text.slice(from)).trimEnd();
}

function* sentencesOf(pages: readonly Page[]): Generator<{ start: number; end: number; hash: string; text: string }> {
  const paged = new PagedText(pages);
  const readable = new Map(pages.map(({ index, quality }) => [index, quality !== "garbled"]));
  for (const { start, end, isWhole, opens } of piecesOf(paged.text, pages, true)) {
    const text = paged.text.slice(start, end);
    const { text: letters } = lettersOf(text);
    if (letters === "" || isWhole || opens > 0 || readable.get(paged.pageAt(start)) !== true) continue;
    yield { start, end, hash: fnv1a64(letters), text };
  }
}

/** M3 */
function isAskable(text: string): boolean {
  if (!ENDS.test(text)) return false;
  const visible = text.replaceAll(/\s/g, "");
  const letters = visible.match(/\p{L}|\p{M}/gu)?.length ?? 0;
  if (letters < LEAST_LETTERS * Array.from(visible).length) return false;
  const dense = text.match(DENSE)?.length ?? 0;
  if (dense * 2 > letters) return letters >= DENSE_LETTERS.least && letters <= DENSE_LETTERS.most;
  const words = text.trim().split(/\s+/).length;
  return words >= WORDS.least && words <= WORDS.most;
}

/** The first chunk that holds all of it; chunks ascend. */
function holderOf(chunks: readonly Chunk[], start: CharOffset, end: CharOffset): Chunk | null {
  return chunks.find((chunk) => chunk.start <= start && end <= chunk.end) ?? null;
}

/** M4: of each chunk one sentence, drawn; in an order that is drawn too. */
function onePerChunk(sentences: readonly Sentence[], random: () => number): Sentence[] {
  const taken = new Set<CharOffset>();
  return shuffled(sentences, random).filter(({ chunkStart }) => {
    const isNew = !taken.has(chunkStart);
    taken.add(chunkStart);
    return isNew;
  });
}
