import type { TokenCount } from "../model.ts";
import type { Unit } from "./units.ts";

/** Units from `first` up to `end`, exclusive. */
export interface UnitRun {
  readonly first: number;
  readonly end: number;
}

interface Run extends UnitRun {
  readonly tokens: TokenCount;
  /** Of the heading it begins with; 0 before the first heading. */
  readonly level: number;
}

/**
 * The runs of units that no chunk crosses: sections, by their headings. One with less than `enough` tokens makes no
 * chunk of its own: it joins the next section of its level or below (a title without text, a list of short answers),
 * else, being the end of a larger section, the one before.
 */
export function sectionRuns(units: readonly Unit[], enough: TokenCount): UnitRun[] {
  const runs: Run[] = [];
  const joinBefore = (): void => {
    const tiny = runs.pop();
    const before = runs.pop();
    if (tiny !== undefined && before !== undefined)
      runs.push({ ...before, end: tiny.end, tokens: before.tokens + tiny.tokens });
    else if (tiny !== undefined) runs.push(tiny);
  };
  for (const section of sections(units)) {
    const last = runs.at(-1);
    const isTiny = last !== undefined && last.tokens < enough;
    if (isTiny && section.level >= last.level) {
      runs[runs.length - 1] = { ...last, end: section.end, tokens: last.tokens + section.tokens };
      continue;
    }
    if (isTiny) joinBefore();
    runs.push(section);
  }
  if ((runs.at(-1)?.tokens ?? enough) < enough) joinBefore();
  return runs;
}

function sections(units: readonly Unit[]): Run[] {
  const found: Run[] = [];
  for (const [i, { opens, tokens }] of units.entries()) {
    const last = found.at(-1);
    if (last === undefined || opens > 0) found.push({ first: i, end: i + 1, tokens, level: opens });
    else found[found.length - 1] = { ...last, end: i + 1, tokens: last.tokens + tokens };
  }
  return found;
}
