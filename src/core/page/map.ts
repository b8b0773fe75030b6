import type { CharOffset, TextRuns } from "../model.ts";
import { upTo, type PlacedRun } from "./compose.ts";
import { FRAME, reach, writeFrame } from "./frame.ts";
import type { Line } from "./line.ts";
import type { SourceRun } from "./source.ts";

const WHOLE = 65535;

/** The columns of a page's character map, as they are filled line by line. */
export class Rows {
  readonly #order: ReadonlyMap<SourceRun, number>;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #sources: Uint32Array;
  readonly #sourceStarts: Uint32Array;
  readonly #sourceEnds: Uint32Array;
  readonly #frames: Float32Array;
  readonly #edges: Uint16Array;
  #rows = 0;

  constructor(lines: readonly Line[], drawn: readonly SourceRun[]) {
    this.#order = new Map(drawn.map((run, i) => [run, i]));
    const most = lines.reduce((sum, line) => sum + line.runs.length, 0);
    this.#starts = new Uint32Array(most);
    this.#ends = new Uint32Array(most);
    this.#sources = new Uint32Array(most);
    this.#sourceStarts = new Uint32Array(most);
    this.#sourceEnds = new Uint32Array(most);
    this.#frames = new Float32Array(FRAME * most);
    // One character between two lines at most.
    this.#edges = new Uint16Array(lines.reduce((sum, line) => sum + line.text.length + 1, 0));
  }

  /** The first `length` characters of a line, which stand at `offset` of the page's text. */
  add(line: Line, length: CharOffset, offset: CharOffset): void {
    for (const placed of line.runs) {
      const row = upTo(placed, length);
      if (row !== null) this.#push(row, offset);
    }
  }

  #push({ run, start, end, sourceStart, sourceEnd }: PlacedRun, offset: CharOffset): void {
    const row = this.#rows;
    this.#starts[row] = offset + start;
    this.#ends[row] = offset + end;
    this.#sources[row] = this.#order.get(run) ?? 0;
    this.#sourceStarts[row] = sourceStart;
    this.#sourceEnds[row] = sourceEnd;
    const near = reach(run, sourceStart);
    const far = Math.max(near, reach(run, sourceEnd));
    writeFrame(run, near, far, this.#frames, row);
    const size = end - start;
    const isPaired = size === sourceEnd - sourceStart && run.edges !== null && far > near;
    for (let k = 1; k <= size; k += 1) {
      const share = isPaired ? (reach(run, sourceStart + k) - near) / (far - near) : k / size;
      this.#edges[offset + start + k - 1] = Math.round(WHOLE * Math.min(1, Math.max(0, share)));
    }
    this.#rows += 1;
  }

  result(length: CharOffset): { readonly runs: TextRuns; readonly edges: Uint16Array } {
    const rows = this.#rows;
    return {
      runs: {
        starts: this.#starts.slice(0, rows),
        ends: this.#ends.slice(0, rows),
        sources: this.#sources.slice(0, rows),
        sourceStarts: this.#sourceStarts.slice(0, rows),
        sourceEnds: this.#sourceEnds.slice(0, rows),
        frames: this.#frames.slice(0, FRAME * rows),
      },
      edges: this.#edges.slice(0, length),
    };
  }
}
