import type { FontWidths } from "./glyph-widths.ts";
import { standardWidth, type Family } from "./standard-widths.ts";

/** A space of justified text is within these, in em; elsewhere the letters themselves are spaced. */
const SPACE = { least: 0.1, usual: 0.25, most: 1.2 };

export interface Spacing {
  readonly text: string;
  /** How far the run advances, and its em, in the same unit. */
  readonly advance: number;
  readonly em: number;
  /** The file's own widths, as far as they are known. */
  readonly known: FontWidths | undefined;
  readonly family: Family;
}

/**
 * Where each UTF-16 unit ends, as a share of the advance. Letters keep their widths and spaces take what justification
 * added; where that makes no sense, everything is stretched alike. null where evenly spaced is as good.
 */
export function toEdges({ text, advance, em, known, family }: Spacing): Float32Array | null {
  if (text.length < 2 || !(advance > 0) || !(em > 0)) return null;
  const widths = new Float32Array(text.length);
  let letters = 0;
  let spaces = 0;
  for (let at = 0; at < text.length; at++) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (character === " ") spaces += 1;
    // Of a pair the second unit has the width.
    at += character.length - 1;
    const width = character === " " ? 0 : (known?.get(character) ?? standardWidth(character, family));
    widths[at] = width;
    letters += width;
  }
  const each = (advance / em - letters) / spaces;
  const justified = spaces > 0 && each >= SPACE.least && each <= SPACE.most;
  const space = justified ? each : (known?.get(" ") ?? SPACE.usual);
  const total = letters + spaces * space;
  if (!(total > 0)) return null;
  let end = 0;
  for (let at = 0; at < text.length; at++) {
    end += text[at] === " " ? space : (widths[at] ?? 0);
    widths[at] = Math.min(1, end / total);
  }
  return widths;
}
