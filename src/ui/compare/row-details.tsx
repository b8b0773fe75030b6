import type { Chunk, DocumentRecord, Ranked, Stage } from "#core/model.ts";
import { useSearch } from "../app/stores.ts";
import type { Window } from "#core/rerank/windows.ts";
import { passageText } from "#core/chunk/passage.ts";
import type { Mark } from "#core/retrieve/marks.ts";
import { stampText } from "../words/model-names.ts";
import { plural, rerankScore, score as scoreText } from "../words/numbers.ts";
import { isByOcr, pagesOf } from "../words/pages.ts";
import { SCALE, STAGE_SCORE } from "../words/stages.ts";
import { MarkedText } from "./marked-text.tsx";
import { SectionAround } from "./section-around.tsx";
import { WhyText } from "./why.tsx";
import styles from "./row-details.module.css";

interface RowDetailsProps {
  readonly ranked: Ranked;
  readonly chunk: Chunk;
  readonly document: DocumentRecord | undefined;
  readonly marks: readonly Mark[];
  readonly settled: boolean;
}

interface StageLine {
  readonly stage: Stage;
  readonly score: number | null;
  readonly rank: number | null;
}

function stageLines({ candidate, logit, rank }: Ranked): StageLine[] {
  const retrieval = (["dense", "keyword", "fused"] as const).map((stage) => ({
    stage,
    score: candidate[stage]?.score ?? null,
    rank: candidate[stage]?.rank ?? null,
  }));
  return [...retrieval, { stage: "cross-encoder", score: logit, rank: logit === null ? null : rank }];
}

/** The models read the headings in front of the text; the page shows the text. */
function inChunk({ start, end }: Window, chunk: Chunk): Window {
  const before = passageText(chunk).length - chunk.text.length;
  return { start: Math.max(0, start - before), end: Math.max(0, end - before) };
}

/** Every stage's own score and rank, and the whole text of the chunk. */
export function RowDetails({ ranked, chunk, document, marks, settled }: RowDetailsProps) {
  const first = useSearch((view) => view.result?.first ?? null);
  const reranker = useSearch((view) => view.result?.reranker ?? null);
  const firstLogit = first?.logits.get(chunk.id);
  const scale = useSearch((view) => view.result?.scale ?? "logit");
  const made = { logit: "Logit", relevance: "Relevance", order: "An order without scores" }[scale];
  const madeBy = ranked.logit === null || reranker === null ? null : `${made} by ${stampText(reranker)}`;
  const window = useSearch((view) => view.result?.windows.get(chunk.id) ?? null);
  const read = window === null ? null : inChunk(window, chunk);
  const text = (
    <p className={styles["text"]} data-chunk-text="">
      {read === null ? (
        <MarkedText text={chunk.text} marks={marks} />
      ) : (
        <>
          <MarkedText text={chunk.text} marks={marks} end={read.start} />
          <span className={styles["window"]} data-window="">
            <MarkedText text={chunk.text} marks={marks} start={read.start} end={read.end} />
          </span>
          <MarkedText text={chunk.text} marks={marks} start={read.end} />
        </>
      )}
    </p>
  );
  return (
    <div className={styles["details"]}>
      <table>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Score</th>
            <th scope="col">Rank</th>
          </tr>
        </thead>
        <tbody>
          {stageLines(ranked).map(({ stage, score, rank }) => (
            <tr key={stage} data-stage={stage}>
              <th scope="row">
                {stage === "cross-encoder" && scale !== "logit" ? `re-ranker ${SCALE[scale]}` : STAGE_SCORE[stage]}
              </th>
              <td
                title={score === null || (stage === "cross-encoder" && scale === "order") ? undefined : String(score)}
              >
                {score === null
                  ? stage === "cross-encoder" && !settled
                    ? "waiting"
                    : "none"
                  : stage === "cross-encoder"
                    ? rerankScore(scale, score) || "none"
                    : scoreText(stage, score)}
              </td>
              <td>{rank === null ? "–" : `#${rank}`}</td>
            </tr>
          ))}
          {firstLogit !== undefined && (
            <tr data-stage="first">
              <th scope="row">bundled re-ranker logit</th>
              <td title={String(firstLogit)}>{scoreText("cross-encoder", firstLogit)}</td>
              <td>–</td>
            </tr>
          )}
        </tbody>
      </table>
      {madeBy !== null && <p className={styles["facts"]}>{madeBy}</p>}
      <p className={styles["facts"]}>
        Chunk {chunk.ordinal + 1}
        {document !== undefined && ` of ${document.chunkCount}`} · {pagesOf(chunk, document)} ·{" "}
        {isByOcr(chunk, document) && "read by OCR · "}
        {plural(chunk.tokens, "token")}
      </p>
      {read !== null && (
        <p className={styles["facts"]}>
          Longer than the re-ranker reads at once: the score is that of its best part, underlined.
        </p>
      )}
      {ranked.logit === null || scale !== "logit" ? text : <WhyText chunk={chunk}>{text}</WhyText>}
      <SectionAround chunkId={chunk.id} />
    </div>
  );
}
