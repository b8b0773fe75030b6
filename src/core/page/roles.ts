import { BLOCK, type BlockKind } from "../model.ts";

/** What a line is part of. */
export interface LineRole {
  readonly kind: BlockKind;
  /** 1 (outermost) to 6 for headings, else 0. */
  readonly level: number;
}

export const PARAGRAPH: LineRole = { kind: BLOCK.paragraph, level: 0 };
