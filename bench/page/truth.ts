import { pdfClient } from "#workers/pdf/pdf.client.ts";
import { score, toTruth, type Score, type Unit } from "../../truth/score.ts";
import type { BarePdfApi } from "./bare-pdf.worker.ts";
import { json } from "./corpus.ts";
import { benchWorker, fetched, NEVER, PDF_ASSETS, quiet } from "./ports.ts";
import type { Part, Row } from "./row.ts";

interface TruthDocument {
  readonly name: string;
  readonly text: string;
  readonly unit: Unit;
  readonly order: number;
  readonly sentences: number;
}

type Reading = "ours" | "hasEOL" | "spaces" | "pdftotext";
const NAMES: Readonly<Record<Reading, string>> = {
  ours: "ours",
  hasEOL: "hasEOL join",
  spaces: "join(' ')",
  pdftotext: "pdftotext",
};

/** PDFs whose text is known to the letter: how much of it each way of reading keeps. */
export const truth: Part = async ({ pdftotext }, say) => {
  const ours = pdfClient(PDF_ASSETS);
  const bare = benchWorker<BarePdfApi>(
    () => new Worker(new URL("./bare-pdf.worker.ts", import.meta.url), { type: "module" }),
  );
  const documents = await json<readonly TruthDocument[]>("truth/documents.json");
  const all: Partial<Record<Reading, Score>>[] = [];
  const rows: Row[] = [];
  if (pdftotext === null) say("truth: pdftotext is not installed, so it is left out");
  for (const { name, text, unit, order, sentences } of documents) {
    const [bytes, source] = await Promise.all([fetched(`truth/pdfs/${name}.pdf`), fetched(`truth/texts/${text}.txt`)]);
    const known = toTruth(new TextDecoder().decode(source), unit);
    const { pages } = await ours.read({ bytes: bytes.slice(0), name, password: null }, NEVER, quiet);
    const naive = await bare.run(null, (api) => api.joins(PDF_ASSETS, bytes));
    const theirs = pdftotext?.[name];
    const scores = {
      ours: score(known, pages.map((page) => page.text.slice(0, page.bodyEnd)).join("\n")),
      hasEOL: score(known, naive.hasEOL),
      spaces: score(known, naive.spaces),
      ...(theirs === undefined ? {} : { pdftotext: score(known, theirs) }),
    };
    all.push(scores);
    rows.push({
      what: `${name}: sentences whole`,
      value: 100 * scores.ours.sentences,
      unit: "%",
      // As in src/pdf/truth.test.ts: the wanted numbers were taken on other documents of the same kinds.
      budget: { least: sentences - 2 },
      note: `order ${scores.ours.order.toFixed(3)} of ${order}; ${beside(scores)}`,
    });
  }
  bare.end();
  const means: Partial<Record<Reading, Score>> = Object.fromEntries(
    readings(all[0] ?? {}).map((reading) => [reading, meanOf(all.flatMap((scores) => scores[reading] ?? []))]),
  );
  const { order, sentences } = means.ours ?? meanOf([]);
  return [
    ...rows,
    { what: "mean word order", value: order, unit: "", budget: { least: 0.98 }, note: beside(means) },
    { what: "mean of sentences whole", value: 100 * sentences, unit: "%", budget: { least: 77 } },
  ];
};

function readings(scores: Partial<Record<Reading, Score>>): Reading[] {
  return (Object.keys(NAMES) as Reading[]).filter((reading) => scores[reading]);
}

/** `hasEOL join .95/45, …`: word order / per cent of sentences of the other readings. */
function beside(scores: Partial<Record<Reading, Score>>): string {
  const others = readings(scores).filter((reading) => reading !== "ours");
  return others.map((reading) => `${NAMES[reading]} ${brief(scores[reading]!)}`).join(", ");
}

function brief({ order, sentences }: Score): string {
  return `${order.toFixed(2)}/${(100 * sentences).toFixed(0)}`;
}

function meanOf(scores: readonly Score[]): Score {
  return {
    order: sum(scores.map(({ order }) => order)) / scores.length,
    sentences: sum(scores.map(({ sentences }) => sentences)) / scores.length,
    missing: [],
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
