/*
 * Words whose full stop does not end a sentence, lower case, without that stop. Short on purpose:
 * single letters (initials) and letters with inner stops (e.g, i.e, z.B, U.S) are known by their shape.
 */

/** Whatever follows. A missed sentence end only makes a longer sentence; a false one cuts a thought. */
export const NEVER_FINAL: ReadonlySet<string> = new Set(
  (
    "dr mr mrs ms mx prof st rev hon gen col capt lt sgt sen rep gov messrs " +
    "vs cf viz ca approx resp al fig figs eq eqs eqn sec sect ch chap vol vols nos pp ed eds ref refs tab para incl excl dept univ assn " +
    "bzw vgl ggf evtl inkl zzgl abb abs nr bd kap hrsg dipl ing str tel sog allg " +
    "mme mlle mm éd chap env sra srta dra pág págs núm sig dott"
  ).split(" "),
);

/** Only before a number or a bracket: some of these are words too ("the answer is no."). */
export const BEFORE_NUMBER: ReadonlySet<string> = new Set(
  "no art pt sr jan feb mar apr jun jul aug sep sept oct nov dec jg vers cap inv".split(" "),
);

/** German dates: "am 3. Oktober" is one sentence. */
export const GERMAN_MONTHS: ReadonlySet<string> = new Set(
  "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" "),
);
