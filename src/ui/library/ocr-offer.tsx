import { useId, useState } from "react";
import { useLibrary, useLibraryActions } from "../app/stores.ts";
import { cx } from "../parts/class-names.ts";
import { Dialog } from "../parts/dialog.tsx";
import { ErrorText } from "../parts/error-text.tsx";
import parts from "../styles/parts.module.css";
import { plural } from "../words/numbers.ts";
import { OcrLanguages } from "./ocr-languages.tsx";
import styles from "./ocr-offer.module.css";

interface OcrOfferProps {
  readonly itemKey: string;
  readonly name: string;
  /** How many are to be read; null where nobody has counted them. */
  readonly pages: number | null;
}

/** The button of a row whose pages hold no text, and the choice of languages that it asks for. */
export function OcrOffer({ itemKey, name, pages }: OcrOfferProps) {
  const library = useLibraryActions();
  const { languages, chosen, error } = useLibrary((view) => view.ocr);
  const [isOpen, setOpen] = useState(false);
  const form = useId();
  const what = pages === null ? "its pages" : plural(pages, "page");
  return (
    <>
      <button
        type="button"
        className={parts["quiet"]}
        aria-label={`Read ${name} by OCR`}
        onClick={() => {
          library.listOcrLanguages();
          setOpen(true);
        }}
      >
        Read by OCR
      </button>
      <Dialog
        open={isOpen}
        title="Read by OCR"
        onClose={() => setOpen(false)}
        actions={
          <>
            <button type="button" className={parts["button"]} onClick={() => setOpen(false)}>
              Cancel
            </button>
            <button
              type="submit"
              form={form}
              className={cx(parts["button"], parts["primary"])}
              disabled={chosen.length === 0}
            >
              Read {what}
            </button>
          </>
        }
      >
        <form
          id={form}
          className={styles["form"]}
          onSubmit={(event) => {
            event.preventDefault();
            setOpen(false);
            library.readByOcr(itemKey);
          }}
        >
          <p>
            <strong>{name}</strong>: {what} without text will be drawn and read as pictures. A full page takes from a
            few seconds to half a minute, all of it in this browser.
          </p>
          {languages !== null && <OcrLanguages languages={languages} chosen={chosen} />}
          {error !== null && (
            <div className={styles["error"]} role="alert">
              <ErrorText error={error} named />
            </div>
          )}
        </form>
      </Dialog>
    </>
  );
}
