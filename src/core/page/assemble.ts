import { BLOCK, type TextBlocks, type TextRuns } from "../model.ts";
import { divisionOf, isOneWord, type Vocabulary } from "./hyphen.ts";
import { toJoints, type Joint } from "./joint.ts";
import type { Line } from "./line.ts";
import { Rows } from "./map.ts";
import { PARAGRAPH, type LineRole } from "./roles.ts";
import { firstCharacter, isHangul, isSpaceless, isUnparted, lastCharacter } from "./script.ts";
import type { SourceRun } from "./source.ts";

export interface Assembled {
  readonly text: string;
  readonly bodyEnd: number;
  readonly blocks: TextBlocks;
  readonly runs: TextRuns;
  readonly edges: Uint16Array;
}

/**
 * Lines in reading order → the page's text and its runs, ascending and disjoint; spaces and newlines made here belong
 * to no run. Role i is that of line i, furniture last: `bodyEnd` stands before it. Each change of role is a break.
 */
export function assemble(
  lines: readonly Line[],
  roles: readonly LineRole[],
  drawn: readonly SourceRun[],
  vocabulary: Vocabulary,
  given: readonly Joint[] = toJoints(lines),
): Assembled {
  const joints = given.map((joint, i) => (i === 0 || !sameRole(roles[i - 1], roles[i]) ? "break" : joint));
  const rows = new Rows(lines, drawn);
  const blocks: { readonly start: number; readonly role: LineRole }[] = [];
  let text = "";
  let bodyEnd: number | null = null;
  for (const [i, line] of lines.entries()) {
    const role = roles[i] ?? PARAGRAPH;
    if (joints[i] === "break") blocks.push({ start: text.length, role });
    if (role.kind === BLOCK.furniture) bodyEnd ??= Math.max(0, text.length - 1);
    const { cut, separator } = seam(line.text, lines[i + 1]?.text, joints[i + 1], vocabulary);
    const length = line.text.length - cut;
    rows.add(line, length, text.length);
    text += line.text.slice(0, length) + separator;
  }
  return {
    text,
    bodyEnd: bodyEnd ?? text.length,
    blocks: {
      starts: Uint32Array.from(blocks, ({ start }) => start),
      kinds: Uint8Array.from(blocks, ({ role }) => role.kind),
      levels: Uint8Array.from(blocks, ({ role }) => role.level),
    },
    ...rows.result(text.length),
  };
}

function sameRole(a: LineRole = PARAGRAPH, b: LineRole = PARAGRAPH): boolean {
  return a.kind === b.kind && a.level === b.level;
}

/** Characters to cut from the end of a line, and what to put between it and the next. */
interface Seam {
  readonly cut: 0 | 1;
  readonly separator: "" | " " | "\n";
}

function seam(before: string, after: string | undefined, joint: Joint | undefined, vocabulary: Vocabulary): Seam {
  // A soft hyphen is never text, whatever follows.
  const soft = before.endsWith("\u00AD") ? 1 : 0;
  if (after === undefined) return { cut: soft, separator: "" };
  if (joint === "break") return { cut: soft, separator: "\n" };
  if (joint === "row") return { cut: soft, separator: " " };
  const division = divisionOf(before, after, vocabulary);
  if (division !== "none") return { cut: division === "drop" ? 1 : 0, separator: "" };
  return { cut: soft, separator: separatorOf(before, after, vocabulary) };
}

function separatorOf(before: string, after: string, vocabulary: Vocabulary): "" | " " {
  const left = lastCharacter(before);
  const right = firstCharacter(after);
  if (isSpaceless(left) && isSpaceless(right)) return "";
  if (isUnparted(left) && isUnparted(right)) return "";
  if (isHangul(left) && isHangul(right)) return isOneWord(before, after, vocabulary) ? "" : " ";
  return " ";
}
