import * as v from "valibot";
import { toEngineError } from "#core/base/errors.ts";
import type { Ocr, OcrLanguage } from "#core/ports.ts";
import type { OcrChoice } from "./view.ts";

export interface OcrLanguagesPort {
  /** What `save` kept at an earlier visit, not yet checked. */
  readonly saved: unknown;
  readonly save: (codes: readonly string[]) => void;
}

export interface OcrLanguages {
  /** Looks what is at hand now. */
  list(): Promise<void>;
  choose(codes: readonly string[]): void;
  /** Keeps a file and chooses its language. */
  add(file: File): Promise<void>;
  remove(code: string): Promise<void>;
}

export const NOTHING_LISTED: OcrChoice = { languages: null, chosen: [], error: null };

const codesSchema = v.array(v.string());

/** Which languages OCR is told, out of those whose data are at hand. */
export function ocrLanguages(
  ocr: Ocr,
  { saved, save }: OcrLanguagesPort,
  get: () => OcrChoice,
  set: (choice: OcrChoice) => void,
): OcrLanguages {
  const parsed = v.safeParse(codesSchema, saved);
  let wanted: readonly string[] = parsed.success ? parsed.output : [];

  function choose(codes: readonly string[]): void {
    wanted = codes;
    save(codes);
    set({ ...get(), chosen: codes });
  }

  async function list(): Promise<void> {
    const languages = await ocr.languages();
    set({ ...get(), languages, chosen: chosenOf(languages, wanted) });
  }

  /** A failure is said where the languages are: a notice would lie behind the dialog. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      set({ ...get(), error: null });
      await work();
    } catch (thrown) {
      set({ ...get(), error: toEngineError(thrown).data });
    }
  }

  return {
    choose,
    list: () => attempt(list),
    add: (file) =>
      attempt(async () => {
        const { code } = await ocr.addLanguage(file);
        choose([...get().chosen.filter((each) => each !== code), code]);
        await list();
      }),
    remove: (code) =>
      attempt(async () => {
        await ocr.removeLanguage(code);
        await list();
      }),
  };
}

/** What was chosen and is at hand; else one language, since each one more makes every page slower. */
function chosenOf(languages: readonly OcrLanguage[], wanted: readonly string[]): string[] {
  const codes = languages.map(({ code }) => code);
  const chosen = wanted.filter((code) => codes.includes(code));
  if (chosen.length > 0) return chosen;
  return codes.includes("eng") ? ["eng"] : codes.slice(0, 1);
}
