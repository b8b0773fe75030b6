import { lazy, Suspense, useState } from "react";
import { asksLanguageModel } from "#core/rerank/llm/settings.ts";
import { useSearch, useSearchActions } from "../app/stores.ts";
import { ModelChangeLine } from "../models/model-change.tsx";
import { ErrorText } from "../parts/error-text.tsx";
import { Icon } from "../parts/icon.tsx";
import styles from "./compare.module.css";
import { Idle } from "./idle.tsx";
import { JudgedLine } from "./judged-line.tsx";
import { Lists } from "./lists.tsx";
import { Question } from "./question.tsx";
import { ReplayButton } from "./replay-button.tsx";
import { RerankProgress } from "./rerank-progress.tsx";
import { Settings } from "./settings.tsx";
import { VerdictLine } from "./verdict-line.tsx";

/** Who has no language model never loads it. */
const LlmLine = lazy(() => import("./llm-line.tsx").then(({ LlmLine: Loaded }) => ({ default: Loaded })));

const Answers = lazy(() => import("../answer/answers.tsx").then(({ Answers: Loaded }) => ({ default: Loaded })));

/** Ask, and read the same pool before and after re-ranking. */
export function Compare() {
  const phase = useSearch((view) => view.phase);
  const result = useSearch((view) => view.result);
  const error = useSearch((view) => view.error);
  const search = useSearchActions();
  const asks = useSearch((view) => asksLanguageModel(view.settings.reranker));
  // Another screen may have asked it.
  const query = useSearch((view) => view.query);
  const [text, setText] = useState(query);
  const isSettled = result !== null && (phase === "done" || phase === "stopped");
  return (
    <div className={styles["compare"]}>
      <div className={styles["head"]}>
        <search>
          <Question text={text} onText={setText} />
          <Settings />
          {asks && (
            <Suspense fallback={null}>
              <LlmLine />
            </Suspense>
          )}
        </search>
        <ModelChangeLine />
        {error !== null && (
          <div role="alert" className={styles["error"]}>
            <Icon name="failed" />
            <ErrorText error={error} />
          </div>
        )}
        <VerdictLine phase={phase} result={result} />
        {isSettled && <ReplayButton result={result} />}
        {result !== null &&
          result.before.length > 0 &&
          (isSettled ? <JudgedLine result={result} /> : <div className={styles["judged-space"]} />)}
        {isSettled && result.before.length > 0 && (
          <Suspense fallback={null}>
            <Answers result={result} />
          </Suspense>
        )}
        {phase === "reranking" && result !== null && <RerankProgress result={result} />}
      </div>
      {result === null
        ? phase === "idle" && (
            <Idle
              onExample={(question) => {
                setText(question);
                search.ask(question);
              }}
            />
          )
        : result.before.length > 0 && <Lists result={result} settled={isSettled} />}
    </div>
  );
}
