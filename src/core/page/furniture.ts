import type { Points } from "../model.ts";
import { groupBy } from "./group.ts";
import type { Line } from "./line.ts";
import { pageNumber } from "./page-number.ts";
import { placeOf, seenHeight } from "./place.ts";
import type { SourcePage } from "./source.ts";

/** How many rows from the top and from the bottom may be furniture, and how far into the page. */
const EDGE_ROWS = 3;
const EDGE_SHARE = 0.2;
/** The least pages of a document, and the least share of them, that a running line stands on. */
const FEWEST = 3;
const SHARE = 0.25;
/** Running lines stand at one height, to this many points: other lines of the same words are body. */
const SAME_HEIGHT = 3;
/** Odd and even pages carry other headers: a twin is at most two pages away. */
const TWIN = 2;
/** Of the pages with a line in a header's place, so many must have a twin (headers that change by chapter). */
const TWINNED = 0.6;
/** A line that would leave this share of its pages empty is what those pages say. */
const EMPTIED = 1 / 3;
/** Letters larger than the body's by this factor are titles, unless they never change. */
const LARGE = 1.15;
const SMALL = 0.95;
/** Headers and footers that are drawn last are so few lines. */
const LATE = 4;
/** `2-13`: the masks without a letter that are page numbers; cells of tables are numbers too. */
const NUMBER_IN_CHAPTER = /^# ?[-–/] ?#$/;
const LETTER = /\p{L}/u;
const WHITE = /\s+/g;
const NUMBERS = /\p{N}+|(?<![\p{L}\p{M}])[ivxlc]+(?![\p{L}\p{M}])/giu;

export interface PageLines {
  readonly lines: readonly Line[];
  readonly source: SourcePage;
}

/** A line near the top or the bottom of a page. */
interface EdgeLine {
  readonly line: Line;
  readonly page: number;
  readonly zone: "top" | "bottom";
  readonly height: Points;
  /** The text with every number as #. */
  readonly mask: string;
  /** At the top, and yet drawn when all else had been: as Chromium prints its headers. */
  readonly late: boolean;
}

/**
 * Rules U1 to U9 in the tests: the running headers, footers and page numbers of each page. `bodySize` is the size of
 * most letters. Linear in the number of lines, sorting apart.
 */
export function furnitureOf(pages: readonly PageLines[], bodySize: Points): ReadonlySet<Line>[] {
  const furniture = pages.map(({ lines }) => new Set(lines.filter(isArtifact)));
  const edges = pages.flatMap(({ lines, source }, page) => edgeLines(lines, source, page));
  for (const { line, page } of counting(edges, pages.length).flat()) furniture[page]?.add(line);
  const running = [
    ...repeated(edges, pages.length, bodySize),
    ...byChapter(edges, pages.length, bodySize),
    ...onBothPages(edges, pages.length, bodySize),
  ];
  for (const { line, page } of sparing(running, furniture, pages).flat()) furniture[page]?.add(line);
  // In the order in which they were drawn.
  return pages.map(({ lines }, page) => new Set(lines.filter((line) => furniture[page]?.has(line))));
}

/** Whether the file itself says that the line is no content. */
function isArtifact(line: Line): boolean {
  return line.runs.length > 0 && line.runs.every(({ run }) => run.role === "artifact");
}

function edgeLines(lines: readonly Line[], source: SourcePage, page: number): EdgeLine[] {
  const height = seenHeight(source);
  const placed = lines
    .map((line) => ({ line, place: placeOf(line, source) }))
    .filter(({ place }) => place.upright)
    .toSorted((a, b) => a.place.top - b.place.top);
  const end = new Set(lines.slice(-LATE));
  const found: EdgeLine[] = [];
  const collect = (zone: EdgeLine["zone"], from: number, step: 1 | -1): void => {
    let rows = 0;
    let last = Number.NaN;
    for (let i = from; i >= 0 && i < placed.length; i += step) {
      const { line, place } = placed[i]!;
      if (!(Math.abs(place.top - last) <= SAME_HEIGHT)) rows += 1;
      last = place.top;
      const depth = zone === "top" ? place.top : height - place.top;
      if (rows > EDGE_ROWS || depth > EDGE_SHARE * height) return;
      const late = zone === "top" && lines.length > 2 * LATE && end.has(line);
      found.push({ line, page, zone, height: place.top, mask: maskOf(line.text), late });
    }
  };
  collect("top", 0, 1);
  collect("bottom", placed.length - 1, -1);
  return found;
}

function maskOf(text: string): string {
  return text.toLowerCase().replace(NUMBERS, "#").replace(WHITE, " ");
}

/** U2: lines of the same words, numbers apart, at the same height on a quarter of the pages. */
function repeated(edges: readonly EdgeLine[], of: number, bodySize: Points): EdgeLine[][] {
  const telling = edges.filter(({ mask }) => LETTER.test(mask) || NUMBER_IN_CHAPTER.test(mask));
  const large = (edge: EdgeLine): boolean => edge.line.size > LARGE * bodySize;
  const groups = grouped(telling, (edge) => `${edge.zone} ${large(edge) ? edge.line.text : edge.mask}`);
  return groups.flatMap((group) => byHeight(group).filter((level) => isRunning(level, of)));
}

function isRunning(group: readonly EdgeLine[], of: number): boolean {
  return pagesOf(group).size >= Math.max(FEWEST, SHARE * of);
}

/** U9: two pages are enough for a line that says the same on both in small print, or was drawn last and stands first. */
function onBothPages(edges: readonly EdgeLine[], of: number, bodySize: Points): EdgeLine[][] {
  if (of !== 2) return [];
  const small = edges.filter(({ line, mask, late }) => (late || line.size <= SMALL * bodySize) && LETTER.test(mask));
  const groups = grouped(small, ({ zone, line }) => `${zone} ${line.text}`).flatMap(byHeight);
  return groups.filter((group) => pagesOf(group).size === of);
}

/** U3: one place and size, other words in each chapter. */
function byChapter(edges: readonly EdgeLine[], of: number, bodySize: Points): EdgeLine[][] {
  const worded = edges.filter(({ line, mask }) => line.size <= LARGE * bodySize && LETTER.test(mask));
  const places = grouped(worded, ({ zone, line }) => `${zone} ${Math.round(2 * line.size)}`).flatMap(byHeight);
  return places.filter((place) => {
    if (!isRunning(place, of)) return false;
    const twinned = grouped(place, ({ mask }) => mask).flatMap(withTwins);
    return pagesOf(twinned).size >= TWINNED * pagesOf(place).size;
  });
}

/** U4: numbers that count up with the page, at one height. */
function counting(edges: readonly EdgeLine[], of: number): EdgeLine[][] {
  const numbered = edges.flatMap((edge) => {
    const number = pageNumber(edge.line.text);
    return number === null ? [] : [{ edge, key: `${edge.zone} ${number.roman} ${number.value - edge.page}` }];
  });
  const groups = grouped(numbered, ({ key }) => key).map((group) => group.map(({ edge }) => edge));
  const fewest = Math.max(2, Math.min(FEWEST, of));
  return groups.flatMap(byHeight).flatMap((group) => {
    const close = withTwins(group);
    return pagesOf(close).size >= fewest ? [close] : [];
  });
}

/** U6: a group whose pages would be left empty too often stays, and so does all of it. */
function sparing(
  groups: readonly EdgeLine[][],
  numbers: readonly Set<Line>[],
  pages: readonly PageLines[],
): EdgeLine[][] {
  const gone = numbers.map((set) => new Set(set));
  for (const { line, page } of groups.flat()) gone[page]?.add(line);
  const empty = pages.map(({ lines }, i) => lines.every((line) => gone[i]?.has(line)));
  return groups.filter((group) => {
    const on = [...pagesOf(group)];
    return on.filter((page) => empty[page]).length < EMPTIED * on.length;
  });
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): Item[][] {
  return [...groupBy(items, key).values()];
}

/** Parts a group by height: none further than SAME_HEIGHT below the first of its level. */
function byHeight(group: readonly EdgeLine[]): EdgeLine[][] {
  const levels: EdgeLine[][] = [];
  for (const edge of group.toSorted((a, b) => a.height - b.height)) {
    const level = levels.at(-1);
    if (level === undefined || edge.height - level[0]!.height > SAME_HEIGHT) levels.push([edge]);
    else level.push(edge);
  }
  return levels;
}

/** Those with another of the group at most TWIN pages away. */
function withTwins(group: readonly EdgeLine[]): EdgeLine[] {
  const pages = pagesOf(group);
  return group.filter(({ page }) => {
    for (let away = 1; away <= TWIN; away += 1) if (pages.has(page - away) || pages.has(page + away)) return true;
    return false;
  });
}

function pagesOf(group: readonly EdgeLine[]): Set<number> {
  return new Set(group.map(({ page }) => page));
}
