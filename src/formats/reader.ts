import { EngineError } from "#core/base/errors.ts";
import type { DocumentFormat, DocumentText, DocumentWarning } from "#core/model.ts";
import type { DocumentReader, Signal } from "#core/ports.ts";
import { formatOf } from "#core/page/format-of.ts";
import type { Blocks } from "./block.ts";
import { decode } from "./decode.ts";
import { docxHtml } from "./docx.ts";
import { htmlBlocks } from "./html.ts";
import { MAX_SECTIONS, MAX_TEXT_BYTES } from "./limits.ts";
import { markdownHtml } from "./markdown.ts";
import { plainBlocks } from "./plain.ts";
import { toSections } from "./sections.ts";

export interface TextReaderOptions {
  /** Lets messages in, so that an abort is seen while a long file is read. */
  readonly breathe: () => Promise<void>;
}

/** Reads documents that have sections instead of pages, in the calling thread. */
export function textReader({ breathe }: TextReaderOptions): DocumentReader {
  return {
    async read({ bytes, name }, signal, onProgress) {
      if (bytes.byteLength === 0) throw new EngineError("FILE_EMPTY");
      const format = formatOf(name, new Uint8Array(bytes));
      if (format === null || format === "pdf") throw new EngineError("FILE_NOT_PDF");
      onProgress({ done: 0, of: 0 });
      checkAbort(signal);
      const { title, blocks, warnings } = await read(format, bytes, RECORDS.test(name), signal, breathe);
      checkAbort(signal);
      const sections = toSections(blocks);
      const pages = sections.slice(0, MAX_SECTIONS);
      if (pages.every((page) => page.quality === "no-text")) {
        throw new EngineError("PDF_NO_TEXT", "", { pages: pages.length });
      }
      onProgress({ done: pages.length, of: pages.length });
      const cut: DocumentWarning[] =
        sections.length > pages.length
          ? [{ kind: "pages-left-out", pages: sections.length - pages.length, of: sections.length }]
          : [];
      const heading = blocks.find(({ level }) => level === 1)?.text ?? null;
      return { format, title: title ?? heading, pages, warnings: [...warnings, ...cut] } satisfies DocumentText;
    },
  };
}

/** Each line of these stands for itself. */
const RECORDS = /\.(?:log|csv)$/i;

type Read = Blocks & Pick<DocumentText, "warnings">;

async function read(
  format: Exclude<DocumentFormat, "pdf">,
  bytes: ArrayBuffer,
  isRecord: boolean,
  signal: Signal,
  breathe: () => Promise<void>,
): Promise<Read> {
  if (format === "docx") return { ...(await htmlBlocks(await docxHtml(bytes), signal, breathe)), warnings: [] };
  if (bytes.byteLength > MAX_TEXT_BYTES) {
    throw new EngineError("FILE_TOO_LARGE", "", { bytes: bytes.byteLength, limit: MAX_TEXT_BYTES });
  }
  const { text, guessed } = decode(new Uint8Array(bytes), format === "html");
  const warnings: DocumentWarning[] = guessed === null ? [] : [{ kind: "encoding-guessed", encoding: guessed }];
  if (format === "html") return { ...(await htmlBlocks(text, signal, breathe)), warnings };
  const made = format === "markdown" ? await markdownHtml(text).catch(() => null) : null;
  // Nested so deeply that the parser runs out of stack: then its marks are read as text.
  if (made === null) return { title: null, blocks: plainBlocks(text, isRecord), warnings };
  const { title, blocks } = await htmlBlocks(made.html, signal, breathe);
  return { title: made.title ?? title, blocks, warnings };
}

function checkAbort(signal: Signal): void {
  if (signal.aborted) throw new EngineError("CANCELLED");
}
