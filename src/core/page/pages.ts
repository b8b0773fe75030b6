import type { Page } from "../model.ts";
import { assemble } from "./assemble.ts";
import { toVocabulary } from "./hyphen.ts";
import { toLines } from "./line.ts";
import { inReadingOrder } from "./order.ts";
import { toQuality } from "./quality.ts";
import type { OutlineEntry, SourcePage } from "./source.ts";

/** All pages of one document at once: words divided at a line end are joined by the words of the whole document. */
export function toPages(sources: readonly SourcePage[], _outline: readonly OutlineEntry[] = []): Page[] {
  const lines = sources.map((source) => inReadingOrder(toLines(source.runs), source));
  const vocabulary = toVocabulary(lines);
  return sources.map(({ label, width, height, rotation, runs }, index) => {
    const assembled = assemble(lines[index] ?? [], [], runs, vocabulary);
    return { index, label, width, height, rotation, quality: toQuality(runs), origin: "file", ...assembled };
  });
}
