import type { ImportLog } from "./import-log.ts";
import { LIMITS, type InputFile } from "./imported.ts";

export interface Line {
  /** 1-based. */
  readonly number: number;
  /** Without its line end; of a line that is longer than the limit, the beginning. */
  readonly text: string;
  readonly isCut: boolean;
}

const EXCERPT = 80;

/** The text without a byte order mark: decoders drop it, but not every file has only one. */
export async function* withoutMark(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let isStart = true;
  for await (const piece of pieces) {
    if (piece === "") continue;
    yield isStart && piece.startsWith("\uFEFF") ? piece.slice(1) : piece;
    isStart = false;
  }
}

/** Lines that end with LF or CRLF, blank ones too. Holds one line in memory, and of a longer one only the beginning. */
export async function* linesOf(pieces: AsyncIterable<string>, longest: number = LIMITS.line): AsyncGenerator<Line> {
  let number = 1;
  let kept = "";
  let isCut = false;
  const add = (part: string): void => {
    if (isCut) return;
    kept += part;
    if (kept.length <= longest) return;
    isCut = true;
    kept = kept.slice(0, EXCERPT);
  };
  const line = (): Line => ({ number, text: !isCut && kept.endsWith("\r") ? kept.slice(0, -1) : kept, isCut });
  for await (const piece of withoutMark(pieces)) {
    let from = 0;
    for (let at = piece.indexOf("\n"); at !== -1; at = piece.indexOf("\n", from)) {
      add(piece.slice(from, at));
      yield line();
      from = at + 1;
      number += 1;
      kept = "";
      isCut = false;
    }
    add(piece.slice(from));
  }
  if (kept !== "") yield line();
}

/** The lines that hold something. Rules F3, F4, F5: one that is too long is noted and left out, a blank one left out. */
export async function* readLines(file: InputFile, log: ImportLog): AsyncGenerator<Line> {
  for await (const line of linesOf(file.text())) {
    if (line.isCut) log.note("line-too-long", file.path, line.number, line.text);
    else if (line.text.trim() !== "") {
      if (line.text.includes("\uFFFD")) log.note("not-utf8", file.path, line.number, line.text);
      yield line;
    }
  }
}
