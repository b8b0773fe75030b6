import { LIMITS, type ImportProblem, type ImportReason, type ImportReport } from "./imported.ts";

const EXCERPT = 80;

/** What a reader met on its way. */
export class ImportLog {
  readonly #counts: Partial<Record<ImportReason, number>> = {};
  readonly #problems: ImportProblem[] = [];

  note(reason: ImportReason, file: string, line: number, excerpt = ""): void {
    const count = (this.#counts[reason] ?? 0) + 1;
    this.#counts[reason] = count;
    if (count <= LIMITS.problems) this.#problems.push({ file, line, reason, excerpt: excerpt.slice(0, EXCERPT) });
  }

  report(read: ImportReport["read"]): ImportReport {
    return { read, counts: { ...this.#counts }, problems: [...this.#problems] };
  }
}
