import { useEffect, useState } from "react";
import { toEngineError, type ErrorData } from "#core/base/errors.ts";
import type { ChunkPreview } from "#core/chunk/preview.ts";
import type { ChunkSettings, DocumentId } from "#core/model.ts";

/** null where the document is gone. Runs until its signal aborts; what it throws is shown. */
export type PreviewChunks = (
  settings: ChunkSettings,
  document: DocumentId,
  signal: AbortSignal,
) => Promise<ChunkPreview | null>;

export interface PreviewState {
  /** Of this document; the last one that came, also while one of newer settings is on its way. */
  readonly preview: ChunkPreview | null;
  readonly isWaiting: boolean;
  readonly error: ErrorData | null;
}

interface Answer {
  readonly document: DocumentId;
  readonly settings: string;
  readonly preview: ChunkPreview | null;
  readonly error: ErrorData | null;
}

/** A document of 600 pages takes half a second to cut: a pause in the changes, not each of them, asks for it. */
const PAUSE = 250;

/** The preview of these settings; a newer request or closing ends the one that runs. */
export function usePreview(
  ask: PreviewChunks,
  { strategy, size, overlap }: ChunkSettings,
  document: DocumentId | null,
): PreviewState {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const settings = `${strategy} ${size} ${overlap}`;

  useEffect(() => {
    if (document === null) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const take = (preview: ChunkPreview | null, error: ErrorData | null): void => {
      if (!signal.aborted) setAnswer({ document, settings, preview, error });
    };
    const timer = setTimeout(() => {
      ask({ strategy, size, overlap }, document, signal).then(
        (preview) => take(preview, null),
        (thrown: unknown) => take(null, toEngineError(thrown).data),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [ask, strategy, size, overlap, settings, document]);

  if (document === null) return { preview: null, isWaiting: false, error: null };
  const mine = answer?.document === document ? answer : null;
  const isWaiting = mine?.settings !== settings;
  return { preview: mine?.preview ?? null, isWaiting, error: isWaiting ? null : (mine?.error ?? null) };
}
