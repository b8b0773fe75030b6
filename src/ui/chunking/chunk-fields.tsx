import { useId } from "react";
import { DEFAULTS, mostOverlap, SIZE_LIMITS } from "#core/chunk/settings.ts";
import type { ChunkSettings } from "#core/model.ts";
import { NumberField } from "../compare/number-field.tsx";
import { chosen } from "../words/stages.ts";
import { aboutStrategy, STRATEGIES, unitOf } from "./words.ts";
import styles from "./chunking.module.css";

interface ChunkFieldsProps {
  readonly settings: ChunkSettings;
  readonly onChange: (settings: ChunkSettings) => void;
}

/** Strategy, size, overlap. Another strategy starts with its own numbers: they count other things. */
export function ChunkFields({ settings, onChange }: ChunkFieldsProps) {
  const id = useId();
  const limits = SIZE_LIMITS[settings.strategy];
  const unit = unitOf(settings.strategy);
  return (
    <>
      <div className={styles["fields"]}>
        <div className={styles["field"]}>
          <label htmlFor={`${id}-strategy`}>Strategy</label>
          <select
            id={`${id}-strategy`}
            value={settings.strategy}
            onChange={(event) => {
              const strategy = chosen(STRATEGIES, event.currentTarget.value);
              if (strategy !== undefined) onChange(DEFAULTS[strategy]);
            }}
          >
            {STRATEGIES.map(([strategy, name]) => (
              <option key={strategy} value={strategy}>
                {name}
              </option>
            ))}
          </select>
        </div>
        {limits !== null && (
          <>
            <div className={styles["field"]}>
              <label htmlFor={`${id}-size`}>Size, {unit}</label>
              <NumberField
                id={`${id}-size`}
                value={settings.size}
                min={limits.min}
                max={limits.max}
                onChange={(size) => {
                  const changed = { ...settings, size };
                  onChange({ ...changed, overlap: Math.min(settings.overlap, mostOverlap(changed)) });
                }}
              />
            </div>
            <div className={styles["field"]}>
              <label htmlFor={`${id}-overlap`}>Overlap, {unit}</label>
              <NumberField
                id={`${id}-overlap`}
                value={settings.overlap}
                min={0}
                max={mostOverlap(settings)}
                onChange={(overlap) => onChange({ ...settings, overlap })}
              />
            </div>
          </>
        )}
      </div>
      <p className={styles["about"]}>{aboutStrategy(settings.strategy)}</p>
    </>
  );
}
