import { DEFAULT_CHUNK_SETTINGS } from "#core/chunk/settings.ts";
import { splitSentences } from "#core/chunk/sentences.ts";
import type { Chunk, DocumentId, Page } from "#core/model.ts";
import type { Embedder } from "#core/ports.ts";
import { pdfClient } from "#workers/pdf/pdf.client.ts";
import { fetched, NEVER, PDF_ASSETS, quiet } from "./ports.ts";

export interface Question {
  readonly question: string;
  readonly language: "en" | "zh";
}

export interface SourceFile {
  readonly name: string;
  readonly path: string;
}

export async function json<T>(path: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await fetched(path))) as T;
}

export async function sampleFiles(): Promise<SourceFile[]> {
  const listed = await json<{ file: string }[]>("samples/index.json");
  return listed.map(({ file }) => ({ name: file, path: `samples/${file}` }));
}

export function questions(): Promise<Question[]> {
  return json<Question[]>("samples/questions.json");
}

/** Pages of each file, read as the app reads them. */
export async function readAll(paths: readonly string[]): Promise<Page[][]> {
  const reader = pdfClient(PDF_ASSETS);
  const all: Page[][] = [];
  for (const path of paths) {
    // oxlint-disable-next-line no-await-in-loop -- one reader, one file at a time
    all.push([...(await reader.read({ bytes: await fetched(path), name: path, password: null }, NEVER, quiet)).pages]);
  }
  return all;
}

/** The chunks the app would make of these documents. */
export async function chunksOf(embedder: Embedder, documents: readonly (readonly Page[])[]): Promise<Chunk[]> {
  const all: Chunk[] = [];
  for (const [i, pages] of documents.entries()) {
    const id = String(i).padStart(64, "0") as DocumentId;
    // oxlint-disable-next-line no-await-in-loop -- one tokenizer
    all.push(...(await embedder.chunk(id, pages, DEFAULT_CHUNK_SETTINGS, NEVER)));
  }
  return all;
}

/** Different sentences of the documents, between 30 and 400 characters. */
export function sentencesOf(documents: readonly (readonly Page[])[]): string[] {
  const texts = documents.flat().flatMap(({ text }) => splitSentences(text).map((s) => text.slice(s.start, s.end)));
  return [...new Set(texts.filter((text) => text.length >= 30 && text.length <= 400))];
}
