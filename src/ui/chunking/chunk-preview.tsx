import { useId, useState } from "react";
import type { ChunkPreview, PreviewPage } from "#core/chunk/preview.ts";
import type { ChunkSettings, DocumentId } from "#core/model.ts";
import { NumberField } from "../compare/number-field.tsx";
import { cx } from "../parts/class-names.ts";
import { ErrorText } from "../parts/error-text.tsx";
import { Icon } from "../parts/icon.tsx";
import { PageCuts } from "./page-cuts.tsx";
import { SizeHistogram } from "./size-histogram.tsx";
import { usePreview, type PreviewChunks } from "./use-preview.ts";
import { sizesSentence, tooLongSentence } from "./words.ts";
import styles from "./chunking.module.css";

/** A document that a preview can be made of. */
export interface ChunkedDocument {
  readonly id: DocumentId;
  readonly name: string;
}

interface ChunkPreviewProps {
  readonly settings: ChunkSettings;
  readonly documents: readonly ChunkedDocument[];
  readonly preview: PreviewChunks;
}

/** What these settings make of one document, and where they cut one of its pages. */
export function ChunkPreviewPanel({ settings, documents, preview: ask }: ChunkPreviewProps) {
  const id = useId();
  const [picked, setPicked] = useState<DocumentId | null>(null);
  const [pageAt, setPageAt] = useState<number | null>(null);
  // The one that was picked may have been removed meanwhile.
  const document = documents.find((one) => one.id === picked) ?? documents[0];
  const { preview, isWaiting, error } = usePreview(ask, settings, document?.id ?? null);
  if (document === undefined)
    return <p className={styles["about"]}>Add a document to see what these settings make of it.</p>;

  const pages = preview?.pages ?? [];
  const at = Math.min(pageAt ?? mostCut(pages), Math.max(0, pages.length - 1));
  const page = pages[at];
  return (
    <section className={styles["preview"]} aria-label="Preview" aria-busy={isWaiting}>
      <div className={styles["fields"]}>
        <div className={cx(styles["field"], styles["grows"])}>
          <label htmlFor={`${id}-document`}>Preview of</label>
          <select
            id={`${id}-document`}
            value={document.id}
            onChange={(event) => {
              const chosen = documents.find((one) => one.id === event.currentTarget.value);
              setPicked(chosen?.id ?? null);
              setPageAt(null);
            }}
          >
            {documents.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
        {page !== undefined && (
          <div className={styles["field"]}>
            <label htmlFor={`${id}-page`}>Page of {pages.length}</label>
            <NumberField
              id={`${id}-page`}
              value={at + 1}
              min={1}
              max={pages.length}
              onChange={(number) => setPageAt(number - 1)}
            />
          </div>
        )}
      </div>
      {error !== null && <ErrorText error={error} />}
      <div className={cx(styles["result"], isWaiting && styles["old"])}>
        {preview === null ? <output>{isWaiting && "Cutting…"}</output> : <Numbers preview={preview} />}
        {page !== undefined && <PageCuts key={`${document.id} ${at}`} page={page} />}
      </div>
      {page !== undefined && (
        <p className={styles["legend"]}>
          Each ground is a chunk, with its number where it begins. Underlined text is repeated in the next chunk.
        </p>
      )}
    </section>
  );
}

function Numbers({ preview }: { readonly preview: ChunkPreview }) {
  const tooLong = tooLongSentence(preview);
  return (
    <div className={styles["numbers"]}>
      <div>
        <output>{sizesSentence(preview)}</output>
        {tooLong !== null && (
          <p className={styles["warning"]}>
            <Icon name="warning" size={14} /> {tooLong}
          </p>
        )}
      </div>
      <SizeHistogram preview={preview} />
    </div>
  );
}

/** Of the first pages the one with the most cuts: there is something to see. */
function mostCut(pages: readonly PreviewPage[]): number {
  const first = pages.slice(0, 12).map(({ cuts }) => cuts.length);
  return Math.max(0, first.indexOf(Math.max(...first)));
}
