/** A zip; text is stored as it is, bytes are already deflated. `declared` lies about a file's unpacked size. */
export function zipOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  declared: Readonly<Record<string, number>> = {},
): ArrayBuffer {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const path = encoder.encode(name);
    const data = typeof text === "string" ? encoder.encode(text) : text;
    const method = u16(typeof text === "string" ? 0 : 8);
    const size = declared[name] ?? data.length;
    // Version, flags, method, time, date; then the checksum and both sizes.
    const common = [u16(20), u16(0x0800), method, u16(0), u16(0x21), u32(crc32(data)), u32(data.length), u32(size)];
    const local = join(u32(0x04034b50), ...common, u16(path.length), u16(0), path);
    const zeros = [u16(0), u16(0), u16(0), u16(0), u32(0)];
    directory.push(join(u32(0x02014b50), u16(20), ...common, u16(path.length), ...zeros, u32(at), path));
    parts.push(local, data);
    at += local.length + data.length;
  }
  const list = join(...directory);
  const count = u16(directory.length);
  const end = join(u32(0x06054b50), u16(0), u16(0), count, count, u32(list.length), u32(at), u16(0));
  return join(...parts, list, end).buffer;
}

const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/** The least that Word opens; `body` is WordprocessingML. */
export function docxOf(
  body: string,
  declared: Readonly<Record<string, number>> = {},
  more: Readonly<Record<string, string | Uint8Array>> = {},
): ArrayBuffer {
  const styles = ["Title", "Heading 1", "Heading 2", "Caption"]
    .map(
      (name) => `<w:style w:type="paragraph" w:styleId="${name.replace(" ", "")}"><w:name w:val="${name}"/></w:style>`,
    )
    .join("");
  const levels = (format: string): string =>
    `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="%1"/></w:lvl>`;
  return zipOf(
    {
      "[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
      "_rels/.rels": `<?xml version="1.0"?><Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
      "word/_rels/document.xml.rels": `<?xml version="1.0"?><Relationships xmlns="${RELATIONS}"><Relationship Id="s1" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="n1" Type="${OFFICE}/numbering" Target="numbering.xml"/></Relationships>`,
      "word/styles.xml": `<?xml version="1.0"?><w:styles xmlns:w="${WORD}">${styles}</w:styles>`,
      "word/numbering.xml": `<?xml version="1.0"?><w:numbering xmlns:w="${WORD}"><w:abstractNum w:abstractNumId="0">${levels("bullet")}</w:abstractNum><w:abstractNum w:abstractNumId="1">${levels("decimal")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>`,
      "word/document.xml": `<?xml version="1.0"?><w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
      ...more,
    },
    declared,
  );
}

/** A paragraph, in a style or in a list (1 bullets, 2 numbers). */
export function paragraph(text: string, { style, list }: { style?: string; list?: 1 | 2 } = {}): string {
  const styled = style === undefined ? "" : `<w:pStyle w:val="${style}"/>`;
  const listed = list === undefined ? "" : `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${list}"/></w:numPr>`;
  return `<w:p><w:pPr>${styled}${listed}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

export function table(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]): string => row.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join("");
  return `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join("")}</w:tbl>`;
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value, value >> 8);
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value, value >> 8, value >> 16, value >> 24);
}

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function crc32(data: Uint8Array): number {
  let crc = -1;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
