import type { DocumentFormat } from "./model.ts";

/**
 * The type that a document's stored file carries. Never taken from the file or its name: a blob that calls itself HTML
 * would run as a page of ours when opened in a tab.
 */
export function blobTypeOf(format: DocumentFormat): string {
  return format === "pdf" ? "application/pdf" : "application/octet-stream";
}
