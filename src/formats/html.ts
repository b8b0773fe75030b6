import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { EngineError } from "#core/base/errors.ts";
import type { BLOCK } from "#core/model.ts";
import type { Signal } from "#core/ports.ts";
import { fold } from "#core/page/fold.ts";
import { block, type Block, type Blocks } from "./block.ts";
import { newTreeParser } from "./tree.ts";

/** Characters parsed before an abort is looked for: about 20 ms. */
const SLICE = 2 ** 18;

/** What is never shown as text: code, styles, alternatives for what we do not draw, and readings of ruby letters. */
const SKIPPED = new Set(
  "script style template noscript iframe noembed noframes object video audio canvas datalist select rt rp".split(" "),
);
const PARTING = new Set(
  (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure " +
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre search " +
    "section summary table tbody tfoot thead tr ul"
  ).split(" "),
);
const HIDDEN_STYLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
const WHITE = /[ \t\n\f\r]+/g;

/**
 * HTML → its title and blocks of text. Nothing is run, fetched or drawn. Table cells are joined by " | ": without a mark
 * the models read "Total 12 34" as one phrase, and a chunk that begins inside a table still shows its columns.
 * @param breathe lets an abort in between slices
 */
export async function htmlBlocks(html: string, signal: Signal, breathe: () => Promise<void>): Promise<Blocks> {
  const parser = await newTreeParser();
  for (let from = 0; from === 0 || from < html.length; from += SLICE) {
    parser.tokenizer.write(html.slice(from, from + SLICE), from + SLICE >= html.length);
    // oxlint-disable-next-line no-await-in-loop -- the parser is a stream
    await breathe();
    if (signal.aborted) throw new EngineError("CANCELLED");
  }
  return new Walk().read(parser.document);
}

/** One walk over a tree, without recursion: it may be as deep as the parser lets it. */
class Walk {
  readonly #blocks: Block[] = [];
  #title: string | null = null;
  /** Text of the block that is open. */
  #parts: string[] = [];
  /** Open elements that say what a block is; the innermost counts. */
  readonly #kinds: { readonly kind: keyof typeof BLOCK; readonly level: number }[] = [];
  readonly #lists: { next: number | null }[] = [];
  #marker = "";
  #pre = 0;
  /** Rows inside rows: a table in a cell parts nothing but its cells. */
  #rows = 0;
  #cells = 0;

  read(document: Tree.Document): Blocks {
    const todo: (Tree.ChildNode | { readonly leave: Tree.Element })[] = document.childNodes.toReversed();
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      if ("leave" in node) this.#leave(node.leave);
      else if ("value" in node) this.#parts.push(this.#pre > 0 ? node.value : node.value.replace(WHITE, " "));
      else if ("tagName" in node && this.#enter(node)) {
        todo.push({ leave: node });
        for (const child of node.childNodes.toReversed()) todo.push(child);
      }
    }
    this.#flush();
    return { title: this.#title, blocks: this.#blocks };
  }

  /** False where nothing of the element is text of the page. */
  #enter(element: Tree.Element): boolean {
    const { tagName: tag } = element;
    if (tag === "title" && this.#title === null && isInHead(element)) this.#title = titleOf(element);
    if (tag === "head") return true;
    if (tag === "title" || SKIPPED.has(tag) || isInHead(element) || isHidden(element)) return false;
    if (tag === "br") this.#parts.push("\n");
    else if (tag === "img") this.#parts.push(altOf(element));
    else if (tag === "td" || tag === "th") this.#cell();
    else if (PARTING.has(tag)) this.#open(element);
    return true;
  }

  #open(element: Tree.Element): void {
    const { tagName: tag } = element;
    // Within a row only the row parts: paragraphs in cells are words of it.
    if (this.#rows > 0) this.#parts.push(" ");
    else this.#flush();
    if (tag === "tr") {
      this.#rows += 1;
      if (this.#rows === 1) this.#cells = 0;
    } else if (tag === "pre") this.#pre += 1;
    else if (tag === "ol") this.#lists.push({ next: numberOf(element, "start") ?? 1 });
    else if (tag === "ul" || tag === "menu" || tag === "dir") this.#lists.push({ next: null });
    else if (tag === "li" && this.#rows === 0) this.#marker = this.#nextMarker(element);
    const kind = kindOf(element);
    if (kind !== null) this.#kinds.push(kind);
  }

  #leave(element: Tree.Element): void {
    const { tagName: tag } = element;
    if (!PARTING.has(tag)) return;
    if (tag === "tr") this.#rows -= 1;
    if (this.#rows > 0) this.#parts.push(" ");
    else this.#flush();
    if (tag === "pre") this.#pre -= 1;
    if (tag === "ol" || tag === "ul" || tag === "menu" || tag === "dir") this.#lists.pop();
    if (kindOf(element) !== null) this.#kinds.pop();
  }

  #cell(): void {
    if (this.#rows === 1 && this.#cells > 0) this.#parts.push(" | ");
    else this.#parts.push(" ");
    if (this.#rows === 1) this.#cells += 1;
  }

  /** Lists are numbered as a browser would; the marker belongs to the first words in the item. */
  #nextMarker(item: Tree.Element): string {
    const list = this.#lists.at(-1);
    if (list === undefined || list.next === null) return "• ";
    const number = numberOf(item, "value") ?? list.next;
    list.next = number + 1;
    return `${number}. `;
  }

  #flush(): void {
    const raw = this.#parts.join("");
    this.#parts = [];
    const { kind, level } = this.#kinds.at(-1) ?? { kind: "paragraph", level: 0 };
    const text = kind === "tableRow" ? row(raw) : this.#pre > 0 ? preformatted(raw) : flowing(raw);
    if (text === "") return;
    const marker = kind === "listItem" ? this.#marker : "";
    if (marker !== "") this.#marker = "";
    this.#blocks.push(block(kind, marker + text, level));
  }
}

function kindOf(element: Tree.Element): { readonly kind: keyof typeof BLOCK; readonly level: number } | null {
  const { tagName: tag } = element;
  if (/^h[1-6]$/.test(tag)) return { kind: "heading", level: Number(tag[1]) };
  if (tag === "li") {
    // How mammoth names a note of a Word document.
    const isNote = /^(?:foot|end)note-/.test(attribute(element, "id") ?? "");
    return { kind: isNote ? "footnote" : "listItem", level: 0 };
  }
  if (tag === "tr") return { kind: "tableRow", level: 0 };
  if (tag === "caption" || tag === "figcaption") return { kind: "caption", level: 0 };
  return tag === "aside" ? { kind: "aside", level: 0 } : null;
}

/** Lines stay where `<br>` made them. */
function flowing(raw: string): string {
  const lines = raw.split("\n").map((line) => fold(line).trim());
  return lines
    .join("\n")
    .replace(/\n{2,}/g, "\n")
    .trim();
}

/** One line, and nothing where every cell is empty. */
function row(raw: string): string {
  const line = fold(raw).trim();
  return /^[| ]*$/.test(line) ? "" : line;
}

/** Lines and indents stay; blank lines around and trailing blanks do not. */
function preformatted(raw: string): string {
  return raw
    .split(/\r\n?|\n/)
    .map((line) => line.replaceAll("\t", "    ").replace(/\S+/g, fold).trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}

function attribute(element: Tree.Element, name: string): string | null {
  return element.attrs.find((each) => each.name === name)?.value ?? null;
}

function numberOf(element: Tree.Element, name: string): number | null {
  const value = attribute(element, name);
  return value !== null && /^-?\d{1,9}$/.test(value) ? Number(value) : null;
}

/** The words that stand for a picture are often the only text of a figure; without any the picture says nothing. */
function altOf(element: Tree.Element): string {
  const alt = attribute(element, "alt")?.replace(WHITE, " ").trim() ?? "";
  return alt === "" ? "" : ` ${alt} `;
}

function isHidden(element: Tree.Element): boolean {
  if (attribute(element, "hidden") !== null || HIDDEN_STYLE.test(attribute(element, "style") ?? "")) return true;
  return element.tagName === "dialog" && attribute(element, "open") === null;
}

function isInHead(element: Tree.Element): boolean {
  const { parentNode } = element;
  return parentNode !== null && "tagName" in parentNode && parentNode.tagName === "head";
}

function titleOf(element: Tree.Element): string | null {
  const text = element.childNodes.map((child) => ("value" in child ? child.value : "")).join("");
  return fold(text).trim() || null;
}
