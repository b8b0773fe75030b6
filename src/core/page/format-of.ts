import type { DocumentFormat } from "../model.ts";

/** Readers accept rubbish before a PDF's header, but no more than this. */
const PDF_WITHIN = 1024;
/** Enough to tell text from binary: binary formats have a NUL or another control character in their first lines. */
const LOOKED_AT = 4096;

const BY_ENDING: Readonly<Record<string, DocumentFormat>> = {
  pdf: "pdf",
  txt: "text",
  text: "text",
  log: "text",
  csv: "text",
  md: "markdown",
  markdown: "markdown",
  html: "html",
  htm: "html",
  xhtml: "html",
  docx: "docx",
};

/**
 * What a file is, by its first bytes and then by its name; null where it is nothing that is read. A rename does not
 * make a PDF of a web page, but only the name tells Markdown from plain text.
 * @param head the file's beginning, 4 kB or more where it has that much; a whole file is fine
 */
export function formatOf(name: string, head: Uint8Array): DocumentFormat | null {
  if (indexOf(head.subarray(0, PDF_WITHIN + 5), "%PDF-") >= 0) return "pdf";
  const named = BY_ENDING[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ""];
  if (indexOf(head.subarray(0, 4), "PK\u0003\u0004") === 0) {
    // The names of a zip's files stand before their contents; Word's own files name the text within 4 kB.
    return named === "docx" || indexOf(head.subarray(0, LOOKED_AT), "word/") >= 0 ? "docx" : null;
  }
  const bytes = head.subarray(0, LOOKED_AT);
  // A PDF whose header is lost is still worth a try; its reader says what it is not.
  if (named === "pdf") return "pdf";
  if (named === "docx" || !looksLikeText(bytes)) return null;
  if (named !== undefined) return named;
  return /^\W*<(?:!doctype html|html)[\s>]/i.test(asLatin1(bytes.subarray(0, 256))) ? "html" : "text";
}

/** Whether no byte says that these bytes are not text. Empty is text. */
export function looksLikeText(bytes: Uint8Array): boolean {
  return wideOrder(bytes) !== null || !bytes.some(isBinary);
}

/** Byte order of UTF-16 text, with or without its mark; null of anything else. */
export function wideOrder(bytes: Uint8Array): "le" | "be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "be";
  const units = Math.min(bytes.length, LOOKED_AT) >> 1;
  const little = countUnits(bytes, units, 1);
  const big = countUnits(bytes, units, 0);
  // Every script has blanks and line ends; read in the wrong order these are letters that hardly occur.
  const order = little.blanks > big.blanks ? "le" : "be";
  const { blanks, binary } = order === "le" ? little : big;
  return binary > 0 || blanks === 0 || blanks < units / 64 ? null : order;
}

/** Blanks and line ends, and control characters, when the byte at `high` of each pair is the upper one. */
function countUnits(bytes: Uint8Array, units: number, high: 0 | 1): { blanks: number; binary: number } {
  let blanks = 0;
  let binary = 0;
  for (let i = 0; i < units; i += 1) {
    if (bytes[2 * i + high] !== 0) continue;
    const low = bytes[2 * i + 1 - high] ?? 0;
    if (low === 32 || low === 10 || low === 13) blanks += 1;
    else if (isBinary(low)) binary += 1;
  }
  return { blanks, binary };
}

/** Control characters that no text holds; form feed, tab and the escape of ISO-2022 and of coloured logs it may. */
function isBinary(byte: number): boolean {
  return byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27;
}

function indexOf(bytes: Uint8Array, ascii: string): number {
  return asLatin1(bytes).indexOf(ascii);
}

function asLatin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
