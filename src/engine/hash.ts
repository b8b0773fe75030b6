import { hex } from "#core/base/hex.ts";
import type { DocumentId } from "#core/model.ts";

/** A document's identity: SHA-256 of its bytes, 64 hex digits. */
export async function documentIdOf(bytes: ArrayBuffer): Promise<DocumentId> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))) as DocumentId;
}
