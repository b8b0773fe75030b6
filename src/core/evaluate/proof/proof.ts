import type { ChunkId, DocumentId, ModelStamp } from "../../model.ts";
import type { TableRow } from "../formats/table.ts";
import type { EvaluationRun } from "../model.ts";
import { plainRun, type PlainRun } from "./plain-run.ts";

/** Raised when a reader of today would misread what is written. */
export const PROOF_VERSION = 1;

export interface ProofModel {
  readonly role: "embedder" | "reranker";
  readonly stamp: ModelStamp;
  /** The files it was loaded from, as the manifest lists them. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

export interface ProofPassage {
  readonly id: ChunkId;
  readonly documentId: DocumentId;
  /** Name of the document and its page, as a person reads them. */
  readonly document: string;
  readonly page: string;
  readonly text: string;
}

/** Everything that stands in a proof bundle. */
export interface ProofData {
  /** Of the app that made it. */
  readonly appVersion: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  readonly run: EvaluationRun;
  /** Name and value in words: how it was searched and counted. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  readonly models: readonly ProofModel[];
  /** Where the lists are cut, for the numbers and for the lists on show. */
  readonly k: number;
  readonly table: readonly TableRow[];
  /** Keys of the two cells whose lists are shown. */
  readonly before: string;
  readonly after: string;
  /** Of the first k of both lists, each once. */
  readonly passages: readonly ProofPassage[];
}

/** The JSON inside. */
export interface PlainProof extends Omit<ProofData, "run"> {
  readonly format: "second-look-proof";
  readonly version: number;
  readonly run: PlainRun;
}

export function plainProof(data: ProofData): PlainProof {
  return { format: "second-look-proof", version: PROOF_VERSION, ...data, run: plainRun(data.run) };
}

/** Everything as JSON for other programs, with versions and settings: the data of a bundle, set for reading. */
export function everythingJson(data: ProofData): string {
  return `${JSON.stringify(plainProof(data), null, 2)}\n`;
}

/** Chunks whose texts the bundle needs: those of the first k of the two lists. */
export function chunksOfProof({
  run,
  before,
  after,
  k,
}: Pick<ProofData, "run" | "before" | "after" | "k">): Set<ChunkId> {
  const shown = run.cells.filter(({ cell }) => cell.key === before || cell.key === after);
  return new Set(shown.flatMap(({ outcomes }) => outcomes.flatMap(({ chunks }) => chunks.slice(0, k))));
}

const OPEN = '<script type="application/json" id="second-look-proof">';
const CLOSE = "</script>";
const SUM = /<meta name="second-look-checksum" content="sha256-([0-9a-f]{64})">/;

/** Rule B2: no `<` is left in it, so that no text of a document ends the element. One line, whatever happens to line ends. */
export function proofJson(value: PlainProof): string {
  return JSON.stringify(value).replaceAll("<", String.raw`\u003c`);
}

export function jsonElement(json: string): string {
  return `${OPEN}${json}${CLOSE}`;
}

export function checksumElement(sha256: string): string {
  return `<meta name="second-look-checksum" content="sha256-${sha256}">`;
}

/** The JSON of a bundle and the checksum that stands beside it, neither of them checked; null where the file is no bundle. */
export function proofParts(html: string): { readonly json: string; readonly sha256: string } | null {
  const start = html.indexOf(OPEN);
  const sha256 = SUM.exec(html.slice(0, 4096))?.[1];
  if (start === -1 || sha256 === undefined) return null;
  const from = start + OPEN.length;
  const end = html.indexOf(CLOSE, from);
  // Where the file breaks off, the checksum will tell.
  return { json: html.slice(from, end === -1 ? undefined : end), sha256 };
}
