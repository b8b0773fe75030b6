import { BLOCK, type TextBlocks, type TextRuns } from "../model.ts";
import { FRAME, writeFrame } from "./frame.ts";
import { divisionOf, isOneWord, type Vocabulary } from "./hyphen.ts";
import { toJoints, type Joint } from "./joint.ts";
import type { Line } from "./line.ts";
import { PARAGRAPH, type LineRole } from "./roles.ts";
import { firstCharacter, isHangul, isSpaceless, lastCharacter } from "./script.ts";
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
  const order = new Map(drawn.map((run, i) => [run, i]));
  const most = lines.reduce((sum, line) => sum + line.runs.length, 0);
  const starts = new Uint32Array(most);
  const ends = new Uint32Array(most);
  const sources = new Uint32Array(most);
  const sourceEnds = new Uint32Array(most);
  const frames = new Float32Array(FRAME * most);
  const edges: number[] = [];
  const blocks: { readonly start: number; readonly role: LineRole }[] = [];
  let rows = 0;
  let text = "";
  let bodyEnd: number | null = null;
  for (const [i, line] of lines.entries()) {
    const role = roles[i] ?? PARAGRAPH;
    if (joints[i] === "break") blocks.push({ start: text.length, role });
    if (role.kind === BLOCK.furniture) bodyEnd ??= Math.max(0, text.length - 1);
    const { cut, separator } = seam(line.text, lines[i + 1]?.text, joints[i + 1], vocabulary);
    const length = line.text.length - cut;
    for (const placed of line.runs) {
      const end = Math.min(placed.end, length);
      if (placed.start >= end) continue;
      starts[rows] = text.length + placed.start;
      ends[rows] = text.length + end;
      sources[rows] = order.get(placed.run) ?? 0;
      sourceEnds[rows] = placed.run.text.length;
      writeFrame(placed.run, frames, rows);
      const size = placed.end - placed.start;
      for (let k = 0; k < end - placed.start; k += 1) {
        edges[text.length + placed.start + k] = Math.round((65535 * (k + 1)) / size);
      }
      rows += 1;
    }
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
    runs: {
      starts: starts.slice(0, rows),
      ends: ends.slice(0, rows),
      sources: sources.slice(0, rows),
      sourceStarts: new Uint32Array(rows),
      sourceEnds: sourceEnds.slice(0, rows),
      frames: frames.slice(0, FRAME * rows),
    },
    edges: Uint16Array.from({ length: text.length }, (_, at) => edges[at] ?? 0),
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
  if (isHangul(left) && isHangul(right)) return isOneWord(before, after, vocabulary) ? "" : " ";
  return " ";
}
