import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { optional } from "./read-page.ts";

/** Whether the file says that its structure is marked. pdf.js 6.5 gives a Map where its types promise an object. */
export async function isMarked(pdf: PDFDocumentProxy): Promise<boolean> {
  const info: unknown = await optional(pdf.getMarkInfo());
  if (info instanceof Map) return info.get("Marked") === true;
  return typeof info === "object" && info !== null && "Marked" in info && info.Marked === true;
}
