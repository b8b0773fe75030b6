import { hex } from "#core/base/hex.ts";

/** 32 bytes. The browser has no streaming digest: the input is in memory whole, so call it part by part. */
export async function sha256(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** 64 lower-case hex digits, the form of a document id. */
export async function sha256Hex(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(await sha256(bytes));
}
