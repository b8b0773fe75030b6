import type { Page } from "#core/model.ts";
import { count } from "./numbers.ts";

/** "iii" where the document numbers its pages itself, else "3". */
export function pageLabel(page: Page): string {
  return page.label ?? String(page.index + 1);
}

/** "Page iii (3 of 311)", or "Page 3 of 311" where both numbers are the same. */
export function pageName(page: Page, of: number): string {
  const number = page.index + 1;
  const label = pageLabel(page);
  return label === String(number) ? `Page ${number} of ${count(of)}` : `Page ${label} (${number} of ${count(of)})`;
}

/** The page that somebody means by what they typed: its label first, then its number; null where there is none. */
export function pageMeant(pages: readonly Page[], typed: string): Page | null {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return null;
  const labelled = pages.find((page) => page.label?.toLowerCase() === wanted);
  if (labelled !== undefined) return labelled;
  return /^\d+$/.test(wanted) ? (pages[Number(wanted) - 1] ?? null) : null;
}

/** "3 of 17", "no matches"; `more`: there are more than were counted. */
export function matchCount(at: number | null, of: number, more: boolean): string {
  if (of === 0) return "No matches";
  return `${at === null ? "\u2013" : count(at + 1)} of ${more ? "more than " : ""}${count(of)}`;
}
