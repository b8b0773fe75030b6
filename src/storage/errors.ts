import { EngineError, toEngineError } from "#core/base/errors.ts";
import type { ErrorCode, ErrorFacts } from "#core/base/errors.ts";

/** By name, never by message: Chromium's QuotaExceededError comes with an empty one. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  QuotaExceededError: "QUOTA_EXCEEDED",
  VersionError: "STORE_BLOCKED",
  TimeoutError: "STORE_BLOCKED",
  NotReadableError: "FILE_UNREADABLE",
  DataCloneError: "UNEXPECTED",
};

/** What IndexedDB, Web Locks or a blob threw, as ours. What is not known by name means that the store is broken. */
export function storageError(thrown: unknown, facts: ErrorFacts = {}): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const name = thrown instanceof Error ? thrown.name : "";
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new EngineError(CODES[name] ?? "STORE_BROKEN", `${name} ${message}`.trim(), { ...facts, name }, thrown);
}

/** What reading a file that the user chose threw, as ours. */
export function fileError(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const name = thrown instanceof Error ? thrown.name : "";
  // Browsers raise these when the file was moved, changed or locked after it was chosen.
  if (name === "NotReadableError" || name === "NotFoundError") return toEngineError(thrown, "FILE_UNREADABLE");
  // A buffer that cannot be allocated is a RangeError in every engine.
  if (name === "RangeError") return toEngineError(thrown, "OUT_OF_MEMORY");
  return toEngineError(thrown);
}
