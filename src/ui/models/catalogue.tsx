import { useId } from "react";
import { GENERATOR_EXPECTATION } from "#core/models/catalogue-generators.ts";
import { CATALOGUE, type CatalogueModel } from "#core/models/catalogue.ts";
import { devicesFor } from "#core/models/devices.ts";
import { DTYPES } from "#core/model.ts";
import { useModels, useModelsActions } from "../app/stores.ts";
import parts from "../styles/parts.module.css";
import { shortName } from "../words/model-names.ts";
import { languagesText, licenceText, megabytes } from "../words/models.ts";
import { count } from "../words/numbers.ts";
import styles from "./models.module.css";

const KINDS = [
  ["reranker", "Re-rankers worth trying"],
  ["embedder", "Embedding models worth trying"],
  ["generator", "Language models worth trying"],
] as const;

/** Models of the hub that are known to run here. Nobody is asked before a person looks one up. */
export function Catalogue() {
  return KINDS.map(([kind, title]) => <Group key={kind} kind={kind} title={title} />);
}

function Group({ kind, title }: { readonly kind: CatalogueModel["kind"]; readonly title: string }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      {kind === "generator" && <p className={styles["note"]}>{GENERATOR_EXPECTATION}</p>}
      <ul className={styles["list"]} aria-labelledby={heading}>
        {CATALOGUE.filter((model) => model.kind === kind).map((model) => (
          <Row key={model.id} model={model} />
        ))}
      </ul>
    </section>
  );
}

function Row({ model }: { readonly model: CatalogueModel }) {
  const hub = useModels((view) => view.hub);
  const gpu = useModels((view) => view.gpu);
  const device = useModels((view) => view.device);
  const actions = useModelsActions();
  const { id, goodFor, caution, licence, languages, sizes } = model;
  const weights = DTYPES.flatMap((dtype) => {
    const size = sizes[dtype];
    if (size === undefined) return [];
    const where = devicesFor(dtype, gpu, device)[0] === "webgpu" ? ", GPU" : "";
    return [`${dtype} ${megabytes(size)}${where}`];
  });
  const reads = model.maxTokens === null ? "length not known" : `reads ${count(model.maxTokens)} tokens`;
  const vector = model.kind === "embedder" && model.dimension !== null ? [`${count(model.dimension)} dimensions`] : [];
  return (
    <li className={styles["row"]}>
      <div className={styles["what"]}>
        <strong>{shortName(id)}</strong>
        <span>{goodFor}</span>
        {caution !== null && <span className={styles["caution"]}>{caution}</span>}
        <span className={styles["small"]}>
          {[
            id,
            <span key="licence" className={licence.nonCommercial ? styles["caution"] : undefined}>
              {licenceText(licence.name, licence.nonCommercial)}
            </span>,
            languagesText(languages),
            reads,
            ...vector,
          ].map((part, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- the parts of one line, in their order
            <span key={i}>
              {i > 0 && " · "}
              {part}
            </span>
          ))}
        </span>
        <span className={styles["small"]}>
          {weights.length > 0 ? weights.join(" · ") : "sizes not known before it is looked up"}
        </span>
      </div>
      <div className={styles["actions"]}>
        <button
          type="button"
          className={parts["button"]}
          disabled={hub === null}
          aria-label={`Look up ${shortName(id)}${hub === null ? "" : ` at ${new URL(hub).host}`}`}
          onClick={() => {
            actions.lookUp(id, model.revision);
            document.querySelector("#add-model")?.scrollIntoView({ block: "start" });
          }}
        >
          Look up
        </button>
      </div>
    </li>
  );
}
