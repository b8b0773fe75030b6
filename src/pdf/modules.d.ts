/** pdfjs-dist ships no types for its worker; inline mode needs this one name, passed on unread. */
declare module "pdfjs-dist/legacy/build/pdf.worker.min.mjs" {
  export const WorkerMessageHandler: object;
}
