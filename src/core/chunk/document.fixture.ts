import { BLOCK, type BlockKind, type Page } from "../model.ts";
import { plainPage } from "../page/plain-page.ts";

/** A block as its text and kind; headings as their level. */
export type Drawn = readonly [kind: keyof typeof BLOCK | 1 | 2 | 3 | 4 | 5 | 6, text: string];

/** Pages of blocks, one a line; furniture stands behind the body. */
export function pagesOfBlocks(...pages: readonly (readonly Drawn[])[]): Page[] {
  return pages.map((drawn, index) => {
    const text = drawn.map(([, line]) => line).join("\n");
    const starts: number[] = [];
    let at = 0;
    let bodyEnd: number | null = null;
    for (const [kind, line] of drawn) {
      starts.push(at);
      if (kind === "furniture") bodyEnd ??= Math.max(0, at - 1);
      at += line.length + 1;
    }
    const kindOf = (kind: Drawn[0]): BlockKind => (typeof kind === "number" ? BLOCK.heading : BLOCK[kind]);
    return plainPage(index, text, {
      bodyEnd: bodyEnd ?? text.length,
      blocks: {
        starts: Uint32Array.from(starts),
        kinds: Uint8Array.from(drawn, ([kind]) => kindOf(kind)),
        levels: Uint8Array.from(drawn, ([kind]) => (typeof kind === "number" ? kind : 0)),
      },
    });
  });
}

/** `count` sentences of ten words, each token of which is one of countWordPieces (11 with the stop). */
export function sentences(count: number, subject: string): string {
  return Array.from({ length: count }, (_, i) => `The ${subject} of row ${i} is as old as time.`).join(" ");
}
