import { type ReactNode, useId, useState } from "react";
import { baseFrom, ENDPOINT_PRESETS, hostOf, PATIENCE, RERANK_PRESETS } from "#core/llm/endpoint.ts";
import { useLanguage, useLanguageActions } from "../app/stores.ts";
import { ErrorText } from "../parts/error-text.tsx";
import parts from "../styles/parts.module.css";
import styles from "./llm.module.css";
import { TrialLine } from "./trial-line.tsx";

function Field({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles["field"]}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

const typed = { spellCheck: false, autoCapitalize: "off", autoComplete: "off" } as const;

/** A server that speaks OpenAI's chat protocol. */
export function ChatForm() {
  const chat = useLanguage((view) => view.chat);
  const offered = useLanguage((view) => view.offered);
  const remembers = useLanguage((view) => view.remembersChatKey);
  const actions = useLanguageActions();
  const list = useId();
  return (
    <div className={styles["form"]}>
      <div className={styles["fields"]}>
        <Field label="Server">
          {(id) => (
            <select
              id={id}
              value={chat.server}
              onChange={({ currentTarget }) => {
                const preset = ENDPOINT_PRESETS.find(({ id: it }) => it === currentTarget.value);
                if (preset === undefined) actions.changeChat({ server: "", context: null });
                else actions.changeChat({ server: preset.id, base: preset.base, context: preset.context, model: "" });
              }}
            >
              {ENDPOINT_PRESETS.map(({ id: it, name }) => (
                <option key={it} value={it}>
                  {name}
                </option>
              ))}
              <option value="">Another server</option>
            </select>
          )}
        </Field>
        <BaseField label="Base URL" base={chat.base} onBase={(base) => actions.changeChat({ base })} />
        <Field label="Model">
          {(id) => (
            <>
              <input
                id={id}
                {...typed}
                list={list}
                value={chat.model}
                onChange={({ currentTarget }) => actions.changeChat({ model: currentTarget.value.trim() })}
              />
              <datalist id={list}>
                {offered.models.map(({ id: name }) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </datalist>
            </>
          )}
        </Field>
        <button
          type="button"
          className={parts["button"]}
          disabled={offered.isAsking || chat.base === ""}
          onClick={() => actions.listModels()}
        >
          {offered.isAsking ? "Asking…" : "List models"}
        </button>
        <NumberField
          label="Context, tokens"
          value={chat.context}
          min={256}
          max={10_000_000}
          empty="as the server says"
          onNumber={(context) => actions.changeChat({ context })}
        />
        <NumberField
          label="Give up after, seconds"
          value={chat.patience}
          min={PATIENCE.min}
          max={PATIENCE.max}
          empty=""
          onNumber={(patience) => patience !== null && actions.changeChat({ patience })}
        />
      </div>
      {offered.models.length > 0 && (
        <p className={styles["note"]} role="status">
          It has {offered.models.length === 1 ? "one model" : `${offered.models.length} models`}:{" "}
          {offered.models
            .slice(0, 8)
            .map(({ id }) => id)
            .join(", ")}
          {offered.models.length > 8 && " …"}
        </p>
      )}
      {offered.error !== null && (
        <div role="alert" className={styles["failure"]}>
          <ErrorText error={offered.error} />
        </div>
      )}
      <KeyField
        value={chat.key}
        remembers={remembers}
        onKey={(key) => actions.changeChat({ key })}
        onRemember={(remembersChatKey) => actions.change({ remembersChatKey })}
      />
      <p className={styles["caution"]}>
        With this, questions and the passages of their pools leave this tab: they are sent to{" "}
        {chat.base === "" ? "the server" : hostOf(chat.base)} when you re-rank or answer with the language model.
        Nothing else is.
      </p>
      <TrialLine which="chat" />
    </div>
  );
}

/** A server that speaks Cohere's rerank protocol. */
export function RerankForm() {
  const rerank = useLanguage((view) => view.rerank);
  const remembers = useLanguage((view) => view.remembersRerankKey);
  const actions = useLanguageActions();
  return (
    <div className={styles["form"]}>
      <div className={styles["fields"]}>
        <Field label="Rerank server">
          {(id) => (
            <select
              id={id}
              value={rerank.server}
              onChange={({ currentTarget }) => {
                const preset = RERANK_PRESETS.find(({ id: it }) => it === currentTarget.value);
                if (preset === undefined) actions.changeRerank({ server: "" });
                else actions.changeRerank({ server: preset.id, base: preset.base, path: preset.path, model: "" });
              }}
            >
              {RERANK_PRESETS.map(({ id: it, name }) => (
                <option key={it} value={it}>
                  {name}
                </option>
              ))}
              <option value="">Another server</option>
            </select>
          )}
        </Field>
        <BaseField label="Rerank base URL" base={rerank.base} onBase={(base) => actions.changeRerank({ base })} />
        <Field label="Path">
          {(id) => (
            <input
              id={id}
              {...typed}
              value={rerank.path}
              onChange={({ currentTarget }) => {
                const path = currentTarget.value.trim();
                if (/^\/[\w./-]*$/.test(path)) actions.changeRerank({ path });
              }}
            />
          )}
        </Field>
        <Field label="Rerank model">
          {(id) => (
            <input
              id={id}
              {...typed}
              value={rerank.model}
              onChange={({ currentTarget }) => actions.changeRerank({ model: currentTarget.value.trim() })}
            />
          )}
        </Field>
      </div>
      <KeyField
        value={rerank.key}
        remembers={remembers}
        onKey={(key) => actions.changeRerank({ key })}
        onRemember={(remembersRerankKey) => actions.change({ remembersRerankKey })}
      />
      <TrialLine which="rerank" />
    </div>
  );
}

/** Takes what is typed once it is an address. */
function BaseField({
  label,
  base,
  onBase,
}: {
  readonly label: string;
  readonly base: string;
  readonly onBase: (base: string) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const isWrong = draft !== null && baseFrom(draft) === null;
  return (
    <Field label={label}>
      {(id) => (
        <>
          <input
            id={id}
            {...typed}
            type="url"
            className={styles["wide"]}
            aria-invalid={isWrong}
            value={draft ?? base}
            onChange={({ currentTarget: { value } }) => {
              setDraft(value);
              const found = baseFrom(value);
              if (found !== null) onBase(found);
            }}
            onBlur={() => !isWrong && setDraft(null)}
          />
          {isWrong && <span className={styles["small"]}>An address such as http://localhost:8000/v1</span>}
        </>
      )}
    </Field>
  );
}

function NumberField({
  label,
  value,
  min,
  max,
  empty,
  onNumber,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  readonly empty: string;
  readonly onNumber: (value: number | null) => void;
}) {
  return (
    <Field label={label}>
      {(id) => (
        <input
          id={id}
          type="number"
          min={min}
          max={max}
          placeholder={empty}
          defaultValue={value ?? ""}
          key={value}
          onBlur={({ currentTarget }) => {
            const number = currentTarget.valueAsNumber;
            if (Number.isNaN(number)) onNumber(null);
            else onNumber(Math.min(max, Math.max(min, Math.round(number))));
          }}
        />
      )}
    </Field>
  );
}

function KeyField({
  value,
  remembers,
  onKey,
  onRemember,
}: {
  readonly value: string;
  readonly remembers: boolean;
  readonly onKey: (key: string) => void;
  readonly onRemember: (remembers: boolean) => void;
}) {
  return (
    <div className={styles["fields"]}>
      <Field label="Key, where one is needed">
        {(id) => (
          <input
            id={id}
            {...typed}
            type="password"
            className={styles["wide"]}
            value={value}
            onChange={({ currentTarget }) => onKey(currentTarget.value.trim())}
          />
        )}
      </Field>
      <label className={styles["tick"]}>
        <input
          type="checkbox"
          checked={remembers}
          onChange={({ currentTarget }) => onRemember(currentTarget.checked)}
        />
        <span>
          Remember the key in this browser
          <span className={styles["small"]}>
            Otherwise it is forgotten with this page. Whoever uses this browser could read it; it is in no export and no
            link.
          </span>
        </span>
      </label>
    </div>
  );
}
