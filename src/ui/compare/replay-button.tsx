import { lazy, Suspense, useState } from "react";
import { chosenOf } from "#core/rerank/way.ts";
import { llmMethodOf } from "#core/rerank/llm/settings.ts";
import type { SearchResult } from "#state/view.ts";
import { useLanguage } from "../app/stores.ts";
import parts from "../styles/parts.module.css";
import styles from "./llm-line.module.css";

const Replay = lazy(() => import("../llm/replay.tsx").then(({ Replay: Loaded }) => ({ default: Loaded })));

/** Opens what the language model was asked and what it said; nothing where this list was not ranked by one. */
export function ReplayButton({ result }: { readonly result: SearchResult }) {
  const method = llmMethodOf(chosenOf(result.settings.reranker).model);
  const run = useLanguage((view) => view.runs.find((it) => it.query === result.query && it.method === method));
  const [isOpen, setIsOpen] = useState(false);
  if (run === undefined || run.calls.length === 0) return null;
  return (
    <p className={styles["line"]}>
      <button type="button" className={parts["quiet"]} onClick={() => setIsOpen(true)}>
        Replay: what the model was asked, and said
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <Replay run={run} result={result} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </p>
  );
}
