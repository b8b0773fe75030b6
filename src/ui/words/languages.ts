const NAMES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
/** Tesseract's own codes, and what follows an underscore in them. */
const OWN: Readonly<Record<string, string>> = { chi: "Chinese", frk: "German Fraktur", equ: "Formulas" };
const VARIANTS: Readonly<Record<string, string>> = {
  sim: "simplified",
  tra: "traditional",
  vert: "vertical",
  latn: "Latin letters",
  cyrl: "Cyrillic letters",
  latf: "Fraktur",
};

/** "English" of `eng`, "Chinese (simplified, vertical)" of `chi_sim_vert`; the code itself where nobody knows it. */
export function languageName(code: string): string {
  const [base = "", ...variants] = code.split("_");
  const name = OWN[base] ?? NAMES.of(base);
  if (name === undefined) return code;
  return variants.length === 0 ? name : `${name} (${variants.map((each) => VARIANTS[each] ?? each).join(", ")})`;
}
