import { useId, useState } from "react";
import type { EvaluationRun } from "#core/evaluate/model.ts";
import type { ExportFormat } from "#state/evaluate-view.ts";
import { useEvaluateActions } from "../../app/stores.ts";
import { saveFile } from "../../library/save-file.ts";
import { Icon } from "../../parts/icon.tsx";
import { useDisclosure } from "../../parts/use-disclosure.ts";
import { cellName } from "../../words/evaluate.ts";
import styles from "./export-menu.module.css";

const OF_ROW: readonly (readonly [format: ExportFormat, name: string, tells: string])[] = [
  ["trec-run", "Run of this row (TREC)", "ranked items with falling scores"],
  ["proof", "Proof bundle (HTML)", "this row beside off, all numbers; opens offline, can be imported"],
];

const WHOLE: readonly (readonly [format: ExportFormat, name: string, tells: string])[] = [
  ["trec-qrels", "Judgements (TREC qrels)", "who answers what, by id"],
  ["csv", "Table (CSV)", "full precision"],
  ["markdown", "Table (Markdown)", "to paste into a report"],
  ["json", "Everything (JSON)", "lists, settings, versions"],
];

/** A disclosure whose buttons save a file each. */
export function ExportMenu({ run }: { readonly run: EvaluationRun }) {
  const actions = useEvaluateActions();
  const { ref, close } = useDisclosure();
  const [row, setRow] = useState("");
  const id = useId();
  const embedders = new Set(run.cells.map(({ cell }) => cell.embedder)).size;
  const first = run.cells.find(({ cell }) => cell.reranker !== "off") ?? run.cells[0];
  const known = run.cells.some(({ cell }) => cell.key === row) ? row : (first?.cell.key ?? "");
  const save = async (format: ExportFormat, cell: string | null) => {
    close(true);
    const { blob, name } = await actions.exportRun(format, cell);
    saveFile(blob, name);
  };
  return (
    <details ref={ref} className={styles["menu"]}>
      <summary>
        Export
        <Icon name="next" size={12} />
      </summary>
      <div className={styles["items"]}>
        <div className={styles["run"]}>
          <label htmlFor={id}>Row to export</label>
          <select id={id} value={known} onChange={({ currentTarget }) => setRow(currentTarget.value)}>
            {run.cells.map(({ cell }) => (
              <option key={cell.key} value={cell.key}>
                {cellName(cell, embedders > 1)}
              </option>
            ))}
          </select>
          {OF_ROW.map(([format, name, tells]) => (
            <button key={format} type="button" onClick={() => void save(format, known)}>
              {name}
              <span>{tells}</span>
            </button>
          ))}
        </div>
        {WHOLE.map(([format, name, tells]) => (
          <button key={format} type="button" onClick={() => void save(format, known)}>
            {name}
            <span>{tells}</span>
          </button>
        ))}
      </div>
    </details>
  );
}
