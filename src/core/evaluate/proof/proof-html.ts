import { decimals, metricLabel, milliseconds, settingOf, type TableRow } from "../formats/table.ts";
import type { EvaluationRun, Outcome, Question } from "../model.ts";
import { PROOF_STYLE } from "./proof-style.ts";
import { checksumElement, jsonElement, type ProofData, type ProofPassage } from "./proof.ts";

/** No script runs, nothing is fetched; the one inline style is ours. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Rule B1: text reaches the page as text. */
function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (letter) => names[letter] ?? letter);
}

/**
 * The bundle in parts for a Blob: one HTML file that is read without script and without network.
 * @param json of `proofJson`; @param sha256 of its UTF-8 bytes, 64 hex digits
 */
export function* proofHtml(data: ProofData, json: string, sha256: string): Generator<string> {
  const { run } = data;
  const title = `${run.set.name}: before and after re-ranking`;
  yield `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n`;
  yield `<meta http-equiv="Content-Security-Policy" content="${POLICY}">\n${checksumElement(sha256)}\n`;
  yield `<meta name="viewport" content="width=device-width">\n<title>${escapeHtml(title)}</title>\n<style>${PROOF_STYLE}</style>\n`;
  // In the head, and so in the first kilobytes: a reader sees at once what the file is.
  yield `${jsonElement(json)}\n</head>\n<body>\n`;
  yield head(data, title, sha256);
  yield `<h2>Results</h2>\n${results(data.table, data.k)}\n`;
  yield questionsHead(data);
  const passages = new Map(data.passages.map((one) => [one.id, one]));
  const before = outcomesOf(run, data.before);
  const after = outcomesOf(run, data.after);
  for (const question of run.set.questions) {
    yield questionHtml(data, question, before.get(question.id), after.get(question.id), passages);
  }
  yield `</body>\n</html>\n`;
}

function head({ run, madeAt, appVersion, settings, models }: ProofData, title: string, sha256: string): string {
  const { set, corpus } = run;
  const unfinished = run.finished ? "" : " The run was not finished: questions without lists were not reached.";
  const facts: readonly (readonly [string, string])[] = [
    ["Questions", `${set.questions.length}, ${ORIGIN[set.origin]}`],
    ["Ranked", RANKED[set.level]],
    ["Searched", `${corpus.documents} documents in ${corpus.chunks} passages (${run.corpusKey})`],
    ...settings,
  ];
  const modelRows = models.map(({ role, stamp, files }) => {
    const hashes = files.map((file) => `${escapeHtml(file.path)} <code>${escapeHtml(file.sha256)}</code>`).join("<br>");
    return `<tr><td>${role === "embedder" ? "Embedding" : "Re-ranking"}</td><td>${escapeHtml(stamp.id)}<br><span class="soft">${escapeHtml(`${stamp.revision} · ${stamp.dtype} · ${stamp.device}`)}</span></td><td>${hashes}</td></tr>`;
  });
  return [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="soft">Made by Second Look ${escapeHtml(appVersion)} on ${new Date(madeAt).toISOString().slice(0, 16).replace("T", " ")} UTC.${unfinished}</p>`,
    `<p class="soft">Checksum of the data in this file: <code>${sha256}</code>. It shows damage; it is no signature.</p>`,
    `<h2>How it was measured</h2>`,
    `<table class="words"><tbody>${facts.map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join("\n")}</tbody></table>`,
    `<h2>Models</h2>`,
    `<div class="scroll"><table class="words"><thead><tr><th>Role</th><th>Model, revision</th><th>Files, SHA-256</th></tr></thead><tbody>${modelRows.join("\n")}</tbody></table></div>\n`,
  ].join("\n");
}

const ORIGIN = {
  judged: "judged by a person",
  masked: "sentences taken out of their own passages: a smoke test, easier for keyword search than what people ask",
  generated: "written by a language model",
  imported: "from a file",
} as const;
const RANKED = {
  document: "documents, by their best passage",
  page: "pages, by their best passage",
  passage: "passages",
} as const;

function results(rows: readonly TableRow[], k: number): string {
  const metrics = rows[0]?.values.map(({ metric }) => metric) ?? [];
  const names = ["Setting", ...metrics.map((metric) => metricLabel(metric, k)), "Median", "p95"];
  const lines = rows.map(({ cell, values, latency }) => {
    const numbers = metrics.map((metric) => `<td>${numberHtml(values.find((value) => value.metric === metric))}</td>`);
    const times = [latency?.median, latency?.p95].map((time) => `<td>${milliseconds(time)}</td>`);
    return `<tr><td>${escapeHtml(settingOf(cell))}</td>${numbers.join("")}${times.join("")}</tr>`;
  });
  return `<div class="scroll"><table class="numbers"><thead><tr>${names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("")}</tr></thead><tbody>${lines.join("\n")}</tbody></table></div>\n<p class="soft">Under each number its 95 % interval, the difference to the same retrieval without re-ranking, and questions won, tied and lost.</p>`;
}

function numberHtml(one: TableRow["values"][number] | undefined): string {
  if (one === undefined) return "–";
  const { value, interval, against } = one;
  const between = `<small>${decimals(interval.low)} to ${decimals(interval.high)}</small>`;
  if (against === null) return `${decimals(value)}${between}`;
  const isWorse = against.difference < 0;
  const sign = against.difference > 0 ? "+" : isWorse ? "−" : "±";
  const change = `${sign}${decimals(Math.abs(against.difference))}${isWorse ? " worse" : ""}, p ${decimals(against.p)}`;
  const counts = `<small>${against.wins} / ${against.ties} / ${against.losses}</small>`;
  return `${decimals(value)}${between}<small${isWorse ? ' class="worse"' : ""}>${change}</small>${counts}`;
}

function questionsHead({ run, before, after, k }: ProofData): string {
  const name = (key: string): string => {
    const found = run.cells.find(({ cell }) => cell.key === key)?.cell;
    return escapeHtml(found === undefined ? key : settingOf(found));
  };
  return `<h2>Questions</h2>\n<p class="soft">First ${k} before: ${name(before)}. After: ${name(after)}. What was judged relevant is marked with a tick.</p>\n`;
}

function outcomesOf({ cells }: EvaluationRun, key: string): ReadonlyMap<string, Outcome> {
  const outcomes = cells.find(({ cell }) => cell.key === key)?.outcomes ?? [];
  return new Map(outcomes.map((outcome) => [outcome.questionId, outcome]));
}

function questionHtml(
  { run, k }: ProofData,
  { id, text, targets }: Question,
  before: Outcome | undefined,
  after: Outcome | undefined,
  passages: ReadonlyMap<string, ProofPassage>,
): string {
  const grades = run.grades.get(id);
  const first = (outcome: Outcome | undefined): string => {
    const at = outcome?.items.findIndex((item) => (grades?.get(item) ?? 0) > 0) ?? -1;
    return at === -1 ? "not in the list" : `rank ${at + 1}`;
  };
  const list = (name: string, outcome: Outcome | undefined): string => {
    const items = (outcome?.items ?? []).slice(0, k).map((item, i) => {
      const passage = passages.get(outcome!.chunks[i]!);
      const grade = grades?.get(item);
      const score = outcome!.scores[i];
      const mark = grade === undefined ? "" : grade > 0 ? ` · ✓ grade ${grade}` : ` · grade ${grade}`;
      const place =
        passage === undefined ? item : `${passage.document}${passage.page === "" ? "" : `, p. ${passage.page}`}`;
      const number = score === undefined || Number.isNaN(score) ? "" : score.toFixed(4);
      return `<li${(grade ?? 0) > 0 ? ' class="right"' : ""}><div class="place"><span><b>${i + 1}</b> ${escapeHtml(place)}${mark}</span><span>${number}</span></div><p>${escapeHtml(passage?.text ?? "")}</p></li>`;
    });
    const body = items.length === 0 ? `<p class="soft">Nothing was found.</p>` : `<ol>${items.join("\n")}</ol>`;
    return `<div><h3>${name}</h3>${body}</div>`;
  };
  const answers = targets.filter(({ grade }) => grade > 0).length;
  return `<details open><summary>${escapeHtml(text)} <span>${answers} relevant · before: ${first(before)} · after: ${first(after)}</span></summary>\n<div class="lists">${list("Before", before)}${list("After", after)}</div></details>\n`;
}
