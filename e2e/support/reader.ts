import { expect, type Locator, type Page } from "@playwright/test";
import { fold } from "../../src/core/page/fold.ts";

/** The reader as a person finds it, and what its marks cover. */
export class ReaderPage {
  readonly page: Page;
  readonly frame: Locator;
  readonly pages: Locator;
  readonly chosen: Locator;
  readonly pageBox: Locator;

  constructor(page: Page) {
    this.page = page;
    this.frame = page.getByRole("region", { name: "Reader" });
    this.pages = this.frame.locator("[data-reader-pages]");
    this.chosen = this.frame.locator("[data-mark=chosen]");
    this.pageBox = this.frame.getByRole("textbox", { name: "Page", exact: true });
  }

  /** The marked passage is on the screen and its page can be read back. */
  async shows(): Promise<void> {
    await expect(this.chosen.first()).toBeVisible();
  }

  /** Zero-based numbers of the pages in the document that hold chosen marks now. */
  async markedPages(): Promise<number[]> {
    const numbers = await this.chosen.evaluateAll((marks) =>
      marks.map((mark) => Number(mark.closest<HTMLElement>("[data-page]")?.dataset["page"])),
    );
    return [...new Set(numbers)].toSorted((a, b) => a - b);
  }

  async goTo(index: number): Promise<void> {
    await this.pageBox.fill(String(index + 1));
    await this.pageBox.press("Enter");
    await this.textOf(index);
  }

  /** The page's text layer is complete. */
  async textOf(index: number): Promise<void> {
    await expect(this.frame.locator(`[data-page="${index}"] [data-text-layer] [data-end]`)).toBeAttached({
      timeout: 60_000,
    });
  }

  /**
   * The letters of the text layer whose middle lies on a chosen mark, in the order of the text layer, without white
   * space: what a person sees as marked on this page.
   */
  async markedLetters(index: number): Promise<string> {
    await this.textOf(index);
    return this.frame.locator(`[data-page="${index}"]`).evaluate((page) => {
      const boxes = [...page.querySelectorAll("[data-mark=chosen]")].map((mark) => mark.getBoundingClientRect());
      const walker = document.createTreeWalker(page.querySelector("[data-text-layer]")!, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      let letters = "";
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        let at = 0;
        for (const letter of node.textContent ?? "") {
          range.setStart(node, at);
          range.setEnd(node, at + letter.length);
          at += letter.length;
          if (letter.trim() === "") continue;
          const { left, right, top, bottom } = range.getBoundingClientRect();
          const [x, y] = [(left + right) / 2, (top + bottom) / 2];
          if (boxes.some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom))
            letters += letter;
        }
      }
      return letters;
    });
  }

  /** The same over all pages of the passage, from the one that is shown on. */
  async passageLetters(first: number): Promise<string> {
    let letters = await this.markedLetters(first);
    for (let index = first + 1; ; index += 1) {
      const exists = (await this.frame.locator(`[data-page="${index}"]`).count()) > 0;
      if (!exists) break;
      const more = (await this.markedPages()).includes(index);
      if (!more) break;
      await this.goTo(index);
      letters += await this.markedLetters(index);
    }
    return letters;
  }
}

/** Letters as they are compared: folded as all text is, without spaces and the hyphens that joining lines takes away. */
export function lettersOf(text: string): string {
  return fold(text)
    .normalize("NFKC")
    .replaceAll(/[\s\u00ad\u2010-]/gu, "");
}

/**
 * How much two texts have in common, 0 to 1: twice the common triples of letters over all. The text layer goes in
 * drawing order, ours in reading order; where the two part, a few triples differ.
 */
export function shared(a: string, b: string): number {
  const [left, right] = [triples(a), triples(b)];
  const counts = new Map<string, number>();
  for (const triple of left) counts.set(triple, (counts.get(triple) ?? 0) + 1);
  let common = 0;
  for (const triple of right) {
    const rest = counts.get(triple) ?? 0;
    if (rest > 0) common += 1;
    counts.set(triple, rest - 1);
  }
  return (2 * common) / Math.max(1, left.length + right.length);
}

function triples(text: string): string[] {
  const letters = Array.from(text);
  return letters.slice(0, -2).map((_, at) => letters.slice(at, at + 3).join(""));
}
