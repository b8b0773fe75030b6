/** What one normalised code point is to the tokenizer. */
export type LetterKind =
  /** Part of a word written with spaces. */
  | "word"
  /** A letter of a script written without spaces (or, Korean, with particles glued on): indexed as bigrams. */
  | "dense"
  /** A combining mark; belongs to the letter before it. */
  | "mark"
  /** Invisible inside words: soft hyphen, joiners, variation selectors. */
  | "ignore"
  | "break";

export interface Letter {
  readonly kind: LetterKind;
  /** Folded text, may be several characters (ß → ss). */
  readonly text: string;
  /** Nonspacing marks after this letter are accents and are dropped (rule T3). */
  readonly dropsAccents: boolean;
}

// ZERO WIDTH SPACE is the one default-ignorable that separates words (Thai, Khmer typesetting).
const IGNORABLE = /^(?!\u200b)\p{Default_Ignorable_Code_Point}$/u;
const MARK = /^\p{M}$/u;
const WORD = /^[\p{L}\p{N}]$/u;
const DENSE =
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]$/u;
const DIGIT = /^\p{Nd}$/u;
const ACCENTED_SCRIPT = /^[\p{sc=Latin}\p{sc=Greek}\p{sc=Arabic}\p{sc=Hebrew}]$/u;
const NONSPACING = /\p{Mn}/gu;

/** Letters with no canonical decomposition that people still type without the stroke, and the two that fold by custom (ς, ё). */
const FOLDS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  ŧ: "t",
  þ: "th",
  ς: "σ",
  ё: "е",
};

const known = new Map<string, Letter>();

/** Classifies and folds one code point of text that is NFKC and lower case already. */
export function letter(codePoint: string): Letter {
  let found = known.get(codePoint);
  if (found === undefined) {
    found = classify(codePoint);
    // Unicode has 150,000 letters; a document uses a few thousand.
    if (known.size > 20_000) known.clear();
    known.set(codePoint, found);
  }
  return found;
}

function classify(codePoint: string): Letter {
  if (IGNORABLE.test(codePoint)) return { kind: "ignore", text: "", dropsAccents: false };
  if (MARK.test(codePoint)) return { kind: "mark", text: codePoint, dropsAccents: false };
  // TATWEEL stretches an Arabic word and means nothing.
  if (codePoint === "\u0640") return { kind: "ignore", text: "", dropsAccents: false };
  if (!WORD.test(codePoint)) return { kind: "break", text: "", dropsAccents: false };
  if (DENSE.test(codePoint) && !DIGIT.test(codePoint)) return { kind: "dense", text: codePoint, dropsAccents: false };
  const folded = FOLDS[codePoint];
  const accented = ACCENTED_SCRIPT.test(codePoint);
  if (folded !== undefined) return { kind: "word", text: folded, dropsAccents: accented };
  if (!accented) return { kind: "word", text: codePoint, dropsAccents: false };
  const bare = codePoint.normalize("NFD").replace(NONSPACING, "");
  return { kind: "word", text: FOLDS[bare] ?? bare, dropsAccents: true };
}

/** Whether a mark is an accent (nonspacing), which `dropsAccents` letters lose. */
export function isAccent(mark: string): boolean {
  return NONSPACING_ONE.test(mark);
}
const NONSPACING_ONE = /^\p{Mn}$/u;

const joining = new Map<number, boolean>();

/**
 * Whether NFKC may join this code point to the one before it: then both are normalised together.
 * True for marks, for what decomposes to a mark first (halfwidth ﾞ), and for Hangul vowels and finals.
 */
export function joinsBackward(codePoint: number): boolean {
  if (codePoint < 0x300 || (codePoint >= 0x3400 && codePoint <= 0x9fff)) return false;
  let found = joining.get(codePoint);
  if (found === undefined) {
    const first = String.fromCodePoint(codePoint).normalize("NFKD").codePointAt(0) ?? 0;
    const hangul = (first >= 0x1160 && first <= 0x11ff) || (first >= 0xd7b0 && first <= 0xd7fb);
    // Thai and Lao AM decompose to a mark that never composes; apart from their consonant they keep finer offsets.
    const am = codePoint === 0x0e33 || codePoint === 0x0eb3;
    found = !am && (hangul || MARK.test(String.fromCodePoint(first)));
    if (joining.size > 20_000) joining.clear();
    joining.set(codePoint, found);
  }
  return found;
}
