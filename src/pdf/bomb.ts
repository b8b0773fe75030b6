/**
 * A compressed stream of 2 MB may unfold to 2 GB; pdf.js unfolds it whole, which took 4.3 GB of memory and 20 s.
 * So streams that could get that large are unfolded here first, counted and thrown away.
 */

/** Deflate cannot do better than this. */
const BEST_RATIO = 1032;
/** What a picture holds is not unfolded for text; but any stream may call itself one. Real pictures are far below this ratio. */
const PICTURE = { sample: 2 ** 16, ratio: 100 };
/** Where the dictionary of a stream is looked for: before it. */
const DICTIONARY = 512;
/** Filters upon filters, each unfolded from the one before. */
const MOST_LAYERS = 4;
/** Chromium unfolds a piece whole, and forgets all of it where there is an error in it: then they have to be small. */
interface Pieces {
  /** Bytes of one. */
  readonly most: number;
  readonly forgiving: boolean;
}
const LARGE: Pieces = { most: 2 ** 14, forgiving: false };
const SMALL: Pieces = { most: 1024, forgiving: true };
const STREAM = ascii("stream");
const END = ascii("endstream");

/**
 * Makes streams that unfold to more than `limit` bytes unreadable, in place, and returns how many there were: pdf.js
 * then reads what uses them as empty. Streams of encrypted files, and those under other filters, are not seen.
 */
export async function defuse(bytes: Uint8Array<ArrayBuffer>, limit: number): Promise<number> {
  let found = 0;
  for (let at = find(bytes, STREAM, 0); at !== -1; at = find(bytes, STREAM, at)) {
    const start = afterNewline(bytes, at + STREAM.length);
    if (!startsDeflate(bytes, start)) {
      at = start;
      continue;
    }
    const end = find(bytes, END, start);
    const data = bytes.subarray(start, end === -1 ? bytes.length : beforeNewline(bytes, end));
    const dictionary = latin1(bytes.subarray(Math.max(0, at - DICTIONARY), at));
    // oxlint-disable-next-line no-await-in-loop -- one after another: memory is what this is about
    if (await isBomb(data, dictionary, limit)) {
      bytes[start] = 0;
      found += 1;
    }
    at = end === -1 ? bytes.length : end + END.length;
  }
  return found;
}

async function isBomb(data: Uint8Array<ArrayBuffer>, dictionary: string, limit: number): Promise<boolean> {
  const own = dictionary.slice(dictionary.lastIndexOf(" obj") + 1);
  // Names may be written in many ways and filters may stand elsewhere: then they are as many as can be.
  const filters = /\/Filter\s*(?:\[([^\]]*)\]|\/(\w+)\b(?!#))/.exec(own);
  const list = filters?.[1]?.match(/\/[^\s/]+/g);
  const layers = filters === null ? MOST_LAYERS : Math.min(MOST_LAYERS, list?.length ?? 1);
  if (layers === 1 && data.length * BEST_RATIO <= limit) return false;
  if (/\/Subtype\s*\/Image/.test(own)) {
    const sample = data.subarray(0, PICTURE.sample);
    if ((await unfolded(sample, layers, limit)) <= PICTURE.ratio * sample.length) return false;
  }
  return (await unfolded(data, layers, limit)) > limit;
}

/** Bytes that the outermost layers unfold to, the largest of them; stops counting above the limit. */
async function unfolded(data: Uint8Array<ArrayBuffer>, layers: number, limit: number): Promise<number> {
  let largest = 0;
  for (let depth = 1; depth <= layers; depth++) {
    // Small pieces cost four times as much, and only a stream with an error in it needs them.
    const size = (await sizeOf(data, depth, LARGE, limit)) ?? (await sizeOf(data, depth, SMALL, limit)) ?? 0;
    if (size > limit) return size;
    if (size === 0) break;
    largest = Math.max(largest, size);
  }
  return largest;
}

/** Bytes that `depth` layers unfold to; stops counting above the limit. null where `pieces` cannot tell. */
async function sizeOf(
  data: Uint8Array<ArrayBuffer>,
  depth: number,
  pieces: Pieces,
  limit: number,
): Promise<number | null> {
  let stream: AsyncIterable<Uint8Array<ArrayBuffer>> = inPieces(data, pieces);
  for (let i = 0; i < depth; i++) stream = unfold(stream, pieces);
  let size = 0;
  try {
    for await (const piece of stream) {
      size += piece.length;
      if (size > limit) return size;
    }
  } catch {
    return null;
  }
  return size;
}

/** With `forgiving`, ends without a word where the data do: cut, or followed by rubbish, they unfold as far as they go. */
async function* unfold(
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
  { forgiving }: Pieces,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const source = pieces[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { value, done } = await source.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
  const reader = stream.pipeThrough(new DecompressionStream("deflate")).getReader();
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- a stream
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (thrown) {
    if (!forgiving) throw thrown;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function* inPieces(data: Uint8Array<ArrayBuffer>, { most }: Pieces): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const size = Math.max(16, Math.min(most, data.length >> 4));
  for (let at = 0; at < data.length; at += size) yield data.slice(at, at + size);
}

/** Whether RFC 1950 allows these two bytes as the beginning. */
function startsDeflate(bytes: Uint8Array, at: number): boolean {
  const [first = 0, second = 0] = bytes.subarray(at, at + 2);
  return (first & 0x0f) === 8 && ((first << 8) + second) % 31 === 0;
}

function find(bytes: Uint8Array, word: Uint8Array, from: number): number {
  const [first = 0] = word;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (word.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}

function afterNewline(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0x0d) return bytes[at + 1] === 0x0a ? at + 2 : at + 1;
  return bytes[at] === 0x0a ? at + 1 : at;
}

/** What stands behind the end of a stream is an error to a strict reader. */
function beforeNewline(bytes: Uint8Array, at: number): number {
  const before = bytes[at - 1] === 0x0a ? at - 1 : at;
  return bytes[before - 1] === 0x0d ? before - 1 : before;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
