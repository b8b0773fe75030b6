/**
 * Every failure a person can meet. The wording and the advice for each code live in `ui/`;
 * here are only the code and the facts that the wording needs.
 */
export type ErrorCode =
  | "PDF_ENCRYPTED"
  | "PDF_DAMAGED"
  | "PDF_NO_TEXT"
  | "FILE_NOT_PDF"
  | "FILE_EMPTY"
  | "FILE_TOO_LARGE"
  | "FILE_DUPLICATE"
  | "FILE_UNREADABLE"
  | "MODEL_MISSING"
  | "MODEL_CORRUPT"
  | "MODEL_MISMATCH"
  | "HUB_UNREACHABLE"
  | "HUB_NOT_FOUND"
  | "HUB_DENIED"
  | "DEVICE_LOST"
  | "DEVICE_WRONG_NUMBERS"
  | "OUT_OF_MEMORY"
  | "QUOTA_EXCEEDED"
  | "STORE_BLOCKED"
  | "STORE_BROKEN"
  | "IMPORT_NOT_A_LIBRARY"
  | "IMPORT_DAMAGED"
  | "IMPORT_TOO_NEW"
  | "INDEX_FAILED"
  | "WORKER_CRASHED"
  | "QUERY_TOO_LONG"
  | "LIBRARY_EMPTY"
  | "OCR_NO_LANGUAGE"
  | "OCR_BAD_LANGUAGE"
  | "OCR_UNAVAILABLE"
  | "SET_UNKNOWN_FORMAT"
  | "SET_INCOMPLETE"
  | "SET_TOO_LARGE"
  | "SET_BROKEN"
  | "SET_EMPTY"
  | "PROOF_NOT_ONE"
  | "PROOF_DAMAGED"
  | "PROOF_TOO_NEW"
  | "ENDPOINT_UNREACHABLE"
  | "ENDPOINT_CORS"
  | "ENDPOINT_AUTH"
  | "ENDPOINT_TIMEOUT"
  | "ENDPOINT_BUSY"
  | "ENDPOINT_FAILED"
  | "ENDPOINT_BAD_REPLY"
  | "LLM_OFF"
  | "LLM_PROMPT_TOO_LONG"
  | "LLM_BAD_REPLY"
  | "CANCELLED"
  | "UNEXPECTED";

/** Facts as fields, never prose: numbers, names, ids. Structured-clone safe. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | null>>;

/** An error as plain data: what crosses threads, sits in state and is shown. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;
  /** The underlying message, for the details fold and for bug reports; never the main wording. */
  readonly detail: string;
}

/** A broken promise: thrown by ports and use-cases, carried across threads by `workers/wire`. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, detail = "", facts: ErrorFacts = {}, cause?: unknown) {
    super(detail === "" ? code : `${code}: ${detail}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.facts = facts;
  }

  get data(): ErrorData {
    return { code: this.code, facts: this.facts, detail: this.message };
  }
}

/** Any thrown thing as an EngineError; an abort of ours becomes CANCELLED. */
export function toEngineError(thrown: unknown, fallback: ErrorCode = "UNEXPECTED"): EngineError {
  if (thrown instanceof EngineError) return thrown;
  if (thrown instanceof Error) {
    const code = thrown.name === "AbortError" ? "CANCELLED" : fallback;
    return new EngineError(code, thrown.message, {}, thrown);
  }
  return new EngineError(fallback, String(thrown));
}

/** What core needs of an AbortSignal; core has no DOM types, and an AbortSignal fits. */
export interface Cancel {
  throwIfAborted(): void;
}
