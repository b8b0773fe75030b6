import type { Page } from "../model.ts";
import { assemble } from "./assemble.ts";
import { bodyStyle } from "./body-style.ts";
import { furnitureOf } from "./furniture.ts";
import { groupBy } from "./group.ts";
import { headingsOf } from "./headings.ts";
import { toVocabulary } from "./hyphen.ts";
import { toLines } from "./line.ts";
import { toReadingOrder } from "./order.ts";
import { toQuality } from "./quality.ts";
import type { OutlineEntry, SourcePage } from "./source.ts";
import { jointsOf, rolesOf, structureOf } from "./structure.ts";

/**
 * All pages of one document at once: furniture is what repeats, headings are what looks unlike the rest, and words
 * divided at a line end are joined by the words of the whole document.
 */
export function toPages(sources: readonly SourcePage[], outline: readonly OutlineEntry[] = []): Page[] {
  const drawn = sources.map((source) => ({ source, lines: toLines(source.runs) }));
  const style = bodyStyle(drawn.map(({ lines }) => lines));
  const furniture = furnitureOf(drawn, style.size);
  const entries = groupBy(outline, ({ page }) => page);
  const bodies = toReadingOrder(drawn.map(({ lines }, page) => lines.filter((line) => !furniture[page]?.has(line))));
  const structures = bodies.map((body, page) =>
    structureOf(page, body, [...(furniture[page] ?? [])], entries.get(page) ?? [], style),
  );
  const headings = headingsOf(
    structures.flatMap(({ blocks }) => blocks),
    style,
  );
  const vocabulary = toVocabulary(structures.map(({ lines }) => lines));
  return sources.map(({ label, width, height, rotation, runs, imageShare }, index) => {
    const structure = structures[index] ?? { lines: [], joints: [], blocks: [] };
    const assembled = assemble(
      structure.lines,
      rolesOf(structure, headings),
      runs,
      vocabulary,
      jointsOf(structure, headings),
    );
    const quality = toQuality(runs, imageShare);
    return { index, label, width, height, rotation, quality, origin: "file", ...assembled };
  });
}
