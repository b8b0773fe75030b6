import type { TextRuns } from "../model.ts";
import { writeBox } from "./box.ts";
import { divisionOf, isOneWord, type Vocabulary } from "./hyphen.ts";
import { toJoints, type Joint } from "./joint.ts";
import type { Line } from "./line.ts";
import { firstCharacter, isHangul, isSpaceless, lastCharacter } from "./script.ts";

/** Lines → the page's text and its runs, ascending and disjoint; spaces and newlines made here belong to no run. */
export function assemble(lines: readonly Line[], vocabulary: Vocabulary): { text: string; runs: TextRuns } {
  const joints = toJoints(lines);
  const most = lines.reduce((sum, line) => sum + line.runs.length, 0);
  const starts = new Uint32Array(most);
  const ends = new Uint32Array(most);
  const boxes = new Float32Array(4 * most);
  let rows = 0;
  let text = "";
  for (const [i, line] of lines.entries()) {
    const { cut, separator } = seam(line.text, lines[i + 1]?.text, joints[i + 1], vocabulary);
    const length = line.text.length - cut;
    for (const placed of line.runs) {
      const end = Math.min(placed.end, length);
      if (placed.start >= end) continue;
      starts[rows] = text.length + placed.start;
      ends[rows] = text.length + end;
      writeBox(placed.run, boxes, rows);
      rows += 1;
    }
    text += line.text.slice(0, length) + separator;
  }
  return {
    text,
    runs: { starts: starts.slice(0, rows), ends: ends.slice(0, rows), boxes: boxes.slice(0, 4 * rows) },
  };
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
