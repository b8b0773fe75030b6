import { useState } from "react";
import type { ChunkSettings } from "#core/model.ts";
import { cx } from "../parts/class-names.ts";
import { Dialog } from "../parts/dialog.tsx";
import parts from "../styles/parts.module.css";
import { ChunkFields } from "./chunk-fields.tsx";
import { ChunkPreviewPanel, type ChunkedDocument } from "./chunk-preview.tsx";
import type { PreviewChunks } from "./use-preview.ts";
import styles from "./chunking.module.css";
import { applyLabel, sameSettings } from "./words.ts";

export interface ChunkingDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** The settings in use. */
  readonly settings: ChunkSettings;
  /** Stored documents: what a preview is made of, and what applying cuts anew. */
  readonly documents: readonly ChunkedDocument[];
  /** Must stay the same function between renders: another one asks for the preview again. */
  readonly preview: PreviewChunks;
  /** Starts the work and returns; how far it got is shown elsewhere. */
  readonly apply: (settings: ChunkSettings) => void;
}

/** How documents are cut into chunks: settings, what they would do, and the way to do it. */
export function ChunkingDialog({ open, onClose, settings, documents, preview, apply }: ChunkingDialogProps) {
  const [draft, setDraft] = useState(settings);
  const [wasOpen, setWasOpen] = useState(open);
  // Each opening begins with what is in use; what was tried and cancelled is forgotten.
  if (open !== wasOpen) {
    setWasOpen(open);
    setDraft(settings);
  }
  const isInUse = sameSettings(draft, settings);
  return (
    <Dialog
      open={open}
      wide
      title="Chunks"
      onClose={onClose}
      actions={
        <>
          <button type="button" className={parts["button"]} onClick={onClose}>
            Cancel
          </button>
          <button
            type="button"
            className={cx(parts["button"], parts["primary"], styles["apply"])}
            disabled={isInUse}
            onClick={() => {
              apply(draft);
              onClose();
            }}
          >
            {isInUse ? "In use" : applyLabel(documents.length)}
          </button>
        </>
      }
    >
      <ChunkFields settings={draft} onChange={setDraft} />
      <ChunkPreviewPanel settings={draft} documents={documents} preview={preview} />
    </Dialog>
  );
}
