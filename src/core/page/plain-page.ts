import { BLOCK, type Page } from "../model.ts";

/** Columns of a page without geometry: a section of a text, or a page made up by a test. */
export const NO_RUNS: Page["runs"] = {
  starts: new Uint32Array(),
  ends: new Uint32Array(),
  sources: new Uint32Array(),
  sourceStarts: new Uint32Array(),
  sourceEnds: new Uint32Array(),
  frames: new Float32Array(),
};

/** A section of a document that has no pages: text without a place. Blocks part at newlines unless they are given. */
export function plainPage(index: number, text: string, given: Partial<Page> = {}): Page {
  const starts = text === "" ? [] : [0, ...Array.from(text.matchAll(/\n(?!$)/g), ({ index: at }) => at + 1)];
  return {
    index,
    label: null,
    width: 0,
    height: 0,
    rotation: 0,
    text,
    bodyEnd: text.length,
    quality: text.trim() === "" ? "no-text" : "text",
    origin: "file",
    blocks: {
      starts: Uint32Array.from(starts),
      kinds: new Uint8Array(starts.length).fill(BLOCK.paragraph),
      levels: new Uint8Array(starts.length),
    },
    runs: NO_RUNS,
    edges: new Uint16Array(text.length),
    ...given,
  };
}
