import { EngineError } from "#core/base/errors.ts";
import { sha256, sha256Hex } from "./sha256.ts";

/** `\x89SLOOK\r\n`: not text, and a transfer that rewrites line ends is noticed at once (the idea is PNG's). */
const MAGIC = Uint8Array.of(0x89, 0x53, 0x4c, 0x4f, 0x4f, 0x4b, 0x0d, 0x0a);
/** Raised with every change of the header or of a section; rule L2 keeps the preamble as it is for ever. */
export const FILE_VERSION = 2;
/** Magic, version (u32), header bytes (u32), SHA-256 of those 16 bytes and the header. All little endian. */
export const PREAMBLE_BYTES = 48;
const SEAL_AT = 16;

/** A run of bytes after the header. */
export interface Section {
  /** From the end of the header. */
  readonly offset: number;
  readonly bytes: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

/** Collects sections as Blobs, which the browser may keep on disk, and closes them under a header. */
export class FrameWriter {
  readonly #parts: Blob[] = [];
  #bytes = 0;

  async add(part: Blob | Uint8Array<ArrayBuffer>): Promise<Section> {
    const bytes = part instanceof Blob ? await part.arrayBuffer() : part;
    const section = { offset: this.#bytes, bytes: bytes.byteLength, sha256: await sha256Hex(bytes) };
    this.#parts.push(part instanceof Blob ? part : new Blob([part]));
    this.#bytes += section.bytes;
    return section;
  }

  async finish(header: unknown, version = FILE_VERSION): Promise<Blob> {
    const json = new TextEncoder().encode(JSON.stringify(header));
    const preamble = new Uint8Array(PREAMBLE_BYTES);
    const view = new DataView(preamble.buffer);
    preamble.set(MAGIC);
    view.setUint32(8, version, true);
    view.setUint32(12, json.length, true);
    preamble.set(await seal(preamble, json), SEAL_AT);
    return new Blob([preamble, json, ...this.#parts], { type: "application/octet-stream" });
  }
}

/**
 * The header of a library file and the sections behind it.
 * @throws IMPORT_NOT_A_LIBRARY, IMPORT_DAMAGED, IMPORT_TOO_NEW
 */
export async function openFrame(
  file: Blob,
): Promise<{ readonly version: number; readonly header: unknown; readonly body: Blob }> {
  const preamble = new Uint8Array(await file.slice(0, PREAMBLE_BYTES).arrayBuffer());
  if (!MAGIC.every((byte, at) => preamble[at] === byte)) {
    throw new EngineError("IMPORT_NOT_A_LIBRARY", "the first bytes are not those of a library file", {
      bytes: file.size,
    });
  }
  if (preamble.length < PREAMBLE_BYTES) throw damaged("ends within the preamble");
  const view = new DataView(preamble.buffer);
  const version = view.getUint32(8, true);
  const headerBytes = view.getUint32(12, true);
  const bodyAt = PREAMBLE_BYTES + headerBytes;
  // Before anything is read: a flipped bit in the length must not ask for 4 GB.
  if (bodyAt > file.size) throw damaged("ends within the header");
  const json = new Uint8Array(await file.slice(PREAMBLE_BYTES, bodyAt).arrayBuffer());
  const expected = await seal(preamble, json);
  if (!expected.every((byte, at) => preamble[SEAL_AT + at] === byte)) throw damaged("the header's checksum differs");
  if (version > FILE_VERSION) {
    throw new EngineError("IMPORT_TOO_NEW", `version ${version}`, { version, supported: FILE_VERSION });
  }
  if (version < 1) throw damaged(`there never was a version ${version}`);
  return { version, header: parseJson(json), body: file.slice(bodyAt) };
}

/** @throws IMPORT_DAMAGED when it is short or its checksum differs */
export async function readSection(body: Blob, section: Section): Promise<ArrayBuffer> {
  const bytes = await body.slice(section.offset, section.offset + section.bytes).arrayBuffer();
  if (bytes.byteLength !== section.bytes) throw damaged("ends within a section");
  if ((await sha256Hex(bytes)) !== section.sha256) throw damaged("a section's checksum differs");
  return bytes;
}

/** @throws IMPORT_DAMAGED */
export function parseJson(bytes: ArrayBuffer | Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new EngineError("IMPORT_DAMAGED", "a part is not JSON", {}, error);
  }
}

export function damaged(detail: string): EngineError {
  return new EngineError("IMPORT_DAMAGED", detail);
}

async function seal(preamble: Uint8Array<ArrayBuffer>, json: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const sealed = new Uint8Array(SEAL_AT + json.length);
  sealed.set(preamble.subarray(0, SEAL_AT));
  sealed.set(json, SEAL_AT);
  return sha256(sealed);
}
