import type { EngineError } from "#core/base/errors.ts";

/** After these the worker's realm cannot be trusted: ONNX Runtime rejects everything that follows a failed call. */
export function poisonsRealm(error: EngineError): boolean {
  return error.code !== "CANCELLED";
}
