import { useId, useState } from "react";
import { BUNDLED } from "#core/model.ts";
import { chosenOf } from "#core/rerank/way.ts";
import { LOCAL_REVISION } from "#core/models/from-files.ts";
import type { PartialModel } from "#core/models/ports.ts";
import type { ModelChoice, ModelTransfer } from "#state/models-view.ts";
import {
  useLanguage,
  useLanguageActions,
  useModels,
  useModelsActions,
  useSearch,
  useSearchActions,
} from "../app/stores.ts";
import { Confirm } from "../parts/confirm.tsx";
import { ErrorText } from "../parts/error-text.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import parts from "../styles/parts.module.css";
import { shortName } from "../words/model-names.ts";
import { exactSize, factsLine, languagesText, licenceText, runsOn } from "../words/models.ts";
import { bytes } from "../words/numbers.ts";
import styles from "./models.module.css";

/** What can be chosen, what is on its way, and what was stopped. */
export function HereNow() {
  const choices = useModels((view) => view.choices);
  const transfers = useModels((view) => view.transfers);
  const partial = useModels((view) => view.partial);
  const failures = useModels((view) => view.failures);
  const heading = useId();
  const kept = choices.filter(({ origin }) => origin !== "site");
  const total = kept.reduce((sum, choice) => sum + choice.bytes, 0) + partial.reduce((sum, { done }) => sum + done, 0);
  const waiting = new Set([...partial.map(({ key }) => key), ...transfers.keys()]);
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>Here now</h3>
      <ul className={styles["list"]} aria-labelledby={heading}>
        {choices.map((choice) => (
          <ChoiceRow key={`${choice.entry.kind} ${choice.id}`} choice={choice} />
        ))}
        {[...transfers].map(([key, transfer]) => (
          <TransferRow key={key} id={key} transfer={transfer} />
        ))}
        {partial.map((model) => (
          <PartialRow key={model.key} model={model} />
        ))}
      </ul>
      {[...failures]
        .filter(([key]) => !transfers.has(key))
        .map(([key, error]) => (
          <div key={key} role="alert" className={styles["failure"]}>
            <ErrorText error={error} />
            {!waiting.has(key) && <p>{shortName(key)}: nothing of it is kept.</p>}
          </div>
        ))}
      <p className={styles["note"]}>
        {kept.length + partial.length > 0
          ? `Downloaded models take ${exactSize(total)} of this browser's storage.`
          : "Nothing was downloaded: these models are part of this site."}
      </p>
    </section>
  );
}

function ChoiceRow({ choice }: { readonly choice: ModelChoice }) {
  const { id, entry, origin } = choice;
  const gpu = useModels((view) => view.gpu);
  const device = useModels((view) => view.device);
  const embedder = useModels((view) => view.change?.id ?? view.embedder);
  const reranker = useSearch((view) => view.settings.reranker);
  const kept = useModels((view) => (entry.kind === "embedder" ? view.vectors.get(id) : undefined));
  const actions = useModelsActions();
  const language = useLanguageActions();
  const spoken = useLanguage((view) => (view.place === "tab" ? view.tab : null));
  const search = useSearchActions();
  const [asks, setAsks] = useState(false);
  const used = { embedder, reranker: chosenOf(reranker).model, generator: spoken }[entry.kind];
  const isUsed = used === id;
  const use = () => (entry.kind === "embedder" ? actions.useEmbedder(id) : search.change({ reranker: id }));
  const name = `${shortName(entry.id)} ${entry.dtype}`;
  return (
    <li className={styles["row"]} data-model-key={id}>
      <div className={styles["what"]}>
        <strong>{name}</strong>
        <span>{factsLine(entry)}</span>
        {kept !== undefined && (
          <span className={styles["small"]}>
            This library’s vectors by it are kept: {exactSize(kept)}.{" "}
            <button
              type="button"
              className={parts["quiet"]}
              aria-label={`Forget the vectors by ${name}`}
              onClick={() => void actions.forgetVectors(id)}
            >
              Forget
            </button>
          </span>
        )}
        <span className={styles["small"]}>
          {[
            origin === "site"
              ? id === BUNDLED
                ? "bundled with this site"
                : "of this site"
              : origin === "hub"
                ? entry.id
                : "from your disk",
            bytes(choice.bytes),
            licenceText(entry.licence),
            languagesText(entry.languages),
            `runs ${runsOn(entry.dtype, gpu, device)}`,
          ].join(" · ")}
        </span>
      </div>
      <div className={styles["actions"]}>
        {isUsed ? (
          <span className={styles["used"]}>In use</span>
        ) : entry.kind === "generator" ? (
          <button
            type="button"
            className={parts["button"]}
            aria-label={`Use ${name} as the language model`}
            onClick={() => language.change({ place: "tab", tab: id })}
          >
            Use
          </button>
        ) : (
          <button type="button" className={parts["button"]} aria-label={`Use ${name}`} onClick={use}>
            Use
          </button>
        )}
        {origin !== "site" && (
          <button type="button" className={parts["quiet"]} aria-label={`Remove ${name}`} onClick={() => setAsks(true)}>
            Remove
          </button>
        )}
      </div>
      <Confirm
        open={asks}
        title={`Remove ${name}?`}
        action="Remove"
        onConfirm={() => void actions.remove(id)}
        onClose={() => setAsks(false)}
      >
        <p>
          {bytes(choice.bytes)} are freed.{" "}
          {isUsed && entry.kind === "embedder"
            ? "The library is then embedded again with the bundled model; until that is done, it is found by keywords only."
            : "To use it again, it must be fetched again."}
        </p>
      </Confirm>
    </li>
  );
}

function TransferRow({ id, transfer }: { readonly id: string; readonly transfer: ModelTransfer }) {
  const actions = useModelsActions();
  const { progress, rate } = transfer;
  const name = shortName(id).replace(":", " ");
  const label =
    progress.of > 0 ? `${name}: ${exactSize(progress.done)} of ${exactSize(progress.of)}` : `${name}: starting`;
  return (
    <li className={styles["row"]} data-model-key={id}>
      <div className={styles["what"]}>
        <span>
          {label}
          {rate !== null && <span className={styles["small"]}> · {exactSize(rate)} a second</span>}
        </span>
        <ProgressBar label={label} progress={progress} />
      </div>
      <div className={styles["actions"]}>
        <button type="button" className={parts["button"]} onClick={() => actions.stop(id)}>
          Cancel
        </button>
      </div>
    </li>
  );
}

function PartialRow({ model }: { readonly model: PartialModel }) {
  const actions = useModelsActions();
  const hub = useModels((view) => view.hub);
  const name = shortName(model.key).replace(":", " ");
  const isOfFiles = model.order.facts.revision === LOCAL_REVISION;
  const host = hub === null ? "the hub" : new URL(hub).host;
  return (
    <li className={styles["row"]} data-model-key={model.key}>
      <div className={styles["what"]}>
        <span>{name}</span>
        <span className={styles["small"]}>
          Stopped at {exactSize(model.done)} of {exactSize(model.of)}. What came is kept.
        </span>
      </div>
      <div className={styles["actions"]}>
        {isOfFiles ? (
          <span className={styles["small"]}>Choose the folder or zip again to go on</span>
        ) : (
          <button type="button" className={parts["button"]} onClick={() => actions.bringIn(model.order)}>
            Go on from {host}
          </button>
        )}
        <button type="button" className={parts["quiet"]} onClick={() => void actions.remove(model.key)}>
          Remove
        </button>
      </div>
    </li>
  );
}
