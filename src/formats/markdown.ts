import type { Token } from "marked";

/** YAML between two lines of dashes at the very beginning: for programs, not for readers. */
const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]{0,65536}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;
const FRONT_TITLE = /^title:[ \t]*(["']?)(.+?)\1[ \t]*$/m;

/**
 * marked's emphasis is quadratic and worse ("**a_" 20,000 times: minutes for 80 kB), so it sees no longer paragraph,
 * and after so many milliseconds in all none; the marks there are read as text.
 */
const LONGEST_INLINE = 10_000;
const LONGEST_EMPHASIS = 2_000;
const INLINE_BUDGET = 5_000;

export interface Marked {
  readonly title: string | null;
  readonly html: string;
}

/** GitHub's Markdown → HTML; raw HTML inside passes through and is read like any other. */
export async function markdownHtml(source: string): Promise<Marked> {
  const { Lexer, Parser, Tokenizer } = await import("marked");
  class ShortEmphasis extends Tokenizer {
    override emStrong(...[text, ...rest]: Parameters<InstanceType<typeof Tokenizer>["emStrong"]>) {
      return text.length > LONGEST_EMPHASIS ? undefined : super.emStrong(text, ...rest);
    }
  }
  class Bounded extends Lexer {
    #spent = 0;
    override inlineTokens(...[text, tokens]: Parameters<InstanceType<typeof Lexer>["inlineTokens"]>) {
      if (text.length > LONGEST_INLINE || this.#spent > INLINE_BUDGET) return plain(text, tokens);
      const before = performance.now();
      const made = super.inlineTokens(text, tokens);
      // Nested calls count twice; a bound is all that is needed.
      this.#spent += performance.now() - before;
      return made;
    }
  }
  const front = FRONT_MATTER.exec(source);
  const body = front === null ? source : source.slice(front[0].length);
  const title = front?.[1] === undefined ? null : (FRONT_TITLE.exec(front[1])?.[2] ?? null);
  const tokens = new Bounded({ gfm: true, tokenizer: new ShortEmphasis() }).lex(body);
  return { title, html: Parser.parse(tokens) };
}

function plain(text: string, tokens: Token[] = []): Token[] {
  tokens.push({ type: "text", raw: text, text, escaped: false });
  return tokens;
}
