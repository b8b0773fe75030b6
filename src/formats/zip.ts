/** What a zip's directory declares of one file. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes once unpacked, as declared. */
  readonly unpacked: number;
  /** Its bytes as they lie in the zip; empty where they are not where the directory says. */
  readonly packed: Uint8Array<ArrayBuffer>;
  readonly isDeflated: boolean;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** The end record has 22 bytes and a comment of at most 65,535. */
const END_SIZE = 22;
const MAX_COMMENT = 65_535;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
const DEFLATE = 8;

/** The directory of a zip without unpacking anything; null where there is none that can be read. */
export function zipEntries(bytes: Uint8Array<ArrayBuffer>): ZipEntry[] | null {
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
      packed: packedOf(view, bytes, view.getUint32(at + 42, true), view.getUint32(at + 20, true)),
      isDeflated: view.getUint16(at + 10, true) === DEFLATE,
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

/** The data stand behind a header that repeats the name, with an extra field of its own. */
function packedOf(
  view: DataView,
  bytes: Uint8Array<ArrayBuffer>,
  local: number,
  size: number,
): Uint8Array<ArrayBuffer> {
  if (local + LOCAL_SIZE > view.byteLength) return new Uint8Array();
  const from = local + LOCAL_SIZE + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  return bytes.subarray(from, from + size);
}

/** Deflate cannot do better than this. */
const BEST_RATIO = 1032;
const PIECE = 16_384;

/**
 * Whether an entry holds more than it declares, and more than `harmless` bytes: JSZip compares only when it has
 * unpacked everything, and 60 MB may be 60 GB. Unpacks piece by piece, throws the pieces away, and stops there.
 */
export async function holdsMore({ packed, unpacked, isDeflated }: ZipEntry, harmless: number): Promise<boolean> {
  const limit = Math.max(unpacked, harmless);
  if (!isDeflated || packed.length * BEST_RATIO <= limit) return false;
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      // Chromium unpacks a piece whole before anybody can look.
      for (let at = 0; at < packed.length; at += PIECE) controller.enqueue(packed.subarray(at, at + PIECE));
      controller.close();
    },
  });
  const reader = pieces.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  try {
    for (let size = 0; size <= limit;) {
      // oxlint-disable-next-line no-await-in-loop -- a stream
      const { value, done } = await reader.read();
      if (done) return false;
      size += value.length;
    }
    return true;
  } catch {
    // Broken data is for the parser to say.
    return false;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
