/** What a zip's directory declares of one file. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes once unpacked, as declared. */
  readonly unpacked: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** The end record has 22 bytes and a comment of at most 65,535. */
const END_SIZE = 22;
const MAX_COMMENT = 65_535;
const ENTRY_SIZE = 46;

/** The directory of a zip without unpacking anything; null where there is none that can be read. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + ENTRY_SIZE > end || view.getUint32(at, true) !== ENTRY) return null;
    const name = view.getUint16(at + 28, true);
    const extra = view.getUint16(at + 30, true);
    const comment = view.getUint16(at + 32, true);
    const from = at + ENTRY_SIZE;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(from, from + name)),
      // 0xFFFFFFFF says that a zip64 record holds the size: too much in any case.
      unpacked: view.getUint32(at + 24, true),
    });
    at = from + name + extra + comment;
  }
  return entries;
}

function findEnd(view: DataView): number | null {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  return null;
}
