import { useEffect, useId } from "react";
import { LANGUAGE_PLACES, type LanguagePlace } from "#state/language-view.ts";
import { useLanguage, useLanguageActions, useModels } from "../app/stores.ts";
import parts from "../styles/parts.module.css";
import { PLACE_NAME, placeNote } from "../words/language.ts";
import { shortName } from "../words/model-names.ts";
import { ChatForm, RerankForm } from "./endpoint-form.tsx";
import { RankingForm } from "./ranking-form.tsx";
import styles from "./llm.module.css";
import { TrialLine } from "./trial-line.tsx";

/** Where a language model is, if anywhere: for listwise re-ranking, answers, and questions for Evaluate. */
export function LanguageSection() {
  const place = useLanguage((view) => view.place);
  const builtIn = useLanguage((view) => view.builtIn);
  const usesRerank = useLanguage((view) => view.usesRerank);
  const actions = useLanguageActions();
  const heading = useId();
  useEffect(() => actions.findBuiltIn(), [actions]);
  return (
    <section aria-labelledby={heading} className={styles["section"]}>
      <h3 id={heading}>Language model</h3>
      <p className={styles["note"]}>
        Ranks a pool by reading it (RankGPT), answers from passages, writes questions for Evaluate. Off unless you
        choose one.
      </p>
      <fieldset className={styles["places"]}>
        <legend className={parts["hidden"]}>Where the language model is</legend>
        {LANGUAGE_PLACES.map((it) => (
          <label key={it}>
            <input
              type="radio"
              name="language-place"
              checked={place === it}
              disabled={it === "browser" && builtIn !== "ready" && builtIn !== "downloadable"}
              onChange={() => actions.change({ place: it })}
            />
            <span>
              {PLACE_NAME[it]}
              <span className={styles["small"]}>{placeNote(it, builtIn)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Place place={place} />
      <label className={styles["tick"]}>
        <input
          type="checkbox"
          checked={usesRerank}
          onChange={({ currentTarget }) => actions.change({ usesRerank: currentTarget.checked })}
        />
        <span>
          Rerank API
          <span className={styles["small"]}>
            A re-ranker behind a server: Cohere, Jina, Voyage, TEI, vLLM. The pool of each question is sent there.
          </span>
        </span>
      </label>
      {usesRerank && <RerankForm />}
      {place !== "off" && <RankingForm />}
    </section>
  );
}

function Place({ place }: { readonly place: LanguagePlace }) {
  if (place === "endpoint") return <ChatForm />;
  if (place === "tab") return <TabForm />;
  return place === "browser" ? <TrialLine which="chat" /> : null;
}

/** Chooses among the models that are here; how they come here is said below. */
function TabForm() {
  const choices = useModels((view) => view.choices);
  const tab = useLanguage((view) => view.tab);
  const actions = useLanguageActions();
  const id = useId();
  const models = choices.filter(({ entry }) => entry.kind === "generator");
  return (
    <div className={styles["form"]}>
      {models.length === 0 ? (
        <p className={styles["note"]}>
          No language model is here yet: get one below, under “Worth trying”, or from a folder. Below about 3 billion
          parameters expect little of listwise ranking; yes or no and setwise ask less of a model. Measure it in
          Evaluate.
        </p>
      ) : (
        <>
          <label htmlFor={id}>Model in this tab</label>
          <select
            id={id}
            value={tab ?? ""}
            onChange={({ currentTarget }) =>
              actions.change({ tab: currentTarget.value === "" ? null : currentTarget.value })
            }
          >
            <option value="">Choose one</option>
            {models.map((choice) => (
              <option key={choice.id} value={choice.id}>
                {shortName(choice.entry.id)} {choice.entry.dtype}
              </option>
            ))}
          </select>
          {tab !== null && <TrialLine which="chat" />}
        </>
      )}
    </div>
  );
}
