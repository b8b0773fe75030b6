import type { Candidate, ChunkId, DocumentId, StageScore } from "#core/model.ts";
import type { PassageScores, RetrievalRecord } from "#core/ports.ts";

/** Logits of one question as two values instead of a few hundred: one string, one array. */
export interface ScoreColumns {
  /** Passage keys, separated by blanks (keys have none). */
  readonly passages: string;
  readonly logits: Float32Array;
}

export function packScores(scores: PassageScores): ScoreColumns {
  return { passages: [...scores.keys()].join(" "), logits: Float32Array.from(scores.values()) };
}

export function unpackScores({ passages, logits }: ScoreColumns): Map<string, number> {
  const keys = passages === "" ? [] : passages.split(" ");
  return new Map(keys.map((key, i) => [key, logits[i]!]));
}

const STAGES = ["dense", "keyword", "fused"] as const;
const WIDTH = 2 * STAGES.length;

/** Candidates in rank order, which is their row; a stage's score and rank at 6·row + 2·stage, NaN for what is null. */
export interface RetrievalColumns {
  readonly chunks: string;
  readonly documents: readonly DocumentId[];
  /** Which of `documents`, by row. */
  readonly owners: Uint32Array;
  readonly numbers: Float64Array;
  readonly depth: number;
  readonly queryRead: boolean;
}

export function packRetrieval({ candidates, depth, queryRead }: RetrievalRecord): RetrievalColumns {
  const documents = new Map<DocumentId, number>();
  const owners = new Uint32Array(candidates.length);
  const numbers = new Float64Array(candidates.length * WIDTH).fill(Number.NaN);
  for (const [row, candidate] of candidates.entries()) {
    const owner = documents.get(candidate.documentId) ?? documents.size;
    documents.set(candidate.documentId, owner);
    owners[row] = owner;
    for (const [i, stage] of STAGES.entries()) {
      const given = candidate[stage];
      if (given === null) continue;
      numbers[row * WIDTH + 2 * i] = given.score;
      numbers[row * WIDTH + 2 * i + 1] = given.rank ?? Number.NaN;
    }
  }
  const chunks = candidates.map(({ chunkId }) => chunkId).join(" ");
  return { chunks, documents: [...documents.keys()], owners, numbers, depth, queryRead };
}

export function unpackRetrieval(columns: RetrievalColumns): RetrievalRecord {
  const { chunks, documents, owners, numbers, depth, queryRead } = columns;
  const ids = chunks === "" ? [] : (chunks.split(" ") as ChunkId[]);
  const stage = (row: number, i: number): StageScore | null => {
    const score = numbers[row * WIDTH + 2 * i]!;
    const rank = numbers[row * WIDTH + 2 * i + 1]!;
    return Number.isNaN(score) ? null : { score, rank: Number.isNaN(rank) ? null : rank };
  };
  const candidates = ids.map((chunkId, row): Candidate => ({
    chunkId,
    documentId: documents[owners[row]!]!,
    rank: row + 1,
    dense: stage(row, 0),
    keyword: stage(row, 1),
    fused: stage(row, 2),
  }));
  return { candidates, depth, queryRead };
}
