import { llmCost, type LlmCost } from "#core/rerank/llm/cost.ts";
import { llmMethodOf } from "#core/rerank/llm/settings.ts";
import { CASCADE_TOP, chosenOf } from "#core/rerank/way.ts";
import { useEvaluate, useEvaluateActions, useLanguage, useLibrary } from "../../app/stores.ts";
import { placeOf } from "../../words/language.ts";
import { costWords } from "../../words/llm.ts";
import { cx } from "../../parts/class-names.ts";
import { Icon } from "../../parts/icon.tsx";
import { ProgressBar } from "../../parts/progress-bar.tsx";
import parts from "../../styles/parts.module.css";
import { cellName, costSentence } from "../../words/evaluate.ts";
import { count, plural } from "../../words/numbers.ts";
import styles from "./grid.module.css";

/** What a run costs, the button that starts it, and how far it is. */
export function RunBar() {
  const phase = useEvaluate((view) => view.phase);
  const set = useEvaluate(({ sets, chosen }) => sets.find(({ id }) => id === chosen) ?? null);
  const cost = useEvaluate((view) => view.cost);
  const run = useEvaluate((view) => view.run);
  const isBundle = useEvaluate((view) => view.isBundle);
  const libraryChanged = useEvaluate((view) => view.libraryChanged);
  const actions = useEvaluateActions();
  if (phase === "running" || phase === "preparing") return <Running />;
  const canResume = run !== null && !run.finished && run.set.id === set?.id && !isBundle;
  return (
    <div className={styles["bar"]}>
      <button
        type="button"
        className={cx(parts["button"], parts["primary"])}
        disabled={set === null || set.questions.length === 0}
        onClick={() => void actions.start()}
      >
        {canResume ? "Resume" : "Run"}
      </button>
      <p className={styles["cost"]} role="status" aria-label="Cost">
        {libraryChanged && "Stopped, because documents came or went meanwhile: run again to measure them as they are. "}
        {set === null
          ? "Choose a question set first."
          : set.questions.length === 0
            ? "This set has no questions."
            : cost === null
              ? "Counting the pairs…"
              : costSentence(cost)}
        {set !== null && set.questions.length > 0 && <LlmCostNote questions={set.questions.length} />}
      </p>
    </div>
  );
}

/** What asks a language model costs more than time; known orders are not asked for again. */
function LlmCostNote({ questions }: { readonly questions: number }) {
  const grid = useEvaluate((view) => view.grid);
  const size = useLibrary((view) => view.chunking.size);
  const chunks = useLibrary((view) => view.items.reduce((sum, { record }) => sum + (record?.chunkCount ?? 0), 0));
  const { ranking, place, chat, price } = useLanguage((view) => view);
  const lists = grid.retrieval.length * grid.embedders.length;
  const costs = grid.rerankers.flatMap((id) => {
    const { model, way } = chosenOf(id);
    const method = llmMethodOf(model);
    if (method === null) return [];
    return grid.pools.map((pool) => {
      const passages = Math.min(way === "cascade" ? CASCADE_TOP : pool, chunks);
      return llmCost(method, ranking, { passages, passageTokens: size === 0 ? 500 : size, queryTokens: 12 });
    });
  });
  if (costs.length === 0) return null;
  const sum = (of: (cost: LlmCost) => number): number =>
    lists * questions * costs.reduce((all, cost) => all + of(cost), 0);
  const total: LlmCost = {
    calls: sum((cost) => cost.calls),
    isMost: true,
    reads: sum((cost) => cost.reads),
    tokensIn: sum((cost) => cost.tokensIn),
    tokensOut: sum((cost) => cost.tokensOut),
  };
  return <> The language model: {costWords(total, placeOf({ place, chat }), price)}.</>;
}

function Running() {
  const phase = useEvaluate((view) => view.phase);
  const progress = useEvaluate((view) => view.progress);
  const cells = useEvaluate((view) => view.cells);
  const speed = useEvaluate((view) => view.pairsPerSecond);
  const embedders = useEvaluate((view) => view.grid.embedders.length);
  const actions = useEvaluateActions();
  const of = progress?.of ?? 0;
  return (
    <div className={styles["running"]}>
      <div className={styles["bar"]}>
        <button type="button" className={parts["button"]} onClick={() => actions.stop()}>
          <Icon name="stop" />
          Stop
        </button>
        <p className={styles["cost"]}>
          {phase === "preparing" ? "Preparing the texts" : "Running"}
          {of > 0 && `: ${count(progress?.done ?? 0)} of ${plural(of, phase === "preparing" ? "passage" : "question")}`}
          {speed !== null && ` · ${count(Math.round(speed))} pairs a second`}
        </p>
      </div>
      <ProgressBar label="Evaluation" progress={progress} />
      {cells.length > 0 && (
        <ul className={styles["cells"]}>
          {cells.map(({ cell, done }) => (
            <li key={cell.key}>
              <span>{cellName(cell, embedders > 1)}</span>
              <span className={styles["done"]}>
                {count(done)} of {count(of)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
