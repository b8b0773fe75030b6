import { useMemo } from "react";
import { hostOf } from "#core/llm/endpoint.ts";
import { CASCADE_TOP, chosenOf } from "#core/rerank/way.ts";
import { estimateTokens } from "#core/llm/cut.ts";
import { llmCost } from "#core/rerank/llm/cost.ts";
import { llmMethodOf, RERANK_API } from "#core/rerank/llm/settings.ts";
import { useGoTo } from "../app/screen.ts";
import { useLanguage, useLibrary, useSearch } from "../app/stores.ts";
import parts from "../styles/parts.module.css";
import { placeOf } from "../words/language.ts";
import { costWords } from "../words/llm.ts";
import { plural } from "../words/numbers.ts";
import styles from "./llm-line.module.css";

/** What a chosen language model or rerank API will cost, and where the text goes: said before anybody is asked. */
export function LlmLine() {
  const { model, way } = chosenOf(useSearch((view) => view.settings.reranker));
  const pool = useSearch((view) => view.settings.pool);
  const result = useSearch((view) => view.result);
  const chunks = useLibrary((view) => view.items.reduce((sum, { record }) => sum + (record?.chunkCount ?? 0), 0));
  const size = useLibrary((view) => view.chunking.size);
  const ranking = useLanguage((view) => view.ranking);
  const place = useLanguage((view) => view.place);
  const chat = useLanguage((view) => view.chat);
  const rerank = useLanguage((view) => view.rerank);
  const price = useLanguage((view) => view.price);
  const isSetUp = useLanguage((view) => (model === RERANK_API ? view.isRerankSetUp : view.isSetUp));
  const goTo = useGoTo();
  const method = llmMethodOf(model);
  const passages = Math.min(way === "cascade" ? CASCADE_TOP : pool, chunks);
  const passageTokens = useMemo(() => {
    const known = result?.before.flatMap(({ chunkId }) => result.chunks.get(chunkId)?.text ?? []) ?? [];
    // Without a result: what a chunk holds by the settings; 0 is a page.
    if (known.length === 0) return size === 0 ? 500 : size;
    return Math.round(known.reduce((sum, text) => sum + estimateTokens(text), 0) / known.length);
  }, [result, size]);
  if (method === null && model !== RERANK_API) return null;
  if (!isSetUp) {
    return (
      <p className={styles["line"]}>
        {model === RERANK_API ? "No rerank API is set up." : "No language model is set up."}{" "}
        <button type="button" className={parts["quiet"]} onClick={() => goTo("models")}>
          Set one up under Models
        </button>
      </p>
    );
  }
  const queryTokens = estimateTokens(result?.query ?? "") || 12;
  const words =
    method === null
      ? `Each question sends ${plural(passages, "passage")} to ${hostOf(rerank.base)}, about ${plural(passages * passageTokens, "token")}.`
      : `Each question: ${costWords(llmCost(method, ranking, { passages, passageTokens, queryTokens }), placeOf({ place, chat }), price)}.`;
  const model_ = method === null ? rerank.model : chat.model;
  return (
    <p className={styles["line"]} role="note" aria-label="Cost of re-ranking">
      {(method === null || place === "endpoint") && model_ !== "" && <strong>{model_}</strong>} {words}{" "}
      <button type="button" className={parts["quiet"]} onClick={() => goTo("models")}>
        Change
      </button>
    </p>
  );
}
