import { romanValue } from "./page-number.ts";

/** The number before a heading: `3.2 Training`, `Chapter 4`, `第一章`. */
export interface Numbering {
  /** Smaller is further out. Only its order counts: documents use some of the ranks. */
  readonly rank: number;
  /** The numbers of a dotted one, outermost first (letters count from 1); null for the others. */
  readonly path: readonly number[] | null;
  /** What follows the number. */
  readonly title: string;
}

const RANK = { part: 0, chapter: 10, perDepth: 10, han: 25, hanInBrackets: 26, hanDigits: 27 };
/** Section numbers do not go beyond it; larger ones are years and quantities. */
const LARGEST = 99;

const NUMERAL = "(?:\\d{1,3}|[ivxl]+|[a-z]|one|two|three|four|five|six|seven|eight|nine|ten)";
const HAN = "[一二三四五六七八九十百零〇]";
const SHAPES: readonly (readonly [RegExp, number])[] = [
  [new RegExp(`^(?:part|teil|partie|parte|часть) ${NUMERAL}(?![\\p{L}\\p{N}])`, "iu"), RANK.part],
  [
    new RegExp(
      `^(?:chapter|kapitel|chapitre|capítulo|capitolo|глава|appendix|annex|anhang|annexe) ${NUMERAL}(?![\\p{L}\\p{N}])`,
      "iu",
    ),
    RANK.chapter,
  ],
  [new RegExp(`^第 ?(?:${HAN}+|\\d+) ?[编編篇部卷]`), RANK.part],
  [new RegExp(`^第 ?(?:${HAN}+|\\d+) ?章`), RANK.chapter],
  [new RegExp(`^第 ?(?:${HAN}+|\\d+) ?[节節]`), 2 * RANK.perDepth],
  [/^제 ?\d+ ?장/, RANK.chapter],
  [/^제 ?\d+ ?절/, 2 * RANK.perDepth],
  [new RegExp(`^${HAN}{1,3}、`), RANK.han],
  [new RegExp(`^[（(]${HAN}{1,3}[）)]`), RANK.hanInBrackets],
  [/^\d{1,2}、/, RANK.hanDigits],
];
/** `3`, `3.`, `3.2`, `3.2.`, `A.1`; before ideographs a dotted number needs no space. */
const DOTTED =
  /^(\d{1,2}|[A-Z](?=\.\d))((?:\.\d{1,2}){0,4})[.)]?(?: +(?=[\p{L}\p{Ps}\p{Pi}"'0-9])|(?=\p{Script=Han})(?<=\.\d{1,2}))/u;
const ROMAN = /^([IVX]{1,5})\. +(?=\p{L})/u;

/** The numbering that opens a text; null where none does. */
export function numberingOf(text: string): Numbering | null {
  for (const [shape, rank] of SHAPES) {
    const match = shape.exec(text);
    if (match) return { rank, path: null, title: text.slice(match[0].length).replace(/^[\s:.：—–-]+/, "") };
  }
  const dotted = DOTTED.exec(text);
  if (dotted) {
    const [all, first = "", rest = ""] = dotted;
    const path = [
      /\d/.test(first) ? Number(first) : (first.codePointAt(0) ?? 0) - 64,
      ...rest.split(".").slice(1).map(Number),
    ];
    if (path.some((part) => part > LARGEST)) return null;
    return { rank: RANK.perDepth * path.length, path, title: text.slice(all.length) };
  }
  const roman = ROMAN.exec(text);
  if (roman) return { rank: RANK.chapter, path: [romanValue(roman[1] ?? "")], title: text.slice(roman[0].length) };
  return null;
}

/** Whether a number may come next after another: 1, 2 · 1.2, 1.3 · 1, 1.1 · 1.3, 2. */
export function follows(before: Numbering, after: Numbering): boolean {
  if (before.path === null || after.path === null) return before.path === after.path && before.rank <= after.rank;
  const [deep, next] = [before.path, after.path];
  const depth = next.length - 1;
  if (next.slice(0, depth).some((part, i) => part !== deep[i])) return false;
  return next.length > deep.length
    ? next.length === deep.length + 1 && next[depth] === 1
    : next[depth] === (deep[depth] ?? 0) + 1;
}
