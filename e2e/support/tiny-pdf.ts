export interface TinyPdf {
  /** One string per page, lines parted by newlines, in any script of the basic plane; "" = a page without text. */
  readonly pages: readonly string[];
  readonly title?: string;
  /** Goes into the trailer, e.g. `/Encrypt << … >>`. */
  readonly trailer?: string;
  /** Bytes of noise in an object that nothing points to: a file as large as a test needs. */
  readonly ballast?: number;
}

/** A password that nobody knows: the hash of the user's password is noise, so the empty one does not open it. */
export const LOCKED =
  `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 ` +
  `/O <${"5a".repeat(32)}> /U <${"a5".repeat(32)}> >>`;

/**
 * A whole PDF written by hand. The font is named, not embedded, and its ToUnicode map says which letter is which,
 * so the text can be Korean without a Korean font.
 */
export function tinyPdf({ pages, title = "", trailer = "", ballast = 0 }: TinyPdf): Buffer {
  const letters = [...new Set(pages.join("").replaceAll("\n", ""))];
  const map = letters.map((letter) => `<${hex(letter)}> <${hex(letter)}>`);
  const cmap =
    `/CIDInit /ProcSet findresource begin begincmap /CMapName /T def /CMapType 2 def ` +
    `1 begincodespacerange <0000> <FFFF> endcodespacerange\n${blocks(map)} endcmap end`;
  const kids = pages.map((_, i) => `${7 + 2 * i} 0 R`).join(" ");
  const bodies = [
    `<< /Type /Catalog /Pages 2 0 R >>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    `<< /Type /Font /Subtype /Type0 /BaseFont /Tiny /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>`,
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Tiny /DW 500 /CIDToGIDMap /Identity ` +
      `/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ` +
      `/FontDescriptor << /Type /FontDescriptor /FontName /Tiny /Flags 4 >> >>`,
    stream(cmap),
    `<< /Title <FEFF${hex(title)}> >>`,
  ];
  for (const [i, text] of pages.entries()) {
    const shown = text.split("\n").map((line) => `<${hex(line)}> Tj T*`);
    bodies.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${8 + 2 * i} 0 R >>`,
      stream(text === "" ? "" : `BT /F1 10 Tf 12 TL 40 760 Td ${shown.join(" ")} ET`),
    );
  }
  if (ballast > 0) bodies.push(stream(noise(ballast)));

  const parts = ["%PDF-1.7\n"];
  let at = parts[0]!.length;
  const starts: number[] = [];
  for (const [i, body] of bodies.entries()) {
    starts.push(at);
    const object = `${i + 1} 0 obj\n${body}\nendobj\n`;
    parts.push(object);
    at += object.length;
  }
  const entries = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(`xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${entries}trailer\n`);
  parts.push(`<< /Size ${bodies.length + 1} /Root 1 0 R /Info 6 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`);
  return Buffer.from(parts.join(""), "latin1");
}

/** Pages of words in no order, seeded: long enough to be several chunks, and no two pages alike. */
export function wordyPages(count: number, seed: number, wordsPerPage = 320): string[] {
  const random = randomFrom(seed);
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)]!;
  const line = (): string => `${Array.from({ length: 10 }, word).join(" ")}.`;
  return Array.from({ length: count }, () => Array.from({ length: wordsPerPage / 10 }, line).join("\n"));
}

/** mulberry32: numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = (
  "pump valve pressure tank water filter garden compost seed hut lamp boil receipt travel policy mile car laptop " +
  "report remote work country night winter roof ladder cable fuse engine oil brush paint glass wood stone river bridge"
).split(" ");

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

function hex(text: string): string {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, "0")).join("");
}

/** A CMap may list at most 100 letters in one block. */
function blocks(entries: readonly string[]): string {
  let all = "";
  for (let from = 0; from < entries.length; from += 100) {
    const block = entries.slice(from, from + 100);
    all += `${block.length} beginbfchar ${block.join(" ")} endbfchar\n`;
  }
  return all;
}

function noise(length: number): string {
  const random = randomFrom(length);
  return Buffer.from(Uint8Array.from({ length }, () => 33 + Math.floor(random() * 90))).toString("latin1");
}
