import { type ReactNode, useId, useState } from "react";
import { ARTICLE_PRESET, OFF, POOL_LIMITS, type SearchSettings } from "#core/model.ts";
import { asksLanguageModel, llmId, llmMethodOf, RERANK_API } from "#core/rerank/llm/settings.ts";
import { chosenOf, rerankerId, waysOf } from "#core/rerank/way.ts";
import { useLibrary, useModels, useModelsActions, useSearch, useSearchActions } from "../app/stores.ts";
import { filterSummary } from "../library/document-filter.ts";
import { cx } from "../parts/class-names.ts";
import { Icon } from "../parts/icon.tsx";
import parts from "../styles/parts.module.css";
import { modelChoices } from "../words/model-names.ts";
import { chosen, type Choices, INDEX, METHODS, nameOf, RETRIEVAL, WAY } from "../words/stages.ts";
import { NumberField } from "./number-field.tsx";
import styles from "./settings.module.css";

/** One labelled control. */
function Field({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles["field"]}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: Choices<T>;
  readonly disabled?: boolean;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, choices, disabled = false, onChange }: ChoiceProps<T>) {
  return (
    <Field label={label}>
      {(id) => (
        <select
          id={id}
          value={value}
          disabled={disabled}
          onChange={(event) => {
            const next = chosen(choices, event.currentTarget.value);
            if (next !== undefined) onChange(next);
          }}
        >
          {choices.map(([it, name]) => (
            <option key={it} value={it}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** In the list of re-rankers; which method it uses is chosen beside it. */
const LLM = "llm";

const lower = (name: string): string => name.toLowerCase();

function isArticle(settings: SearchSettings): boolean {
  const { retrieval, pool, top, reranker } = ARTICLE_PRESET;
  return (
    settings.retrieval === retrieval && settings.pool === pool && settings.top === top && settings.reranker === reranker
  );
}

/** How a question is answered. Every change applies at once; scores that are known are not computed again. */
export function Settings() {
  const settings = useSearch((view) => view.settings);
  const search = useSearchActions();
  const models = useModels((view) => view.choices);
  const embedder = useModels((view) => view.change?.id ?? view.embedder);
  const isReady = useModels((view) => view.isReady);
  const actions = useModelsActions();
  const { model, way } = chosenOf(settings.reranker);
  const method = llmMethodOf(model) === null ? null : model;
  const [last, setLast] = useState(method ?? llmId("sliding"));
  const kind = method === null ? model : LLM;
  const rerankers: Choices<string> = [
    [OFF, "Off"],
    ...modelChoices(models, "reranker", asksLanguageModel(model) ? OFF : model),
    [LLM, "Language model"],
    [RERANK_API, "Rerank API"],
  ];
  const ways = WAY.filter(([it]) => waysOf(model).includes(it));
  const choose = (chosen: string) => {
    const next = chosen === LLM ? last : chosen;
    // A language model would be asked, and paid, again.
    if (next === model) return;
    search.change({
      reranker: rerankerId({ model: next, way: waysOf(next).includes(way) && next !== OFF ? way : "full" }),
    });
  };
  const [isOpen, setIsOpen] = useState(false);
  const article = isArticle(settings);
  const summary = [
    nameOf(RETRIEVAL, settings.retrieval),
    `re-ranker ${nameOf(rerankers, kind).replace(/^(Off|Bundled|Language model)$/, lower)}${way === "full" ? "" : ` (${way})`}`,
    `pool ${settings.pool}`,
    `top ${settings.top}`,
  ].join(" · ");
  return (
    <div className={styles["settings"]}>
      <button type="button" className={styles["fold"]} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <Icon name="more" size={12} />
        <span className={parts["hidden"]}>Settings: </span>
        {summary}
      </button>
      <div className={cx(styles["fields"], isOpen && styles["open"])}>
        <Choice
          label="Retrieval"
          value={settings.retrieval}
          choices={RETRIEVAL}
          onChange={(retrieval) => search.change({ retrieval })}
        />
        <Choice label="Re-ranker" value={kind} choices={rerankers} onChange={choose} />
        {method !== null && (
          <Choice
            label="Method"
            value={method}
            choices={METHODS}
            onChange={(next) => {
              setLast(next);
              choose(next);
            }}
          />
        )}
        {model !== OFF && (
          <Choice
            label="Scored"
            value={way}
            choices={ways}
            onChange={(next) => search.change({ reranker: rerankerId({ model, way: next }) })}
          />
        )}
        <Field label="Pool size">
          {(id) => (
            <NumberField
              id={id}
              value={settings.pool}
              min={POOL_LIMITS.min}
              max={POOL_LIMITS.max}
              onChange={(pool) => search.change({ pool })}
            />
          )}
        </Field>
        <Field label="Show top">
          {(id) => (
            <NumberField
              id={id}
              value={settings.top}
              min={1}
              max={settings.pool}
              onChange={(top) => search.change({ top })}
            />
          )}
        </Field>
        <DocumentsField />
        <Choice
          label="Vector index"
          value={settings.index}
          choices={INDEX}
          onChange={(index) => search.change({ index })}
        />
        <Choice
          label="Embedding model"
          value={embedder}
          choices={modelChoices(models, "embedder", embedder)}
          disabled={!isReady}
          onChange={(id) => actions.useEmbedder(id)}
        />
        <button
          type="button"
          className={cx(parts["quiet"], styles["preset"])}
          aria-pressed={article}
          title="Dense retrieval of three chunks, all three re-ranked"
          onClick={() => search.change(ARTICLE_PRESET)}
        >
          {article && <Icon name="check" size={12} />}
          As in the article
        </button>
      </div>
    </div>
  );
}

function DocumentsField() {
  const items = useLibrary((view) => view.items);
  const filter = useSearch((view) => view.settings.documents);
  const search = useSearchActions();
  const all = items.flatMap((item) => (item.record === null ? [] : [item.record.id]));
  return (
    <p className={styles["field"]}>
      <span>Documents</span>
      <span className={styles["value"]}>{filterSummary(filter, all)}</span>
      {filter !== null && (
        <button type="button" className={parts["quiet"]} onClick={() => search.change({ documents: null })}>
          Ask all documents
        </button>
      )}
    </p>
  );
}
