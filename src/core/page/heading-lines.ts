import type { Line } from "./line.ts";
import { numberingOf } from "./numbering.ts";
import type { HeadingRole, OutlineEntry } from "./source.ts";

/** A line that the file itself names a heading, by its tags or its outline. */
export interface NamedHeading {
  readonly level: number;
  readonly by: "tag" | "outline";
  /** Whether the heading begins with this line; else it goes on in it. */
  readonly opens: boolean;
}

/** An outline's title may be set on so many lines. */
const MOST_LINES = 3;
/** No page has more headings; each is looked for in all of its lines. */
const MOST_ENTRIES = 200;
const INNERMOST = 6;
/** `A Proofs`: outlines leave the letter out. */
const APPENDIX = /^[A-Z]\.?\s+(?=\p{Lu})/u;
const NOT_WORD = /[^\p{L}\p{M}\p{N}]+/gu;

/** The headings that tags and outline name on one page. Tags win: the outline may be another's work. */
export function namedHeadings(
  lines: readonly Line[],
  entries: readonly OutlineEntry[],
): ReadonlyMap<Line, NamedHeading> {
  const named = new Map<Line, NamedHeading>();
  let before: HeadingRole | null = null;
  for (const line of lines) {
    const role = tagOf(line);
    if (role !== null) named.set(line, { level: Number(role.slice(1)), by: "tag", opens: role !== before });
    before = role;
  }
  if (named.size > 0) return named;
  if (entries.length === 0) return named;
  const bares = lines.map(({ text }) => bare(text));
  for (const { title, level } of entries.slice(0, MOST_ENTRIES)) {
    for (const [i, line] of titleLines(lines, bares, title, named).entries()) {
      named.set(line, { level: Math.min(level, INNERMOST), by: "outline", opens: i === 0 });
    }
  }
  return named;
}

/** The tag of most letters of the line. */
function tagOf(line: Line): HeadingRole | null {
  const tagged = line.runs.filter(({ run }) => run.role !== null && run.role !== "artifact");
  const letters = tagged.reduce((sum, { start, end }) => sum + end - start, 0);
  const role = tagged[0]?.run.role ?? null;
  return role !== null && role !== "artifact" && 2 * letters > line.text.length ? role : null;
}

/** The first lines, not taken yet, that say just the title, with its number or without; none where the page has none. */
function titleLines(
  lines: readonly Line[],
  bares: readonly string[],
  title: string,
  taken: ReadonlyMap<Line, unknown>,
): readonly Line[] {
  const wanted = bare(title);
  if (wanted === "") return [];
  const wantedTitle = bare(numberingOf(title)?.title ?? title);
  let best: readonly Line[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    let said = "";
    for (let n = 0; n < MOST_LINES && i + n < lines.length; n += 1) {
      const line = lines[i + n]!;
      if (taken.has(line) || (n > 0 && line.size < 0.8 * lines[i]!.size)) break;
      said += bares[i + n] ?? "";
      if (said.length > wanted.length + 12) break;
      if (said !== wanted && !isTitle(said, lines.slice(i, i + n + 1), wantedTitle)) continue;
      // The largest: a title may stand in a table of contents or a header too.
      if (best.length === 0 || line.size > best[0]!.size) best = lines.slice(i, i + n + 1);
      break;
    }
  }
  return best;
}

function isTitle(said: string, lines: readonly Line[], wanted: string): boolean {
  if (wanted === "" || !said.endsWith(wanted)) return false;
  if (said === wanted) return true;
  const whole = lines.map(({ text }) => text).join(" ");
  const numbering = numberingOf(whole);
  return bare(numbering?.title ?? whole.replace(APPENDIX, "")) === wanted;
}

function bare(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(NOT_WORD, "");
}
