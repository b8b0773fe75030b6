import { useEffect, useState } from "react";
import type { MetricName } from "#core/evaluate/model.ts";
import type { EvaluationReport, QuestionGain } from "#core/evaluate/report-model.ts";
import { useEvaluateActions } from "../../app/stores.ts";

/** The gains of a row, counted in the worker; those of the row before stay until they are there. */
export function useGains(
  report: EvaluationReport,
  cellKey: string | null,
  metric: MetricName,
): readonly QuestionGain[] {
  const actions = useEvaluateActions();
  const [gains, setGains] = useState<readonly QuestionGain[]>([]);
  useEffect(() => {
    let isWanted = cellKey !== null;
    if (cellKey !== null)
      actions.gains(cellKey, metric).then(
        (counted) => isWanted && setGains(counted),
        () => isWanted && setGains([]),
      );
    return () => {
      isWanted = false;
    };
    // A new report is of another run, or of the same one counted in another way.
  }, [actions, report, cellKey, metric]);
  return gains;
}
