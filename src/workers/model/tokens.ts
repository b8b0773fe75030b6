import type { PreTrainedTokenizer } from "@huggingface/transformers";
import { EngineError } from "#core/base/errors.ts";
import type { TokenRow } from "./padded-batch.ts";

/** The special tokens that a model wants around a text, and around and between the two of a pair. */
interface Frame {
  readonly before: readonly number[];
  readonly between: readonly number[];
  readonly after: readonly number[];
}

/** Any word: where its tokens lie shows where the special ones do. */
const WORD = "a";

/**
 * A tokenizer as models are run with it: tokens of the text alone, cut by the caller, framed afterwards. The library's
 * own truncation loses the last special token, and of a pair with a long first text the second text.
 */
export class Tokens {
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #special: RegExp | null;
  readonly #single: Frame;
  #pair: Frame | null = null;

  /** @throws MODEL_MISMATCH where the special tokens cannot be told */
  constructor(tokenizer: PreTrainedTokenizer) {
    this.#tokenizer = tokenizer;
    const special = tokenizer.all_special_tokens.filter((token) => token.length > 1);
    this.#special = special.length === 0 ? null : new RegExp(special.map((token) => escaped(token)).join("|"), "g");
    const word = tokenizer.encode(WORD, { add_special_tokens: false });
    const [before, after] = aroundOf(tokenizer.encode(WORD), word);
    this.#single = { before, between: [], after };
  }

  /** Only of a tokenizer that frames pairs: those of language models have no second text. */
  get #pairFrame(): Frame {
    if (this.#pair === null) {
      const word = this.#tokenizer.encode(WORD, { add_special_tokens: false });
      const [before, rest] = aroundOf(this.#tokenizer.encode(WORD, { text_pair: WORD }), word);
      const [between, after] = aroundOf(rest, word);
      this.#pair = { before, between, after };
    }
    return this.#pair;
  }

  get padding(): number {
    return this.#tokenizer.pad_token_id;
  }

  get unknown(): number {
    return this.#tokenizer.unk_token_id;
  }

  /** Tokens beside those of a text. */
  get singleSpecials(): number {
    return sizeOf(this.#single);
  }

  /** Tokens beside those of a pair's two texts. */
  get pairSpecials(): number {
    return sizeOf(this.#pairFrame);
  }

  /** Ids of a text without special tokens, never cut. What a document writes like one (`[SEP]`, `</s>`) is plain text. */
  ids(text: string): number[] {
    return this.promptIds(this.plain(text));
  }

  /** The text with nothing in it that would be read as a special token. */
  plain(text: string): string {
    return this.#special === null ? text : text.replaceAll(this.#special, spaced);
  }

  /** Ids of a prompt of ours, special tokens read as such. */
  promptIds(text: string): number[] {
    return this.#tokenizer.encode(text, { add_special_tokens: false });
  }

  single(ids: readonly number[]): TokenRow {
    const { before, after } = this.#single;
    const row = [...before, ...ids, ...after];
    return { ids: row, second: row.length };
  }

  pair(first: readonly number[], second: readonly number[]): TokenRow {
    const { before, between, after } = this.#pairFrame;
    const head = [...before, ...first, ...between];
    return { ids: [...head, ...second, ...after], second: head.length };
  }
}

function sizeOf({ before, between, after }: Frame): number {
  return before.length + between.length + after.length;
}

/** What stands before and behind the first place of `part`. */
function aroundOf(whole: readonly number[], part: readonly number[]): [before: number[], after: number[]] {
  const at = whole.findIndex((_, from) => part.every((id, i) => whole[from + i] === id));
  if (part.length === 0 || at === -1) {
    throw new EngineError("MODEL_MISMATCH", "the tokenizer frames no text");
  }
  return [whole.slice(0, at), whole.slice(at + part.length)];
}

function spaced(token: string): string {
  return `${token.slice(0, 1)} ${token.slice(1)}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
