import { readdirSync, readFileSync } from "node:fs";
import type { FilePayload } from "./app.ts";

/** A BEIR folder of the samples' sources: paragraphs are documents, their sentences questions. One line of it is broken. */
export function beirOfSamples(most: number): {
  readonly files: readonly FilePayload[];
  readonly questions: number;
  readonly brokenLine: number;
} {
  const folder = "samples/content";
  const paragraphs = readdirSync(folder)
    .filter((name) => name.endsWith(".html") && !name.includes("-zh"))
    .flatMap((name) => {
      const html = readFileSync(`${folder}/${name}`, "utf8");
      return [...html.matchAll(/<(?:p|li)\b[^>]*>(.*?)<\/(?:p|li)>/gs)].map(([, inner = ""]) =>
        inner
          .replaceAll(/<[^>]+>/g, "")
          .replaceAll(/\s+/g, " ")
          .trim(),
      );
    })
    .filter((text) => text.split(" ").length >= 12 && !text.includes("&"));
  const documents = [...new Set(paragraphs)].map((text, at) => ({ id: `p${at}`, text }));
  const questions = documents
    .flatMap(({ id, text }) => text.split(/(?<=[.!?]) /).map((sentence) => ({ document: id, sentence })))
    .filter(({ sentence }) => sentence.split(" ").length >= 6)
    .slice(0, most)
    .map((question, at) => ({ ...question, id: `q${at}` }));
  const brokenLine = 17;
  const corpus = documents.map(({ id, text }) => JSON.stringify({ _id: id, title: "", text }));
  corpus.splice(brokenLine - 1, 0, '{"_id": "broken", "text": ');
  const queries = questions.map(({ id, sentence }) => JSON.stringify({ _id: id, text: sentence }));
  const judgements = questions.map(({ id, document }) => `${id}\t${document}\t1`);
  const file = (name: string, lines: readonly string[]): FilePayload => ({
    name,
    mimeType: "text/plain",
    buffer: Buffer.from(`${lines.join("\n")}\n`),
  });
  return {
    files: [
      file("corpus.jsonl", corpus),
      file("queries.jsonl", queries),
      file("test.tsv", ["query-id\tcorpus-id\tscore", ...judgements]),
    ],
    questions: questions.length,
    brokenLine,
  };
}
