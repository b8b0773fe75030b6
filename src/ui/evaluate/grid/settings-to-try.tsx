import { type ReactNode, useId } from "react";
import type { RetrievalMode } from "#core/model.ts";
import { useEvaluate, useEvaluateActions } from "../../app/stores.ts";
import { modelName } from "../../words/evaluate.ts";
import { RETRIEVAL } from "../../words/stages.ts";
import { POOLS } from "./pools.ts";
import { RunBar } from "./run-bar.tsx";
import styles from "./grid.module.css";

/** The grid: every setting that is ticked with every other. */
export function SettingsToTry() {
  const grid = useEvaluate((view) => view.grid);
  const choices = useEvaluate((view) => view.choices);
  const isRunning = useEvaluate(({ phase }) => phase === "running" || phase === "preparing");
  const actions = useEvaluateActions();
  const heading = useId();
  const pools = [...new Set([...POOLS, ...grid.pools])].toSorted((a, b) => a - b);
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className={styles["heading"]}>
        Settings to try
      </h3>
      <div className={styles["fieldsets"]}>
        <Ticks
          legend="Retrieval"
          disabled={isRunning}
          values={RETRIEVAL.map(([mode]) => mode)}
          name={(mode) => RETRIEVAL.find(([it]) => it === mode)?.[1] ?? mode}
          ticked={grid.retrieval}
          onChange={(retrieval: RetrievalMode[]) => actions.change({ retrieval })}
        />
        <Ticks
          legend="Embedding models"
          disabled={isRunning}
          values={choices.embedders}
          name={modelName}
          ticked={grid.embedders}
          onChange={(embedders) => actions.change({ embedders })}
        />
        <Ticks
          legend="Re-rankers"
          disabled={isRunning}
          values={choices.rerankers}
          name={modelName}
          ticked={grid.rerankers}
          mayBeNone
          onChange={(rerankers) => actions.change({ rerankers })}
        >
          <li>
            <label className={styles["tick"]}>
              <input type="checkbox" checked disabled readOnly />
              Off <span className={styles["always"]}>always measured</span>
            </label>
          </li>
        </Ticks>
        <Ticks
          legend="Pool sizes"
          disabled={isRunning}
          values={pools}
          name={String}
          ticked={grid.pools}
          inRow
          onChange={(sizes) => actions.change({ pools: sizes })}
        />
      </div>
      <RunBar />
    </section>
  );
}

interface TicksProps<T> {
  readonly legend: string;
  readonly values: readonly T[];
  readonly name: (value: T) => string;
  readonly ticked: readonly T[];
  readonly disabled: boolean;
  /** The last one may be unticked too. */
  readonly mayBeNone?: boolean;
  readonly inRow?: boolean;
  readonly onChange: (ticked: T[]) => void;
  readonly children?: ReactNode;
}

function Ticks<T extends string | number>({
  legend,
  values,
  name,
  ticked,
  disabled,
  mayBeNone = false,
  inRow = false,
  onChange,
  children,
}: TicksProps<T>) {
  return (
    <fieldset disabled={disabled}>
      <legend>{legend}</legend>
      <ul className={inRow ? styles["row"] : undefined}>
        {children}
        {values.map((value) => {
          const isTicked = ticked.includes(value);
          const isLast = isTicked && ticked.length === 1 && !mayBeNone;
          return (
            <li key={value}>
              <label className={styles["tick"]}>
                <input
                  type="checkbox"
                  checked={isTicked}
                  disabled={isLast}
                  title={isLast ? "At least one" : undefined}
                  onChange={() => onChange(values.filter((it) => (it === value ? !isTicked : ticked.includes(it))))}
                />
                {name(value)}
              </label>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
