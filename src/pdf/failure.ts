import { EngineError } from "#core/base/errors.ts";

const HEADER = [0x25, 0x50, 0x44, 0x46, 0x2d];
/** Readers accept rubbish before the header, but no more than this. */
const HEADER_WITHIN = 1024;
/** pdf.js's PasswordResponses.INCORRECT_PASSWORD; 1 is "there is none yet". */
const WRONG_PASSWORD = 2;

/** Whether "%PDF-" stands near the beginning. */
export function hasPdfHeader(bytes: ArrayBuffer): boolean {
  const head = new Uint8Array(bytes, 0, Math.min(bytes.byteLength, HEADER_WITHIN));
  return head.some((_, at) => HEADER.every((byte, i) => head[at + i] === byte));
}

/** What pdf.js threw, as one of our codes; `isPdf` is `hasPdfHeader` of the file. */
export function toPdfError(thrown: unknown, isPdf: boolean): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (name === "PasswordException") {
    const wrongPassword = thrown instanceof Error && "code" in thrown && thrown.code === WRONG_PASSWORD;
    return new EngineError("PDF_ENCRYPTED", message, { wrongPassword }, thrown);
  }
  // V8 and WebKit report a failed allocation so; pdf.js passes the message on under another name.
  if (/allocation failed|out of memory/i.test(message)) return new EngineError("OUT_OF_MEMORY", message, {}, thrown);
  return new EngineError(isPdf ? "PDF_DAMAGED" : "FILE_NOT_PDF", message, {}, thrown);
}
