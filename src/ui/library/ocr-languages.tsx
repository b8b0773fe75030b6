import type { OcrLanguage } from "#core/ports.ts";
import { useLibraryActions } from "../app/stores.ts";
import { cx } from "../parts/class-names.ts";
import { Icon } from "../parts/icon.tsx";
import parts from "../styles/parts.module.css";
import { languageName } from "../words/languages.ts";
import { bytes } from "../words/numbers.ts";
import styles from "./ocr-offer.module.css";

interface OcrLanguagesProps {
  readonly languages: readonly OcrLanguage[];
  readonly chosen: readonly string[];
}

/** The languages whose data are at hand, to be chosen from; files can be added and taken away. */
export function OcrLanguages({ languages, chosen }: OcrLanguagesProps) {
  const library = useLibraryActions();
  return (
    <>
      {languages.length === 0 ? (
        <NoData />
      ) : (
        <fieldset className={styles["languages"]}>
          <legend>Languages on these pages</legend>
          {languages.map(({ code, origin, bytes: size }) => (
            <div key={code} className={styles["language"]}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.includes(code)}
                  onChange={({ currentTarget: { checked } }) =>
                    library.chooseOcrLanguages(checked ? [...chosen, code] : chosen.filter((each) => each !== code))
                  }
                />
                {languageName(code)}
                <span className={styles["origin"]}>
                  {code} · {bytes(size)} · {origin === "site" ? "from this site" : "your file"}
                </span>
              </label>
              {origin === "file" && (
                <button
                  type="button"
                  className={parts["icon-button"]}
                  aria-label={`Remove the language data for ${languageName(code)}`}
                  title="Remove"
                  onClick={() => void library.removeOcrLanguage(code)}
                >
                  <Icon name="trash" size={14} />
                </button>
              )}
            </div>
          ))}
          <p className={styles["small"]}>Only what the pages are written in: each one more makes reading slower.</p>
        </fieldset>
      )}
      <label className={cx(parts["button"], styles["add"])}>
        <Icon name="add" />
        Add language data
        <input
          type="file"
          accept=".traineddata,.gz"
          className={parts["hidden"]}
          onChange={({ currentTarget: input }) => {
            const file = input.files?.[0];
            if (file !== undefined) void library.addOcrLanguage(file);
            input.value = "";
          }}
        />
      </label>
    </>
  );
}

/** What to get, and where to put it: the page itself may fetch from no other address. */
function NoData() {
  return (
    <div className={styles["none"]}>
      <p>
        <strong>OCR needs language data, and none is at hand.</strong>
      </p>
      <p>
        Get the file of your language, such as <code>eng.traineddata</code> (1 to 15 MB), from Tesseract’s project{" "}
        <code>tesseract-ocr/tessdata_fast</code> on GitHub, and add it here. It stays in this browser.
      </p>
      <p>
        Whoever runs this site can offer it to everyone: <code>npm run ocr:add eng</code> puts it into{" "}
        <code>public/tessdata</code>, and the next build has it.
      </p>
    </div>
  );
}
