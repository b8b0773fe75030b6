export interface TinyPdf {
  /** One string per page, lines parted by newlines; null = the page object is missing from the file. */
  readonly pages: readonly (string | null)[];
  readonly title?: string;
  /** Goes into the catalogue, e.g. `/PageLabels << … >>`. */
  readonly catalogue?: string;
  /** Goes into each page, e.g. `/Rotate 90`. */
  readonly page?: string;
  /** Goes into each page's resources, e.g. `/XObject << /I 100 0 R >>`. */
  readonly resources?: string;
  /** Pages are content streams instead of lines of text. */
  readonly drawn?: boolean;
  /** More objects by their number, from 100. */
  readonly more?: Readonly<Record<number, string>>;
  /** Goes into the trailer, e.g. `/Encrypt << … >>`. */
  readonly trailer?: string;
}

/** Objects 1 to 3 are the catalogue, the page tree and the font; then each page and its content. */
function pageId(index: number): number {
  return 4 + 2 * index;
}

/** A whole PDF in Helvetica, written by hand: size 12, pitch 14, first baseline at (72, 700) of a 612 × 792 page. */
export function tinyPdf(tiny: TinyPdf): ArrayBuffer {
  const { pages, title, catalogue = "", page = "", resources = "", drawn = false, more = {}, trailer = "" } = tiny;
  const objects = new Map<number, string>();
  objects.set(1, `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`);
  const kids = pages.map((_, i) => `${pageId(i)} 0 R`).join(" ");
  objects.set(2, `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`);
  objects.set(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (const [i, text] of pages.entries()) {
    if (text === null) continue;
    const shown = text.split("\n").map((line) => `(${line.replaceAll(/[\\()]/g, String.raw`\$&`)}) Tj T*`);
    const lines = text === "" ? "" : `BT /F1 12 Tf 14 TL 72 700 Td ${shown.join(" ")} ET`;
    const content = drawn ? text : lines;
    objects.set(
      pageId(i),
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> ${resources} >> ` +
        `/Contents ${pageId(i) + 1} 0 R ${page} >>`,
    );
    objects.set(pageId(i) + 1, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  const info = pageId(pages.length);
  objects.set(info, title === undefined ? "<< >>" : `<< /Title (${title}) >>`);

  for (const [id, body] of Object.entries(more)) objects.set(Number(id), body);
  const last = Math.max(...objects.keys());

  let file = "%PDF-1.7\n";
  const entries = ["0000000000 65535 f \n"];
  for (let id = 1; id <= last; id++) {
    const body = objects.get(id);
    entries.push(body === undefined ? "0000000000 65535 f \n" : `${String(file.length).padStart(10, "0")} 00000 n \n`);
    if (body !== undefined) file += `${id} 0 obj\n${body}\nendobj\n`;
  }
  const start = file.length;
  file += `xref\n0 ${last + 1}\n${entries.join("")}trailer\n`;
  file += `<< /Size ${last + 1} /Root 1 0 R /Info ${info} 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(file, (character) => character.charCodeAt(0)).buffer;
}
