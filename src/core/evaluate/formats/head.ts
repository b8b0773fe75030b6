import type { InputFile } from "./imported.ts";
import { withoutMark } from "./lines.ts";

/** Enough for the first lines of every format; BEIR's longest first line, a whole Wikipedia article, is cut and still told. */
const HEAD = 65_536;

/** The beginning of a file, at most 64 K characters. */
export async function headOf(file: InputFile): Promise<string> {
  let head = "";
  for await (const piece of withoutMark(file.text())) {
    head += piece.slice(0, HEAD - head.length);
    if (head.length >= HEAD) break;
  }
  return head;
}
