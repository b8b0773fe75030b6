import { seededRandom } from "#core/base/rng.ts";
import { TEXT_VERSION } from "#core/model.ts";
import type { Chunk, ChunkId, DocumentId, StoredDocument, VectorStamp } from "#core/model.ts";
import { plainPage } from "#core/page/plain-page.ts";
import type { Embedder } from "#core/ports.ts";
import { readAll, sampleFiles, sentencesOf } from "./corpus.ts";
import { NEVER, quiet } from "./ports.ts";

const SENTENCES_PER_CHUNK = 9;
export const CHUNKS_PER_DOCUMENT = 1000;

/**
 * Documents of 1,000 chunks each, made of sentences of the real ones in seeded order. A chunk's vector is the mean of
 * its sentences' real vectors: for a mean-pooled embedder without context that is what embedding it would give, but
 * for the weight of each sentence's length.
 */
export async function madeDocuments(
  count: number,
  embedder: Embedder,
  stamp: VectorStamp,
  extra: readonly string[],
): Promise<StoredDocument[]> {
  const paths = [...(await sampleFiles()).map((file) => file.path), ...extra];
  const sentences = sentencesOf(await readAll(paths)).slice(0, 4000);
  const { vectors } = await embedder.embed(sentences, "passage", NEVER, quiet);
  const random = seededRandom(20_261_122);
  return Array.from({ length: count }, (_, d) => madeDocument(d, sentences, vectors, stamp, random));
}

function madeDocument(
  ordinal: number,
  sentences: readonly string[],
  sentenceVectors: Float32Array,
  stamp: VectorStamp,
  random: () => number,
): StoredDocument {
  const id = (ordinal + 1).toString(16).padStart(64, "0") as DocumentId;
  const { dimension } = stamp;
  const vectors = new Float32Array(CHUNKS_PER_DOCUMENT * dimension);
  const chunks: Chunk[] = [];
  let text = "";
  for (let i = 0; i < CHUNKS_PER_DOCUMENT; i += 1) {
    const picked = Array.from({ length: SENTENCES_PER_CHUNK }, () => Math.floor(random() * sentences.length));
    const own = picked.map((at) => sentences[at]).join(" ");
    const start = text.length;
    text += own;
    chunks.push({
      id: `${id.slice(0, 16)}:${i}` as ChunkId,
      documentId: id,
      ordinal: i,
      start,
      end: text.length,
      firstPage: 0,
      lastPage: 0,
      headings: [],
      text: own,
      tokens: Math.ceil(own.length / 4),
    });
    text += "\n";
    const row = vectors.subarray(i * dimension, (i + 1) * dimension);
    for (const at of picked) for (let k = 0; k < dimension; k += 1) row[k]! += sentenceVectors[at * dimension + k]!;
    const length = Math.hypot(...row);
    for (let k = 0; k < dimension; k += 1) row[k]! /= length;
  }
  const file = new Blob([`made document ${ordinal}`], { type: "application/pdf" });
  return {
    record: {
      id,
      name: `made-${ordinal}.pdf`,
      bytes: file.size,
      addedAt: 0,
      format: "pdf",
      title: null,
      textVersion: TEXT_VERSION,
      ocr: null,
      pageCount: 1,
      pageLabels: null,
      chunkCount: chunks.length,
      state: "ready",
      warnings: [],
      vectorStamp: stamp,
    },
    file,
    pages: [plainPage(0, text)],
    chunks,
    vectors,
    readable: new Uint8Array(chunks.length).fill(1),
  };
}
