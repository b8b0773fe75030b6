import type { Grade } from "../model.ts";
import type { CorpusDocument } from "./imported.ts";

export interface WrittenSetQuestion {
  readonly id: string;
  readonly text: string;
  /** Ids of documents of the corpus. */
  readonly targets: readonly { readonly document: string; readonly grade: Grade }[];
}

/** Lines of corpus.jsonl, one document each, ready to be parts of a Blob. */
export async function* writeBeirCorpus(
  documents: AsyncIterable<CorpusDocument> | Iterable<CorpusDocument>,
): AsyncGenerator<string> {
  for await (const { id, title, text } of documents) yield `${JSON.stringify({ _id: id, title, text })}\n`;
}

/** queries.jsonl and qrels/test.tsv of a BEIR folder. Ids with tabs or line ends have no place in it: they become spaces. */
export function writeBeir(
  questions: readonly WrittenSetQuestion[],
): { readonly path: string; readonly text: string }[] {
  const queries = questions.map(({ id, text }) => `${JSON.stringify({ _id: tidy(id), text })}\n`);
  const rows = questions.flatMap(({ id, targets }) =>
    targets.map(({ document, grade }) => `${tidy(id)}\t${tidy(document)}\t${grade}\n`),
  );
  return [
    { path: "queries.jsonl", text: queries.join("") },
    { path: "qrels/test.tsv", text: `query-id\tcorpus-id\tscore\n${rows.join("")}` },
  ];
}

function tidy(id: string): string {
  return id.replaceAll(/[\t\r\n]+/g, " ").trim();
}
