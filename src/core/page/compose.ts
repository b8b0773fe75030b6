import type { CharOffset, Points } from "../model.ts";
import { accented } from "./accent.ts";
import { sizeOf } from "./direction.ts";
import type { Piece } from "./fold.ts";
import { firstCharacter, isSpaceless, lastCharacter } from "./script.ts";
import type { SourceRun } from "./source.ts";

/** Part of a run in the text of its line. A run has several where folding changes lengths or drops something. */
export interface PlacedRun extends Piece {
  readonly run: SourceRun;
}

/** A folded run on its line; without text it is white space. */
export interface Atom {
  readonly run: SourceRun;
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly spaceBefore: boolean;
  readonly spaceAfter: boolean;
  /** Whether it holds right-to-left letters. */
  readonly right: boolean;
  /** Extent along the line. */
  readonly from: Points;
  readonly to: Points;
}

export interface Composed {
  readonly text: string;
  readonly runs: PlacedRun[];
}

/** A gap that the engine did not report as a space but that reads as one. */
const SPACE_GAP = 0.25;
/** An accent drawn apart overlaps its letter by more than this; an apostrophe never does. */
const ACCENT_OVERLAP = 0.1;
/** Spaces narrower than this between two ideographs are justification; a wider one parts a number from its title. */
const SPACELESS_GAP = 0.4;
const MARK = /^\p{M}/u;

/**
 * Atoms in reading order → the text of their line. `gaps`: whether their distances tell spaces; not so where the
 * order is not the one on the page.
 */
export function compose(atoms: readonly Atom[], gaps: boolean): Composed {
  const line = new Composer();
  let [to, size, longest] = [0, 0, 0];
  let space = false;
  for (const { run, text, pieces, spaceBefore, spaceAfter, from, to: end } of atoms) {
    space ||= spaceBefore;
    if (text === "") continue;
    const own = sizeOf(run);
    const em = Math.min(size || own, own);
    line.append(run, text, pieces, space, gaps && !line.isEmpty ? (from - to) / em || 0 : 0);
    space = spaceAfter;
    to = line.isFirst ? end : Math.max(to, end);
    if (text.length > longest) [longest, size] = [text.length, own];
  }
  return line.result();
}

/** The text is kept in parts: to look at the end of a text that grows would copy all of it each time. */
class Composer {
  readonly #parts: string[] = [];
  readonly #runs: PlacedRun[] = [];
  #length = 0;
  #appended = 0;

  get isEmpty(): boolean {
    return this.#appended === 0;
  }

  get isFirst(): boolean {
    return this.#appended === 1;
  }

  result(): Composed {
    return { text: this.#parts.join(""), runs: this.#runs };
  }

  /** `gap` in sizes, negative where the run overlaps what stands before it. */
  append(run: SourceRun, text: string, pieces: readonly Piece[], space: boolean, gap: number): void {
    this.#appended += 1;
    // A soft hyphen with text after it in its line divides nothing.
    if (this.#end.endsWith("\u00AD")) this.#dropLast();
    let skipped = 0;
    if (this.#length > 0) {
      if (MARK.test(text)) skipped = this.#joinMark(text);
      else if (gap < -ACCENT_OVERLAP) skipped = this.#joinAccent(run, text, pieces);
      if (skipped === text.length) return;
      const first = firstCharacter(skipped === 0 ? text : text.slice(skipped));
      const spaceless = gap < SPACELESS_GAP && isSpaceless(lastCharacter(this.#end)) && isSpaceless(first);
      const parted = (space || gap > SPACE_GAP) && !spaceless && !MARK.test(text);
      if (parted && !this.#end.endsWith(" ")) this.#push(" ");
    }
    const shift = this.#length - skipped;
    this.#push(text.slice(skipped));
    for (const piece of pieces) {
      const cut = behind(piece, skipped);
      if (cut === null) continue;
      const { start, end, sourceStart, sourceEnd } = cut;
      this.#runs.push({ run, start: start + shift, end: end + shift, sourceStart, sourceEnd });
    }
  }

  get #end(): string {
    return this.#parts.at(-1) ?? "";
  }

  #push(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }

  #cutLast(): void {
    const rest = this.#end.slice(0, -1);
    this.#length -= 1;
    this.#parts.pop();
    if (rest !== "") this.#parts.push(rest);
  }

  /** A combining mark that was drawn as a run of its own. Returns how much of the text is used up. */
  #joinMark(text: string): number {
    const letter = lastCharacter(this.#end);
    const mark = firstCharacter(text);
    const composed = (letter + mark).normalize("NFC");
    if (letter.length !== 1 || composed.length !== 1) return 0;
    this.#replaceLast(composed);
    return mark.length;
  }

  /** An accent at the seam of two overlapping runs joins its letter. Returns how much of the text is used up. */
  #joinAccent(run: SourceRun, text: string, pieces: readonly Piece[]): number {
    const before = lastCharacter(this.#end);
    const after = firstCharacter(text);
    const right = accented(after, before);
    if (right !== null) {
      const sourceStart = pieces[0]?.sourceStart ?? 0;
      const sourceEnd = (isPaired(pieces[0]) ? sourceStart + 1 : pieces[0]?.sourceEnd) ?? sourceStart + 1;
      this.#dropLast();
      this.#runs.push({ run, start: this.#length, end: this.#length + 1, sourceStart, sourceEnd });
      this.#push(right);
      return 1;
    }
    const left = accented(before, after);
    if (left === null) return 0;
    this.#replaceLast(left);
    return 1 + (text.slice(1).length - text.slice(1).trimStart().length);
  }

  /** Puts another letter for the last one, at the same place of the source. */
  #replaceLast(letter: string): void {
    const last = this.#runs.at(-1);
    this.#cutLast();
    this.#push(letter);
    if (last === undefined || last.end - last.start === 1 || !isPaired(last)) return;
    this.#runs[this.#runs.length - 1] = { ...last, end: last.end - 1, sourceEnd: last.sourceEnd - 1 };
    this.#runs.push({ ...last, start: last.end - 1, sourceStart: last.sourceEnd - 1 });
  }

  #dropLast(): void {
    const last = this.#runs.pop();
    this.#cutLast();
    const cut = last === undefined ? null : upTo(last, this.#length);
    if (cut !== null) this.#runs.push(cut);
  }
}

/** Whether characters pair off one by one. */
export function isPaired(piece: Piece | undefined): boolean {
  return piece !== undefined && piece.end - piece.start === piece.sourceEnd - piece.sourceStart;
}

/** What is left of a piece behind `at`; null where nothing is. */
function behind(piece: Piece | undefined, at: CharOffset): Piece | null {
  if (piece === undefined || piece.end <= at) return null;
  if (piece.start >= at) return piece;
  return { ...piece, start: at, sourceStart: piece.sourceStart + (isPaired(piece) ? at - piece.start : 0) };
}

/** What is left of a piece before `at`; null where nothing is. */
export function upTo<P extends Piece>(piece: P, at: CharOffset): P | null {
  if (piece.start >= at) return null;
  if (piece.end <= at) return piece;
  return { ...piece, end: at, sourceEnd: piece.sourceEnd - (isPaired(piece) ? piece.end - at : 0) };
}
