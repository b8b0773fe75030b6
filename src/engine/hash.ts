import type { DocumentId } from "#core/model.ts";

/** A document's identity: SHA-256 of its bytes, 64 hex digits. */
export async function documentIdOf(bytes: ArrayBuffer): Promise<DocumentId> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") as DocumentId;
}
