import { fold } from "#core/page/fold.ts";
import { plainPage } from "#core/page/plain-page.ts";
import { BLOCK, type Page } from "#core/model.ts";
import type { CorpusDocument } from "#core/evaluate/formats/imported.ts";

/** A document of a corpus as its file would hold it: the title as a paragraph of its own, as BEIR's runs read both. */
export function fileText({ title, text }: CorpusDocument): string {
  return [title, text].filter((part) => part.trim() !== "").join("\n\n");
}

/** One page, the title as its heading: every passage is read under it. Null where there is nothing to read. */
export function corpusPage({ title, text }: CorpusDocument): Page | null {
  const heading = tidied(title).replaceAll("\n", " ");
  const body = tidied(text);
  const whole = [heading, body].filter((part) => part !== "").join("\n");
  if (whole === "") return null;
  const page = plainPage(0, whole);
  if (heading === "" || body === "") return page;
  const { kinds, levels } = page.blocks;
  kinds[0] = BLOCK.heading;
  levels[0] = 1;
  return page;
}

/** Letters as in every text that is read (ligatures, compatibility forms), lines by one sign, no blank ones. */
function tidied(text: string): string {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim().replace(/\S+/g, fold));
  return lines.filter((line) => line !== "").join("\n");
}
