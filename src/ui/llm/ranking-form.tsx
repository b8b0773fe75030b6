import { useId } from "react";
import { LLM_DEFAULTS, LLM_LIMITS, SMALL_LLM, type LlmSettings } from "#core/rerank/llm/settings.ts";
import { useLanguage, useLanguageActions } from "../app/stores.ts";
import { NumberField } from "../compare/number-field.tsx";
import parts from "../styles/parts.module.css";
import styles from "./llm.module.css";

const NUMBERS: readonly (readonly [key: keyof typeof LLM_LIMITS, label: string])[] = [
  ["window", "Window, passages"],
  ["step", "Step"],
  ["passes", "Passes"],
  ["words", "Most words of a passage"],
  ["shuffles", "Shuffles (self-consistency)"],
  ["children", "Setwise: children"],
  ["depth", "Setwise, pairwise: top"],
  ["thinking", "Tokens for thinking"],
];

const CHOICES: readonly (readonly [
  key: "turns" | "lastWindow" | "parser",
  label: string,
  values: readonly (readonly [string, string])[],
])[] = [
  [
    "turns",
    "Prompt",
    [
      ["single", "One message"],
      ["multi", "A turn for each passage (RankGPT)"],
    ],
  ],
  [
    "lastWindow",
    "Last window",
    [
      ["short", "May be short"],
      ["full", "Always full"],
    ],
  ],
  [
    "parser",
    "Replies are read",
    [
      ["robust", "With repairs"],
      ["compat", "As RankGPT does"],
    ],
  ],
];

/** How the language model ranks. */
export function RankingForm() {
  const ranking = useLanguage((view) => view.ranking);
  const price = useLanguage((view) => view.price);
  const actions = useLanguageActions();
  const id = useId();
  const preset = (settings: LlmSettings) => () => actions.changeRanking(settings);
  return (
    <fieldset className={styles["ranking"]}>
      <legend>How it ranks</legend>
      <div className={styles["fields"]}>
        {NUMBERS.map(([key, label]) => (
          <div key={key} className={styles["field"]}>
            <label htmlFor={id + key}>{label}</label>
            <NumberField
              id={id + key}
              value={ranking[key]}
              min={LLM_LIMITS[key].min}
              max={key === "step" ? ranking.window - 1 : LLM_LIMITS[key].max}
              onChange={(value) => actions.changeRanking({ [key]: value })}
            />
          </div>
        ))}
        {CHOICES.map(([key, label, values]) => (
          <div key={key} className={styles["field"]}>
            <label htmlFor={id + key}>{label}</label>
            <select
              id={id + key}
              value={ranking[key]}
              onChange={({ currentTarget }) => actions.changeRanking({ [key]: currentTarget.value })}
            >
              {values.map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        ))}
        {(["in", "out"] as const).map((way) => (
          <div key={way} className={styles["field"]}>
            <label htmlFor={id + way}>Price of a million tokens {way}</label>
            <input
              id={id + way}
              type="number"
              min={0}
              step="any"
              defaultValue={price?.[way] ?? ""}
              placeholder="none"
              onBlur={({ currentTarget }) => {
                const value = currentTarget.valueAsNumber;
                const next = {
                  in: price?.in ?? 0,
                  out: price?.out ?? 0,
                  [way]: Number.isNaN(value) ? 0 : Math.max(0, value),
                };
                actions.change({ price: next.in === 0 && next.out === 0 ? null : next });
              }}
            />
          </div>
        ))}
      </div>
      <p className={styles["trial"]}>
        <button type="button" className={parts["quiet"]} onClick={preset(LLM_DEFAULTS)}>
          As RankGPT: 20, step 10, 300 words
        </button>
        <button type="button" className={parts["quiet"]} onClick={preset(SMALL_LLM)}>
          For small models: 4, step 2, 80 words
        </button>
      </p>
    </fieldset>
  );
}
