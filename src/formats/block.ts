import { BLOCK, type BlockKind } from "#core/model.ts";

/** A piece of a document's text that belongs together, before there are sections. */
export interface Block {
  readonly kind: BlockKind;
  /** 1 to 6 for headings, else 0. */
  readonly level: number;
  /** Not empty; newlines only where the writer broke the line (`<br>`, `<pre>`, code). */
  readonly text: string;
}

export interface Blocks {
  readonly title: string | null;
  readonly blocks: readonly Block[];
}

export function block(kind: keyof typeof BLOCK, text: string, level = 0): Block {
  return { kind: BLOCK[kind], level, text };
}
