import { bidiClass, matchedBrackets, mirror, toReading } from "./bidi.ts";
import { isPaired, upTo, type Atom } from "./compose.ts";
import { sizeOf } from "./direction.ts";
import type { Piece } from "./fold.ts";
import type { Gathered } from "./gather.ts";

/** An atom in reading order. */
export interface ReadAtom extends Atom {
  /** Whether it is read from right to left, so that its brackets may have been drawn mirrored. */
  readonly rightToLeft?: boolean;
}

export interface ReadAtoms {
  readonly atoms: readonly ReadAtom[];
  readonly rtl: boolean;
  /** Whether the order is that of the page, so that distances tell spaces. */
  readonly gaps: boolean;
}

/** Signs that belong to a number: percent, currencies, plus and minus. What carries a mark is no edge: they stay together. */
const LEFT_EDGE = /^[^\p{L}\p{M}\p{N}%‰$€£¥#°+−-]+(?!\p{M})/u;
const RIGHT_EDGE = /[^\p{L}\p{M}\p{N}%‰$€£¥#°]+$/u;

/** Accents and vowel signs without their letter. */
const SIGNS = /^\p{M}+$/u;
/** Engines report white space of no width between a sign and its letter. */
const NARROW = 0.1;
/** Arabic sets words closer than Latin does: 0.24 in a Word file that shows them apart. */
const RTL_SPACE_GAP = 0.15;
const ENDS_LATIN = /\p{Script=Latin}$/u;
const STARTS_RIGHT = /^[\u05D0-\u05EA\u0620-\u064A]/;

/** Whether most letters of the page are written from right to left. */
export function isRightToLeftPage(lines: readonly Gathered[]): boolean {
  return lines.some(({ right }) => right) && majority(lines.flatMap(({ atoms }) => atoms));
}

function majority(atoms: readonly Atom[]): boolean {
  let letters = 0;
  for (const { text, right } of atoms) {
    if (right) letters += text.length;
    else if (bidiClass(text) === "left") letters -= text.length;
  }
  return letters > 0;
}

/** Atoms of a line as they are read: those of a line with right-to-left letters by place, not by drawing order. */
export function toReadAtoms(line: Gathered, page: boolean): ReadAtoms {
  if (!line.right) return { atoms: line.atoms, rtl: false, gaps: true };
  const rtl = page || majority(line.atoms);
  const seen = toVisual(line, rtl);
  const { order, rightToLeft } = toReading(
    seen.map(({ text }) => bidiClass(text)),
    rtl,
  );
  const atoms = order.flatMap((at): ReadAtom[] => {
    const atom = seen[at];
    return atom === undefined ? [] : [{ ...atom, rightToLeft: rightToLeft[at] === true }];
  });
  return { atoms: atoms.flatMap((atom, i) => parted(atoms[i - 1], atom)), rtl, gaps: false };
}

/** No word goes on from Latin letters to right-to-left ones, but engines lose the space between them. */
function parted(before: ReadAtom | undefined, atom: ReadAtom): ReadAtom[] {
  const isSeam = before !== undefined && ENDS_LATIN.test(before.text) && STARTS_RIGHT.test(atom.text);
  return isSeam ? [blank(atom), atom] : [atom];
}

/** From left to right, white space as atoms of its own. */
function toVisual(line: Gathered, rtl: boolean): Atom[] {
  const seen: Atom[] = [];
  let reached = Infinity;
  for (const atom of bySight(line.atoms)) {
    if (atom.text === "") {
      if (atom.to - atom.from > NARROW * sizeOf(atom.run)) seen.push(atom);
      continue;
    }
    // The white space that engines put before and behind signs is that of the letters.
    if (SIGNS.test(atom.text)) {
      seen.push({ ...atom, spaceBefore: false, spaceAfter: false });
      continue;
    }
    const [before, after] = atom.right ? [atom.spaceAfter, atom.spaceBefore] : [atom.spaceBefore, atom.spaceAfter];
    if (before || atom.from - reached > RTL_SPACE_GAP * sizeOf(atom.run)) seen.push(blank(atom));
    seen.push(...splitEdges({ ...atom, spaceBefore: false, spaceAfter: false }, rtl));
    if (after) seen.push(blank(atom));
    reached = Math.max(reached === Infinity ? atom.to : reached, atom.to);
  }
  return seen;
}

/** Sorted from left to right; a sign stands directly before its letter, whatever its own place is. */
function bySight(atoms: readonly Atom[]): Atom[] {
  const rightwards = drawnRightwards(atoms);
  const letters = atoms.map((atom) => (atom.text === "" || SIGNS.test(atom.text) ? null : atom));
  const keys = new Map<Atom, { readonly at: number; readonly next: number }>();
  let letter: Atom | null = null;
  for (let i = 0; i < atoms.length; i += 1) {
    const at = rightwards ? atoms.length - 1 - i : i;
    const atom = atoms[at];
    if (atom === undefined) continue;
    letter = letters[at] ?? letter;
    const isSign = atom.text !== "" && letters[at] === null;
    keys.set(atom, { at: (isSign ? (letter ?? atom) : atom).to, next: isSign ? -i : 1 });
  }
  const key = (atom: Atom): { readonly at: number; readonly next: number } => keys.get(atom) ?? { at: 0, next: 0 };
  return atoms.toSorted((a, b) => key(a).at - key(b).at || key(a).next - key(b).next);
}

function drawnRightwards(atoms: readonly Atom[]): boolean {
  let steps = 0;
  let before: Atom | undefined;
  for (const atom of atoms) {
    if (atom.text === "" || SIGNS.test(atom.text)) continue;
    if (before !== undefined) steps += Math.sign(atom.from - before.from);
    before = atom;
  }
  return steps > 0;
}

function blank({ run, from, to }: Atom): Atom {
  return { run, text: "", pieces: [], spaceBefore: true, spaceAfter: true, right: false, from, to };
}

/** Punctuation at the ends of a run against the line's direction goes with the line: ".Google" is the end of a sentence. */
function splitEdges(atom: Atom, rtl: boolean): Atom[] {
  const { text, right } = atom;
  if (right === rtl) return [atom];
  const left = LEFT_EDGE.exec(text)?.[0].length ?? 0;
  const tail = RIGHT_EDGE.exec(text)?.[0] ?? "";
  const end =
    matchedBrackets(text) > matchedBrackets(text.slice(0, -tail.length || undefined))
      ? text.length
      : text.length - tail.length;
  if (left >= end || (left === 0 && end === text.length)) return [atom];
  const parts = [part(atom, 0, left), part(atom, left, end), part(atom, end, text.length)].filter(
    (one) => one.text !== "" || one.spaceBefore,
  );
  return right ? parts.toReversed() : parts;
}

/** Part of an atom; white space at its ends becomes a mark that it was there. */
function part(atom: Atom, start: number, end: number): Atom {
  const cut = atom.text.slice(start, end);
  const from = start + cut.length - cut.trimStart().length;
  const to = Math.max(from, start + cut.trimEnd().length);
  const pieces = atom.pieces.flatMap((piece): Piece[] => {
    const head = upTo(piece, to);
    if (head === null || head.end <= from) return [];
    const skip = Math.max(0, from - head.start);
    const sourceStart = head.sourceStart + (isPaired(piece) ? skip : 0);
    return [{ ...head, start: head.start + skip - from, end: head.end - from, sourceStart }];
  });
  const text = atom.text.slice(from, to);
  return { ...atom, text, pieces, spaceBefore: from > start, spaceAfter: to < end };
}

/** Whether the brackets of the page's right-to-left text match better once they are mirrored; where it is open, they are. */
export function drawnMirrored(lines: readonly ReadAtoms[]): boolean {
  const text = lines
    .flatMap(({ atoms }) => atoms.filter(({ rightToLeft }) => rightToLeft).map((atom) => atom.text))
    .join(" ");
  return matchedBrackets(mirror(text)) >= matchedBrackets(text);
}

export function unmirrored(atom: ReadAtom): ReadAtom {
  return atom.rightToLeft ? { ...atom, text: mirror(atom.text) } : atom;
}
