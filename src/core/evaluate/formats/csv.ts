import { EngineError } from "../../base/errors.ts";
import { LIMITS } from "./imported.ts";
import { withoutMark } from "./lines.ts";

export type Separator = "," | ";" | "\t";

export interface CsvRow {
  /** Where the row begins, 1-based. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Something stands behind a closing quotation mark. */
  readonly isMalformed: boolean;
}

/**
 * Rules V1 to V5: RFC 4180, and what spreadsheets make of it. Rows end with LF or CRLF; a quoted cell may hold separators,
 * line ends and doubled quotation marks; a quotation mark inside an unquoted cell is a letter; blank lines are left out.
 * @param file its name, for the error
 * @throws SET_BROKEN {file, line}: a quotation mark that is never closed, or a row longer than LIMITS.line
 */
export class CsvReader {
  readonly #separator: Separator;
  readonly #file: string;
  #line = 1;
  #began = 1;
  #length = 0;
  #cells: string[] = [];
  #cell = "";
  #state: "start" | "plain" | "quoted" | "closed" = "start";
  #isMalformed = false;
  /** A carriage return that may belong to a line end. */
  #held = false;

  constructor(separator: Separator, file: string) {
    this.#separator = separator;
    this.#file = file;
  }

  async *rows(pieces: AsyncIterable<string>): AsyncGenerator<CsvRow> {
    for await (const piece of withoutMark(pieces)) {
      this.#length += piece.length;
      for (let at = 0; at < piece.length; at += 1) {
        const letter = piece.charAt(at);
        if (letter === "\n" && this.#state !== "quoted") {
          this.#held = false;
          const row = this.#endRow();
          this.#length = piece.length - at;
          if (row !== null) yield row;
        } else this.#take(letter);
      }
      // Counted by pieces: a limit that is exceeded by less than one piece is no harm.
      if (this.#length > LIMITS.line) throw this.#broken();
    }
    if (this.#state === "quoted") throw this.#broken();
    this.#release();
    const last = this.#endRow();
    if (last !== null) yield last;
  }

  #take(letter: string): void {
    if (this.#state === "quoted") {
      if (letter === "\n") this.#line += 1;
      if (letter === '"') this.#state = "closed";
      else this.#cell += letter;
      return;
    }
    this.#release();
    if (letter === this.#separator) this.#endCell();
    else if (letter === "\r") this.#held = true;
    else if (letter === '"' && this.#state === "closed") {
      this.#cell += '"';
      this.#state = "quoted";
    } else if (letter === '"' && this.#state === "start") this.#state = "quoted";
    else this.#letter(letter);
  }

  #letter(letter: string): void {
    if (this.#state === "closed") this.#isMalformed = true;
    else this.#state = "plain";
    this.#cell += letter;
  }

  #release(): void {
    if (this.#held) this.#letter("\r");
    this.#held = false;
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = "";
    this.#state = "start";
  }

  #endRow(): CsvRow | null {
    const isBlank = this.#cells.length === 0 && this.#state === "start";
    this.#endCell();
    const row = { line: this.#began, cells: this.#cells, isMalformed: this.#isMalformed };
    this.#cells = [];
    this.#isMalformed = false;
    this.#line += 1;
    this.#began = this.#line;
    return isBlank ? null : row;
  }

  #broken(): EngineError {
    const where = { file: this.#file, line: this.#began };
    return new EngineError("SET_BROKEN", `a quotation mark is not closed, ${where.file}:${where.line}`, where);
  }
}

/** What parts the cells of a first row: what stands in it most often outside quotation marks, the comma in doubt. */
export function separatorOf(firstRow: string): Separator {
  const bare = firstRow.replaceAll(/"(?:[^"]|"")*"?/g, "");
  const count = (one: string): number => bare.split(one).length;
  const separators: readonly Separator[] = [",", ";", "\t"];
  return separators.reduce((best, one) => (count(one) > count(best) ? one : best));
}

const SPECIAL = /[",;\t\r\n]|^\s|\s$/;
/** Spreadsheets run what begins so as a formula; an apostrophe in front keeps it a text. Numbers stay. */
const FORMULA = /^(?:[=@]|[+-](?![\d.]))/;

/**
 * Rows with CRLF, quoted where needed.
 * @param safe for people's spreadsheets: text that would be run as a formula gets an apostrophe (a reader keeps it)
 */
export function writeCsv(rows: readonly (readonly string[])[], safe = false): string {
  const write = (cell: string, alone: boolean): string => {
    const text = safe && FORMULA.test(cell) ? `'${cell}` : cell;
    return SPECIAL.test(text) || (alone && text === "") ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map((cell) => write(cell, row.length === 1)).join(",")}\r\n`).join("");
}
