import type { Cancel } from "../base/errors.ts";
import type { CharOffset, TokenCount } from "../model.ts";
import { atomsOf } from "./atoms.ts";
import type { Atom, AtomLimits } from "./atoms.ts";
import { isIdeographAt, isSpace } from "./characters.ts";
import type { Piece } from "./blocks.ts";
import type { TokenCounter } from "./token-counter.ts";

/** How good a place to end a chunk: inside a sentence, after one, after a paragraph; behind a heading is the worst. */
export type EndQuality = "inside" | "sentence" | "paragraph" | "heading";

/** What packing never cuts: a sentence, a block of another kind, or a piece of one that is too long. */
export interface Unit {
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly tokens: TokenCount;
  readonly endQuality: EndQuality;
  /** Level of the heading that begins with it; 0 for all other units. */
  readonly opens: number;
  /** Its tokens may not simply be added to those of the unit before: both are parts of one word. */
  readonly glued: boolean;
}

/** A piece of a long sentence ends behind one of these where it can. */
const CLAUSE_END = /[,;:，、；：)\]）】」』”»—–]$/;
/** No piece of a sentence begins with one of these, nor ends with an opening one (East Asian line breaking). */
export const NOT_FIRST = /^[,.;:!?，、。；：！？)\]）】」』”’》〉…%％]/;
const NOT_LAST = /[([（【「『“‘《〈]$/;

/**
 * Sentences as units of at most `limits`, other blocks of at most `size`; a longer one in clauses small enough to be
 * whole pieces of overlap.
 */
export function toUnits(
  text: string,
  given: readonly Piece[],
  counter: TokenCounter,
  limits: AtomLimits,
  { size, overlap }: { readonly size: TokenCount; readonly overlap: TokenCount },
  cancel: Cancel | undefined,
): Unit[] {
  const pieceTokens = Math.max(overlap, Math.ceil(size / 8));
  const units: Unit[] = [];
  const add = (atoms: readonly Atom[], first: number, last: number, endQuality: EndQuality, opens: number): void => {
    const start = atoms[first]!.start;
    const end = atoms[last]!.end;
    let tokens = 0;
    for (let i = first; i <= last; i++) tokens += atoms[i]!.tokens;
    const before = units.at(-1);
    const glued = before !== undefined && !hasSpace(text, before.end, start) && !additiveAt(text, start);
    units.push({ start, end, tokens, endQuality, opens, glued });
  };
  for (const piece of given) {
    cancel?.throwIfAborted();
    const { endQuality, opens } = piece;
    const atoms = atomsOf(text, piece.start, piece.end, counter, limits);
    const lastAtom = atoms.at(-1);
    if (lastAtom === undefined) {
      const before = units.at(-1);
      if (before !== undefined && endQuality === "paragraph") units[units.length - 1] = { ...before, endQuality };
      continue;
    }
    const tokens = atoms.reduce((sum, atom) => sum + atom.tokens, 0);
    const most = piece.isWhole ? size : limits.tokens;
    const fits = tokens <= most && lastAtom.end - atoms[0]!.start <= limits.chars;
    if (fits && !atoms.some((atom) => atom.glued)) add(atoms, 0, atoms.length - 1, endQuality, opens);
    else
      for (const [first, last] of pieces(text, atoms, pieceTokens, limits))
        add(atoms, first, last, last === atoms.length - 1 ? endQuality : "inside", first === 0 ? opens : 0);
  }
  return units;
}

/** First and last atom of each piece: as long as allowed, back to a clause end where one is in the second half. */
function* pieces(
  text: string,
  atoms: readonly Atom[],
  pieceTokens: TokenCount,
  limits: AtomLimits,
): Generator<[first: number, last: number]> {
  for (let first = 0; first < atoms.length;) {
    const start = atoms[first]!.start;
    let tokens = atoms[first]!.tokens;
    let last = first;
    let clause = -1;
    let allowed = -1;
    const look = (): void => {
      if (last + 1 < atoms.length && !mayCut(text, atoms[last]!, atoms[last + 1]!)) return;
      allowed = last;
      const atom = atoms[last]!;
      if (2 * tokens >= pieceTokens && CLAUSE_END.test(text.slice(atom.end - 1, atom.end))) clause = last;
    };
    look();
    for (let next = atoms[last + 1]; next !== undefined; next = atoms[last + 1]) {
      if (next.glued || tokens + next.tokens > pieceTokens || next.end - start > limits.chars) break;
      tokens += next.tokens;
      last++;
      look();
    }
    const forced = atoms[last + 1]?.glued !== false;
    if (!forced) last = clause >= first ? clause : allowed >= first ? allowed : last;
    yield [first, last];
    first = last + 1;
  }
}

function mayCut(text: string, atom: Atom, next: Atom): boolean {
  if (next.start > atom.end) return true;
  return !NOT_FIRST.test(text.slice(next.start, next.start + 1)) && !NOT_LAST.test(text.slice(atom.end - 1, atom.end));
}

/** Between two parts of one word there may be a third without tokens (a joiner), but no white space. */
function hasSpace(text: string, start: CharOffset, end: CharOffset): boolean {
  for (let at = start; at < end; at++) if (isSpace(text.charCodeAt(at))) return true;
  return false;
}

/** Whether token counts may be added at a border without white space. */
function additiveAt(text: string, at: CharOffset): boolean {
  return isIdeographAt(text, at) || isIdeographAt(text, at - 1);
}
