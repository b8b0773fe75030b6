import { gainsOf } from "#core/evaluate/ceiling.ts";
import type { EvaluationRun, MetricName, Outcome } from "#core/evaluate/model.ts";
import type { CountSettings } from "#core/evaluate/report-model.ts";
import { reportOf } from "#core/evaluate/report.ts";
import { exposeApi } from "../wire/expose.ts";

/** The run that is counted; its lists come piece by piece. */
let run: (EvaluationRun & { readonly cells: readonly { readonly outcomes: Outcome[] }[] }) | null = null;

const api = {
  begin(frame: EvaluationRun) {
    run = { ...frame, cells: frame.cells.map((cell) => ({ ...cell, outcomes: [] })) };
  },
  add(cell: number, outcomes: readonly Outcome[]) {
    run?.cells[cell]?.outcomes.push(...outcomes);
  },
  gains: (cellKey: string, metric: MetricName, counted: CountSettings) =>
    run === null ? null : gainsOf(run, cellKey, metric, counted),
  report: (counted: CountSettings) => (run === null ? null : reportOf(run, counted)),
};

export type ReportApi = typeof api;
exposeApi(api);
