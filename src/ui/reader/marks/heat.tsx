import type { CSSProperties } from "react";
import type { PageIndex } from "#core/model.ts";
import { useReader } from "../../app/stores.ts";
import { cx } from "../../parts/class-names.ts";
import parts from "../../styles/parts.module.css";
import { HEAT_LEGEND, HEAT_STAGES, heatSign, type HeatStage, heatWords } from "./heat-words.ts";
import styles from "./heat.module.css";

/** How much of the result stands on a page, over its thumbnail: a tint, a number, and words for who sees neither. */
export function HeatTint({ page, stage }: { readonly page: PageIndex; readonly stage: HeatStage }) {
  const heat = useReader((view) => view.heat?.[page]);
  if (heat === undefined || heat.rankBefore === null) return null;
  const value = heat[stage];
  const sign = heatSign(heat, stage);
  const style = { "--heat": Math.abs(value ?? 0).toFixed(3) } as CSSProperties;
  return (
    <div
      className={cx(styles["tint"], stage === "difference" && (value ?? 0) < 0 && styles["fell"])}
      style={style}
      title={heatWords(heat)}
      data-heat={value ?? ""}
    >
      {sign !== "" && (
        <span className={styles["sign"]} aria-hidden="true">
          {sign}
        </span>
      )}
      <span className={parts["hidden"]}>, {heatWords(heat)}</span>
    </div>
  );
}

interface HeatSwitchProps {
  readonly stage: HeatStage;
  readonly onChange: (stage: HeatStage) => void;
}

/** Which stage tints the thumbnails, and what the tint means. Nothing without a result in this document. */
export function HeatSwitch({ stage, onChange }: HeatSwitchProps) {
  const isShown = useReader((view) => view.heat !== null);
  const isReranked = useReader((view) => view.heat?.some(({ rankAfter }) => rankAfter !== null) ?? false);
  if (!isShown) return null;
  const now = isReranked ? stage : "before";
  return (
    <div className={styles["bar"]}>
      <label>
        Tint{" "}
        <select value={now} onChange={({ target }) => onChange(stageFrom(target.value))}>
          {HEAT_STAGES.map(([value, name]) => (
            <option key={value} value={value} disabled={!isReranked && value !== "before"}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p className={styles["legend"]}>{HEAT_LEGEND[now]}</p>
    </div>
  );
}

function stageFrom(value: string): HeatStage {
  return HEAT_STAGES.find(([stage]) => stage === value)?.[0] ?? "after";
}
