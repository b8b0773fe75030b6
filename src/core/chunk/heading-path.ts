import type { CharOffset, Page } from "../model.ts";
import { headingsAt, type Heading } from "../page/outline.ts";

/** Deeper ones say the most; four are enough to tell any two sections apart. */
const MOST_HEADINGS = 4;
/** Characters of one heading; a longer "heading" is a sentence in bold. */
const LONGEST_HEADING = 80;

/** The paths of headings that chunks stand under, asked for in document order. */
export class HeadingPaths {
  readonly #headings: readonly Heading[];
  readonly #text: string;
  #next = 0;
  readonly #path: Heading[] = [];

  constructor(pages: readonly Page[], text: string) {
    this.#headings = headingsAt(pages);
    this.#text = text;
  }

  /** Headings over the text at `at`, outermost first; one that begins there is in the text and not repeated. */
  at(at: CharOffset): string[] {
    let heading = this.#headings[this.#next];
    for (; heading !== undefined && this.#begin(heading) < at; heading = this.#headings[this.#next]) {
      while ((this.#path.at(-1)?.level ?? 0) >= heading.level) this.#path.pop();
      this.#path.push(heading);
      this.#next++;
    }
    const own = heading !== undefined && this.#begin(heading) === at ? heading.level : Infinity;
    return this.#path
      .filter(({ level }) => level < own)
      .slice(-MOST_HEADINGS)
      .map(({ text }) => shortened(text));
  }

  /** Where its first letter stands: the block may begin with white space. */
  #begin({ start }: Heading): CharOffset {
    let at = start;
    while (/^\s/.test(this.#text.charAt(at))) at++;
    return at;
  }
}

function shortened(heading: string): string {
  if (heading.length <= LONGEST_HEADING) return heading;
  const cut = heading.slice(0, LONGEST_HEADING - 1);
  const space = cut.lastIndexOf(" ");
  // Back to a word's end, unless that costs half of it (no spaces: Chinese).
  const kept = space > LONGEST_HEADING / 2 ? cut.slice(0, space) : cut.replace(/[\ud800-\udbff]$/, "");
  return `${kept.trimEnd()}…`;
}
