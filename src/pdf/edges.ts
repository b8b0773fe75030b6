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
export function toEdges({ text, advance, em, known, family }: Spacing): readonly number[] | null {
  if (text.length < 2 || !(advance > 0) || !(em > 0)) return null;
  // A plain array: typed ones of this length cost several times as much to make.
  const widths: number[] = [];
  let letters = 0;
  let spaces = 0;
  for (let at = 0; at < text.length; at++) {
    let character = text.charAt(at);
    if (character === " ") {
      spaces += 1;
      widths.push(0);
      continue;
    }
    if (isHighSurrogate(text.charCodeAt(at)) && at + 1 < text.length) {
      // Of a pair the second unit has the width.
      widths.push(0);
      at += 1;
      character += text.charAt(at);
    }
    const width = known?.get(character) ?? standardWidth(character, family);
    widths.push(width);
    letters += width;
  }
  const each = (advance / em - letters) / spaces;
  const justified = spaces > 0 && each >= SPACE.least && each <= SPACE.most;
  const space = justified ? each : (known?.get(" ") ?? SPACE.usual);
  const total = letters + spaces * space;
  if (!(total > 0)) return null;
  let end = 0;
  for (let at = 0; at < text.length; at++) {
    end += text.charAt(at) === " " ? space : (widths[at] ?? 0);
    widths[at] = Math.min(1, end / total);
  }
  return widths;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
