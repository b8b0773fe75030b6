import { useId } from "react";
import type { MetricName } from "#core/evaluate/model.ts";
import type { PresetName } from "#core/evaluate/presets.ts";
import { useEvaluate, useEvaluateActions } from "../../app/stores.ts";
import { METRIC, PRESET } from "../../words/evaluate.ts";
import { TABLE_METRICS } from "./table-metrics.ts";
import styles from "./results.module.css";

const CUTS = [1, 3, 5, 10, 20, 50, 100] as const;

interface CountControlsProps {
  /** What charts and list show; on narrow screens the table's only column. */
  readonly metric: MetricName;
  readonly onMetric: (metric: MetricName) => void;
}

/** Where lists are cut and whose rules count. */
export function CountControls({ metric, onMetric }: CountControlsProps) {
  const { preset, k } = useEvaluate((view) => view.counted);
  const isCounting = useEvaluate(
    (view) => view.report?.counted.k !== view.counted.k || view.report.counted.preset !== view.counted.preset,
  );
  const actions = useEvaluateActions();
  const id = useId();
  return (
    <div className={styles["controls"]}>
      <label htmlFor={`${id}k`}>Cut at k</label>
      <select
        id={`${id}k`}
        value={k}
        onChange={({ currentTarget }) => actions.count({ k: Number(currentTarget.value) })}
      >
        {CUTS.map((cut) => (
          <option key={cut}>{cut}</option>
        ))}
      </select>
      <label htmlFor={`${id}p`}>Counted as</label>
      <select
        id={`${id}p`}
        value={preset}
        onChange={({ currentTarget }) => {
          const name = (Object.keys(PRESET) as PresetName[]).find((it) => it === currentTarget.value);
          if (name !== undefined) actions.count({ preset: name });
        }}
      >
        {Object.entries(PRESET).map(([value, { name }]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}m`}>Chart and list by</label>
      <select
        id={`${id}m`}
        value={metric}
        onChange={({ currentTarget }) => {
          const name = TABLE_METRICS.find((it) => it === currentTarget.value);
          if (name !== undefined) onMetric(name);
        }}
      >
        {TABLE_METRICS.map((it) => (
          <option key={it} value={it}>
            {METRIC[it].name}
          </option>
        ))}
      </select>
      <p className={styles["differs"]}>{isCounting ? "Counting…" : PRESET[preset].differs}</p>
    </div>
  );
}
