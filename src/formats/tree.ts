import type { DefaultTreeAdapterTypes as Tree, Parser, Token } from "parse5";
import { MAX_DEPTH, MAX_ELEMENTS } from "./limits.ts";

/**
 * Elements that change how letters look. The standard reopens every one of them in each paragraph that follows an
 * unclosed one, so 500 of them and 100,000 paragraphs are 50 million elements: here they are plain spans.
 */
const FORMATTING = new Set("a b big code em font i nobr s small strike strong tt u".split(" "));
/** Their content is read in another way, and without elements in it. */
const RAW = new Set("script style title textarea noscript iframe noembed noframes xmp plaintext".split(" "));

type TreeParser = Parser<Tree.DefaultTreeAdapterMap>;

/** A parse5 that stays linear: so many open elements, so many in all, and no formatting to reopen. What it drops is tags. */
export async function newTreeParser(): Promise<TreeParser> {
  const { Parser, html } = await import("parse5");
  class Shallow extends Parser<Tree.DefaultTreeAdapterMap> {
    #elements = 0;
    override onStartTag(token: Token.TagToken): void {
      this.#elements += 1;
      const full = this.#elements > MAX_ELEMENTS || this.openElements.stackTop >= MAX_DEPTH;
      if (full && !RAW.has(token.tagName)) return;
      super.onStartTag(plain(token, html.TAG_ID.SPAN));
    }
    override onComment(): void {}
    override onEndTag(token: Token.TagToken): void {
      super.onEndTag(plain(token, html.TAG_ID.SPAN));
    }
  }
  return new Shallow();
}

function plain(token: Token.TagToken, span: Token.TagToken["tagID"]): Token.TagToken {
  return FORMATTING.has(token.tagName) ? { ...token, tagName: "span", tagID: span } : token;
}
