import type { Points } from "../model.ts";
import { mainFont, type BodyStyle } from "./body-style.ts";
import type { NamedHeading } from "./heading-lines.ts";
import { toLevels } from "./heading-levels.ts";
import type { Line } from "./line.ts";
import { follows, numberingOf, type Numbering } from "./numbering.ts";

/** A paragraph, row or list item of a page, before anybody knows which of them is a heading. */
export interface Block {
  readonly page: number;
  readonly lines: readonly Line[];
  /** Its lines joined, near enough to judge it. */
  readonly text: string;
  /** Neither a caption, a table, an item of a list, a footnote nor an aside. */
  readonly plain: boolean;
  /** What the file itself says. */
  readonly named: NamedHeading | null;
}

/** A heading's letters are larger than the body's by this factor, or in another font. */
const LARGER = 1.08;
/** Headings are not smaller than the body by more than this factor. */
const SMALLEST = 0.95;
/** The longest heading: lines, characters. */
const LONGEST = { lines: 5, letters: 140, ideographs: 45 };
/** The share of a style's letters that stand in short blocks of their own: below it, it is a style of running text. */
const SET_APART = 0.6;
/** Letters of one font, at least, and letters at all: the rest is formulas and author lines. */
const ONE_FONT = 0.85;
/** A large heading may name things in a font of their own. */
const LARGE_FONT = 0.6;
const LETTERS = 0.6;
/** Numbers of list items restart; those of sections go on. */
const IN_SEQUENCE = 0.6;

/** Tags or an outline that name fewer headings, or less than this share of those that look so, are no list of them. */
const FEWEST_NAMED = 3;
const NAMED = 0.5;
/** Where they name this share of all that look so, they name all on purpose. */
const NAMED_ALL = 0.85;

const LETTER = /[\p{L}\p{M}]/gu;
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const ENDS_TEXT = /[.,;:。，；：、…‥](?:["'”’»)\]]*)$/;
const DATE = /^(?:[\d\s./年月日-]+|\d{0,2}\.? ?\p{L}{3,9}\.?,? (?:\d{1,2}(?:st|nd|rd|th)?, )?\d{4})$/u;
const NAMES = /[@∗†‡§{}<>=|\\]|https?:|www\./;
/** Titles that papers do not number. */
const KNOWN =
  /^(?:abstract|summary|introduction|references|bibliography|acknowledge?ments?|conclusions?|contents|table of contents|preface|foreword|appendix|glossary|index|zusammenfassung|einleitung|literatur(?:verzeichnis)?|inhalt(?:sverzeichnis)?|résumé|références|bibliographie|sommaire|remerciements|resumen|referencias|índice|摘要|参考文献|目录|目錄|目次|引言|结论|前言|概要|はじめに|おわりに|초록|참고문헌|요약|목차)\.?$/iu;
const LEADERS = /(?:\. ?){4,}\s*\d*\s*$|…{2,}\s*\d*\s*$|·{4,}/;
/** A page with so many leaders is a table of contents. */
const FEWEST_LEADERS = 3;

interface Look {
  readonly style: string;
  readonly size: Points;
  readonly numbering: Numbering | null;
  /** Larger than the body. */
  readonly large: boolean;
  /** Larger than the body, or in a font that is not the body's. */
  readonly setOff: boolean;
  /** Shaped like a heading: short, of words, no sentence. */
  readonly short: boolean;
}

interface Judged extends Look {
  readonly block: Block;
}

/** Rules E1 to E9 in the tests: which blocks of a document are headings, and of what level. */
export function headingsOf(blocks: readonly Block[], body: BodyStyle): ReadonlyMap<Block, number> {
  const contents = contentsPages(blocks);
  const judged = blocks.map((block) => ({ block, ...lookOf(block, body, contents) }));
  const apart = stylesApart(judged);
  const candidates = judged.filter(({ short, setOff, style }) => short && setOff && apart.has(style));
  const sequences = sequenceShares(candidates);
  const named = judged.filter(({ block }) => block.named !== null);
  const evident = candidates.filter((one) => isEvident(one, sequences));
  // Where the file names its headings, others are so only if they look the same.
  const isNamed = named.length >= Math.max(FEWEST_NAMED, NAMED * evident.length);
  const looks = new Set((isNamed ? named : [...named, ...evident]).map(({ style }) => style));
  const alike = candidates.filter(({ style }) => looks.has(style));
  const isWhole = isNamed && named.length >= NAMED_ALL * alike.length;
  const front = titlePage(candidates);
  const eligible = new Set(candidates);
  const chosen = judged.filter(
    (one) =>
      one.block.named !== null ||
      (eligible.has(one) && looks.has(one.style) && !front.has(one) && !(isWhole && isUnremarkable(one))),
  );
  const levels = toLevels(
    chosen.map(({ style, size, numbering, block }) => ({ style, size, numbering, named: block.named })),
  );
  return new Map(chosen.map(({ block }, i) => [block, levels[i] ?? 1]));
}

function lookOf({ lines, text, plain, page }: Block, body: BodyStyle, contents: ReadonlySet<number>): Look {
  // Not Math.max(...): a hostile page has more lines than a call has room for.
  const size = lines.reduce((most, line) => Math.max(most, line.size), 0);
  const { font, share } = mainFont(lines);
  const numbering = numberingOf(text);
  const large = size >= LARGER * body.size;
  // Latin letters in a Chinese heading have a font of their own.
  const oneFont = share >= (large ? LARGE_FONT : ONE_FONT) || HAN.test(text);
  const setOff = large || (oneFont && size >= SMALLEST * body.size && !body.fonts.has(font));
  const short = plain && !contents.has(page) && isShort(lines, text, numbering) && oneFont;
  return { style: `${font} ${Math.round(2 * size)}`, size, numbering, large, setOff, short };
}

function isShort(lines: readonly Line[], text: string, numbering: Numbering | null): boolean {
  if (lines.length > LONGEST.lines + (numbering === null ? 0 : 1)) return false;
  if (text.length > (HAN.test(text) ? LONGEST.ideographs : LONGEST.letters)) return false;
  const title = numbering === null ? text : numbering.title;
  const letters = title.match(LETTER)?.length ?? 0;
  if (letters < (numbering === null ? 2 : 1) || letters < LETTERS * title.replaceAll(/\s/g, "").length) return false;
  if (ENDS_TEXT.test(title) && !KNOWN.test(title)) return false;
  return !DATE.test(text) && !NAMES.test(text) && !LEADERS.test(text);
}

/** Pages of a table of contents, where every line looks like a heading. */
function contentsPages(blocks: readonly Block[]): ReadonlySet<number> {
  const leaders = new Map<number, number>();
  for (const { page, lines } of blocks) {
    const here = lines.filter(({ text }) => LEADERS.test(text)).length;
    if (here > 0) leaders.set(page, (leaders.get(page) ?? 0) + here);
  }
  return new Set(Array.from(leaders).flatMap(([page, count]) => (count >= FEWEST_LEADERS ? [page] : [])));
}

/** Styles whose letters mostly stand in short blocks of their own. */
function stylesApart(judged: readonly Judged[]): ReadonlySet<string> {
  const styles = new Map<string, { all: number; short: number }>();
  for (const { style, short, block } of judged) {
    const seen = styles.get(style) ?? { all: 0, short: 0 };
    seen.all += block.text.length;
    if (short) seen.short += block.text.length;
    styles.set(style, seen);
  }
  return new Set(Array.from(styles).flatMap(([style, { all, short }]) => (short >= SET_APART * all ? [style] : [])));
}

/** E4 to E6: larger than the body, a title that everybody knows, or a number that goes on. */
function isEvident({ large, numbering, block, style }: Judged, sequences: ReadonlyMap<string, number>): boolean {
  if (large || KNOWN.test(numbering?.title ?? block.text)) return true;
  return numbering !== null && (sequences.get(style) ?? 0) >= IN_SEQUENCE;
}

/** Neither numbered nor a title that outlines leave out. */
function isUnremarkable({ numbering, block }: Judged): boolean {
  return numbering === null && !KNOWN.test(block.text);
}

/** Per style the share of its numbered blocks whose number comes next after the one before. */
function sequenceShares(candidates: readonly Judged[]): ReadonlyMap<string, number> {
  const seen = new Map<string, { last: Numbering; steps: number; next: number }>();
  for (const { style, numbering } of candidates) {
    if (numbering === null) continue;
    const { last, steps, next } = seen.get(style) ?? { last: null, steps: -1, next: 0 };
    const goesOn = last !== null && follows(last, numbering);
    seen.set(style, { last: numbering, steps: steps + 1, next: next + (goesOn ? 1 : 0) });
  }
  return new Map(Array.from(seen, ([style, { steps, next }]) => [style, steps < 1 ? 0 : next / steps]));
}

/** E8: what stands above the abstract or the first numbered heading of page one, save the largest: authors, places. */
function titlePage(candidates: readonly Judged[]): ReadonlySet<Judged> {
  const first = candidates.filter(({ block }) => block.page === 0);
  const opening = first.findIndex(({ numbering, block }) => numbering !== null || KNOWN.test(block.text));
  const above = first.slice(0, Math.max(0, opening));
  const largest = above.reduce((most, { size }) => Math.max(most, size), 0);
  return new Set(above.filter(({ size }) => size < SMALLEST * largest));
}
