import { EngineError } from "../base/errors.ts";
import type { ChunkSettings } from "../model.ts";

/** 256: the reference range for 512-token models (200 to 400), and a re-ranker must fit the question beside it. */
export const DEFAULT_CHUNK_SETTINGS: ChunkSettings = { strategy: "structure", size: 256, overlap: 32 };

/** Raised with every change of the code that moves a cut: documents with an older one are chunked and embedded anew. */
export const CHUNKER_VERSION = 1;

/** One code point is at most 4 bytes, so at most 5 tokens in any byte-level vocabulary: 8 always hold one. */
const SMALLEST_SIZE = 8;

/** Refuses settings under which rules C1 and C3 cannot be kept: overlap may fill half a chunk at most. */
export function checkChunkSettings({ size, overlap }: ChunkSettings): void {
  const sound = Number.isInteger(size) && Number.isInteger(overlap) && size >= SMALLEST_SIZE;
  if (!sound || overlap < 0 || overlap > size / 2) {
    throw new EngineError("UNEXPECTED", "chunk size must be at least 8, overlap from 0 to half of it", {
      size,
      overlap,
    });
  }
}
