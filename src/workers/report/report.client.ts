import type { Remote } from "comlink";
import { EngineError } from "#core/base/errors.ts";
import type { EvaluationRun, MetricName, Outcome } from "#core/evaluate/model.ts";
import type { CountSettings, EvaluationReport, QuestionGain } from "#core/evaluate/report-model.ts";
import { bridge } from "../wire/bridge.ts";
import type { ReportApi } from "./report.worker.ts";

/** Outcomes a message: copying 100 lists of 200 items takes the page some 5 ms, a whole run of 1,000 questions 600. */
const BATCH = 100;

/** What the report is counted of: no texts, and not which chunks. */
function slim({ questionId, items, ranks, scores, milliseconds, fallback }: Outcome): Outcome {
  return { questionId, items, ranks, scores, milliseconds, fallback, chunks: [] };
}

export interface ReportClient {
  reportOf(run: EvaluationRun, counted: CountSettings): Promise<EvaluationReport>;
  gainsOf(run: EvaluationRun, cellKey: string, metric: MetricName, counted: CountSettings): Promise<QuestionGain[]>;
}

/**
 * `reportOf` and `gainsOf` away from the page: 12 rows of 1,000 questions take a second. A run is sent once, in pieces;
 * another way of counting it costs one message. Calls wait for each other.
 */
export function reportClient(): ReportClient {
  const worker = bridge<ReportApi>(
    () => new Worker(new URL("./report.worker.ts", import.meta.url), { type: "module", name: "report" }),
  );
  let sent: EvaluationRun | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function send(run: EvaluationRun): Promise<void> {
    sent = null;
    const questions = run.set.questions.map((question) => ({ ...question, text: "", targets: [] }));
    const cells = run.cells.map((cell) => ({ ...cell, outcomes: [] }));
    await worker.run(null, (api) => api.begin({ ...run, set: { ...run.set, questions, masked: [] }, cells }));
    for (const [cell, { outcomes }] of run.cells.entries()) {
      for (let from = 0; from < outcomes.length; from += BATCH) {
        const batch = outcomes.slice(from, from + BATCH).map(slim);
        // oxlint-disable-next-line no-await-in-loop -- the page draws in between
        await worker.run(null, (api) => api.add(cell, batch));
      }
    }
    sent = run;
  }

  function inTurn<T>(run: EvaluationRun, ask: (api: Remote<ReportApi>) => PromiseLike<T | null>): Promise<T> {
    const result = turn.then(async () => {
      if (sent !== run) await send(run);
      const answer = await worker.run(null, ask);
      if (answer === null) throw new EngineError("WORKER_CRASHED", "report");
      return answer;
    });
    turn = result.catch(() => {
      // A new worker knows nothing of the run.
      sent = null;
    });
    return result;
  }

  return {
    reportOf: (run, counted) => inTurn(run, (api) => api.report(counted)),
    async gainsOf(run, cellKey, metric, counted) {
      const texts = new Map(run.set.questions.map(({ id, text }) => [id, text]));
      const gains = await inTurn(run, (api) => api.gains(cellKey, metric, counted));
      return gains.map((gain) => ({ ...gain, text: texts.get(gain.id) ?? gain.id }));
    },
  };
}
