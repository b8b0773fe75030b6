import { useMemo, useState } from "react";
import { passageText } from "#core/chunk/passage.ts";
import type { ChunkId } from "#core/model.ts";
import type { LlmCall, LlmRun } from "#core/rerank/llm/run.ts";
import type { SearchResult } from "#state/view.ts";
import { saveFile } from "../library/save-file.ts";
import { Dialog } from "../parts/dialog.tsx";
import { ErrorText } from "../parts/error-text.tsx";
import { cx } from "../parts/class-names.ts";
import parts from "../styles/parts.module.css";
import { count, duration, plural } from "../words/numbers.ts";
import { callTitle, formatWords, REPLY_KIND } from "../words/replay.ts";
import { methodName } from "../words/stages.ts";
import styles from "./replay.module.css";
import { ShuffleTestLine } from "./shuffle-test.tsx";

interface ReplayProps {
  readonly run: LlmRun;
  readonly result: SearchResult;
  readonly onClose: () => void;
}

/** A re-ranking call by call. */
export function Replay({ run, result, onClose }: ReplayProps) {
  const [at, setAt] = useState(0);
  const call = run.calls[Math.min(at, run.calls.length - 1)];
  const names = useMemo(() => namesOf(run, result), [run, result]);
  const texts = useMemo(
    () =>
      new Map(
        run.pool.flatMap((id): [ChunkId, string][] => {
          const chunk = result.chunks.get(id);
          return chunk === undefined ? [] : [[id, passageText(chunk)]];
        }),
      ),
    [run.pool, result.chunks],
  );
  if (call === undefined) return null;
  const step = (by: number) => setAt(Math.max(0, Math.min(run.calls.length - 1, at + by)));
  return (
    <Dialog
      open
      wide
      title={`Replay: ${methodName(run.method).toLowerCase()}`}
      onClose={onClose}
      actions={
        <>
          <button type="button" className={cx(parts["button"], parts["primary"])} onClick={onClose}>
            Close
          </button>
          <button type="button" className={parts["button"]} onClick={() => saveRun(run)}>
            Export as JSON
          </button>
        </>
      }
    >
      <p className={styles["facts"]}>
        {run.model.id} · {plural(run.calls.length, "call")} over {plural(run.pool.length, "passage")}
      </p>
      <div className={styles["steps"]}>
        <button type="button" className={parts["button"]} disabled={at === 0} onClick={() => step(-1)}>
          Call before
        </button>
        <label>
          <span className={parts["hidden"]}>Call</span>
          <select value={at} onChange={({ currentTarget }) => setAt(Number(currentTarget.value))}>
            {run.calls.map((it, i) => (
              <option key={it.number} value={i}>
                {callTitle(it, run.calls.length)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className={parts["button"]} disabled={at >= run.calls.length - 1} onClick={() => step(1)}>
          Next call
        </button>
      </div>
      <CallView call={call} names={names} />
      <ShuffleTestLine run={run} texts={texts} />
    </Dialog>
  );
}

function CallView({ call, names }: { readonly call: LlmCall; readonly names: ReadonlyMap<ChunkId, string> }) {
  const tokens = [
    call.tokensIn === null ? `about ${count(call.estimatedIn)} tokens in` : `${count(call.tokensIn)} tokens in`,
    call.tokensOut === null ? "" : `${count(call.tokensOut)} out`,
  ].filter((part) => part !== "");
  return (
    <section aria-label={`Call ${call.number}`} className={styles["call"]}>
      <p className={styles["facts"]}>
        {[
          ...tokens,
          duration(call.milliseconds),
          `passages cut to ${count(call.words)} words at most`,
          call.pass > 1 ? `pass ${call.pass}` : "",
          call.shuffle > 0 ? `shuffle ${call.shuffle}` : "",
        ]
          .filter((part) => part !== "")
          .join(" · ")}
      </p>
      {call.error !== null && <ErrorText error={call.error} />}
      <h3>Reply</h3>
      <pre className={styles["text"]} data-reply="">
        {call.reply === "" ? "(nothing)" : call.reply}
      </pre>
      <Reading call={call} names={names} />
      <details>
        <summary>Prompt, {plural(call.messages.length, "message")}</summary>
        {call.messages.map((message, i) => (
          // A prompt never changes; its messages have nothing else to be told apart by.
          <div key={i}>
            <h4>{message.role}</h4>
            <pre className={styles["text"]}>{message.content}</pre>
          </div>
        ))}
      </details>
    </section>
  );
}

function Reading({ call, names }: { readonly call: LlmCall; readonly names: ReadonlyMap<ChunkId, string> }) {
  const { reading, chunkIds } = call;
  const name = (place: number) => names.get(chunkIds[place]!) ?? "";
  if (reading === null) return null;
  if (reading.kind === "score") {
    return (
      <p>
        {reading.score === null
          ? "No score could be read."
          : `Read as ${reading.score.toPrecision(4)}${reading.byChance ? ", from the chances of the words" : ""}.`}
      </p>
    );
  }
  if (reading.kind === "best") {
    return <p>{reading.place === null ? "It names none: nothing changes." : `Read as ${name(reading.place)}.`}</p>;
  }
  const { order, kind, format, repairs, fallback, identity } = reading.reply;
  const mended = [
    repairs.duplicates > 0 ? `${plural(repairs.duplicates, "repeat")} taken out` : "",
    repairs.outOfRange > 0 ? `${count(repairs.outOfRange)} that were not shown taken out` : "",
    repairs.missing > 0 && !fallback ? `${count(repairs.missing)} that were left out put behind` : "",
  ].filter((part) => part !== "");
  return (
    <>
      <p data-kind={kind}>
        {REPLY_KIND[kind]}
        {formatWords(format)}
        {mended.length > 0 && ` Repaired: ${mended.join(", ")}.`}
        {identity && !fallback && " It repeats the order that was shown."}
      </p>
      <table className={styles["order"]}>
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">Passage</th>
            <th scope="col">Shown as</th>
          </tr>
        </thead>
        <tbody>
          {order.map((place, i) => (
            <tr key={place}>
              <td>{(call.span?.begin ?? 0) + i + 1}</td>
              <td>{name(place)}</td>
              <td>[{place + 1}]</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** "manual.pdf p. 14 (#3 before)". */
function namesOf(run: LlmRun, { chunks, documents }: SearchResult): Map<ChunkId, string> {
  return new Map(
    run.pool.map((id, i) => {
      const chunk = chunks.get(id);
      const document = chunk === undefined ? undefined : documents.get(chunk.documentId);
      const where = chunk === undefined ? id : `${document?.name ?? ""} p. ${chunk.firstPage + 1}`;
      return [id, `${where} (#${i + 1} before)`];
    }),
  );
}

function saveRun(run: LlmRun): void {
  const blob = new Blob([`${JSON.stringify(run, null, 1)}\n`], { type: "application/json" });
  saveFile(blob, `re-ranking-${run.method}.json`);
}
