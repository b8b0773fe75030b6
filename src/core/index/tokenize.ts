import { isAccent, joinsBackward, letter } from "./letters.ts";

/** A term and where it stands: UTF-16 offsets in the text as given, before any normalisation. */
export interface Token {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/** `single` marks the extra one-letter terms inside a run of dense script; they are no part of the text's length. */
export type OnTerm = (term: string, start: number, end: number, single: boolean) => void;

/**
 * The terms of a text, in order of their start: words folded to bare lower-case letters,
 * bigrams for scripts written without spaces. Rules T1 to T7 in SPEC.md.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  scanTerms(text, (term, start, end, single) => {
    if (!single) tokens.push({ term, start, end });
  });
  return tokens;
}

/** As `tokenize`, without objects, and with the single letters of dense runs (rule T6). */
export function scanTerms(text: string, emit: OnTerm): void {
  const builder = new TermBuilder(emit);
  const length = text.length;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code < 128) {
      if (!isAsciiWord(code)) {
        builder.break();
        at += 1;
        continue;
      }
      let stop = at + 1;
      while (stop < length && isAsciiWord(text.charCodeAt(stop))) stop += 1;
      // The last letter may carry a combining mark: leave it to the slow path.
      if (stop < length && text.charCodeAt(stop) >= 128) stop -= 1;
      if (stop > at) {
        builder.ascii(text.slice(at, stop).toLowerCase(), at, stop);
        at = stop;
        continue;
      }
    }
    const end = clusterEnd(text, at);
    for (const codePoint of normalised(text.slice(at, end))) builder.codePoint(codePoint, at, end);
    at = end;
  }
  builder.break();
}

/** One past the run of code points that NFKC may treat as one. */
function clusterEnd(text: string, start: number): number {
  let end = start + width(text.codePointAt(start) ?? 0);
  while (end < text.length) {
    const next = text.codePointAt(end) ?? 0;
    if (!joinsBackward(next)) break;
    end += width(next);
  }
  return end;
}

const width = (codePoint: number): number => (codePoint > 0xffff ? 2 : 1);

const isAsciiWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

const normal = new Map<string, readonly string[]>();

function normalised(cluster: string): readonly string[] {
  let found = normal.get(cluster);
  if (found === undefined) {
    found = Array.from(cluster.normalize("NFKC").toLowerCase());
    if (cluster.length <= 4) {
      if (normal.size > 20_000) normal.clear();
      normal.set(cluster, found);
    }
  }
  return found;
}

interface Unit {
  text: string;
  readonly start: number;
  end: number;
}

/** Joins letters to words and dense letters to bigrams. */
class TermBuilder {
  readonly #emit: OnTerm;
  #word: Unit | null = null;
  #previous: Unit | null = null;
  #current: Unit | null = null;
  #dropsAccents = false;

  constructor(emit: OnTerm) {
    this.#emit = emit;
  }

  ascii(folded: string, start: number, end: number): void {
    this.#letters(folded, start, end);
  }

  codePoint(codePoint: string, start: number, end: number): void {
    const { kind, text, dropsAccents } = letter(codePoint);
    if (kind === "word") {
      this.#letters(text, start, end);
      this.#dropsAccents = dropsAccents;
    } else if (kind === "dense") {
      this.#dense(text, start, end);
      this.#dropsAccents = false;
    } else if (kind === "mark") this.#mark(text, end);
    else if (kind === "break") this.break();
  }

  break(): void {
    if (this.#word !== null) {
      this.#emit(this.#word.text, this.#word.start, this.#word.end, false);
      this.#word = null;
    }
    this.#endRun();
  }

  #letters(text: string, start: number, end: number): void {
    if (this.#current !== null) this.#endRun();
    if (this.#word === null) this.#word = { text, start, end };
    else {
      this.#word.text += text;
      this.#word.end = end;
    }
  }

  #dense(text: string, start: number, end: number): void {
    if (this.#word !== null) this.break();
    if (this.#current !== null) this.#pair();
    this.#previous = this.#current;
    this.#current = { text, start, end };
  }

  #mark(text: string, end: number): void {
    const unit = this.#word ?? this.#current;
    if (unit === null) return;
    if (!this.#dropsAccents || !isAccent(text)) unit.text += text;
    unit.end = end;
  }

  /** Called when `current` is complete and another unit of its run follows, or the run ends. */
  #pair(): void {
    const current = this.#current;
    if (current === null) return;
    if (this.#previous !== null) {
      this.#emit(this.#previous.text + current.text, this.#previous.start, current.end, false);
    }
    this.#emit(current.text, current.start, current.end, true);
  }

  #endRun(): void {
    if (this.#current === null) return;
    if (this.#previous === null) this.#emit(this.#current.text, this.#current.start, this.#current.end, false);
    else this.#pair();
    this.#previous = null;
    this.#current = null;
  }
}
