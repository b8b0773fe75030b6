import type { Page } from "#core/model.ts";
import type { SourceRun } from "#core/page/source.ts";

export interface Fidelity {
  /** Share of the mapped characters whose source is the same letter, 0 to 1. */
  readonly same: number;
  /** Share of the text's characters, white space aside, that the map knows a source of, 0 to 1. */
  readonly mapped: number;
  /** Pairs that are not the same letter: text←source. */
  readonly others: readonly string[];
}

/** Follows every character of the pages' texts back to the run it was read from. `runs` by page, in drawing order. */
export function mapFidelity(pages: readonly Page[], runs: readonly (readonly SourceRun[])[]): Fidelity {
  let [solid, mapped, same] = [0, 0, 0];
  const others: string[] = [];
  for (const [index, page] of pages.entries()) {
    solid += letters(page.text);
    const { starts, ends, sources, sourceStarts, sourceEnds } = page.runs;
    for (const [row, start] of starts.entries()) {
      const text = page.text.slice(start, ends[row]);
      const source = runs[index]?.[sources[row] ?? -1]?.text.slice(sourceStarts[row], sourceEnds[row]) ?? "";
      mapped += letters(text);
      // One to one where the lengths agree; else the row is one unit.
      const [near, far] = [Array.from(text), Array.from(source)];
      const pairs = near.length === far.length ? near.map((char, i) => [char, far[i] ?? ""]) : [[text, source]];
      for (const [ours = "", theirs = ""] of pairs) {
        if (isSame(ours, theirs)) same += letters(ours);
        else if (letters(ours) > 0) others.push(`${ours}←${theirs}`);
      }
    }
  }
  return { same: mapped === 0 ? 1 : same / mapped, mapped: solid === 0 ? 1 : mapped / solid, others };
}

function letters(text: string): number {
  return text.replaceAll(/\s/g, "").length;
}

/** One letter in two spellings counts as the same: ligatures, presentation forms, radicals, composed accents. */
function isSame(ours: string, theirs: string): boolean {
  const [a, b] = [bare(ours), bare(theirs)];
  return a === b || MIRRORED.get(a) === b;
}

function bare(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{Sk}\p{Cc}\s\u00AD]/gu, "")
    .replaceAll(/[\u2010\u2011]/g, "-");
}

/** Right-to-left text is drawn with brackets turned round. */
const MIRRORED = new Map(Array.from("()[]{}<>«»", (char, i) => [char, "()[]{}<>«»"[i ^ 1] ?? ""]));
