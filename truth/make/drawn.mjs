import { PDFDocument, StandardFonts } from "pdf-lib";
import { blocksOf } from "./source.mjs";

const PAGE = { width: 420, height: 420, margin: 50 };
const SIZE = 10;
const PITCH = 13;
const GAP = 20;

/** Two columns, their lines drawn row by row: the first line of both, then the second of both. */
export async function rowByRow(source) {
  const width = (PAGE.width - 2 * PAGE.margin - GAP) / 2;
  return draw(source, width, 2, (a, b) => a.row - b.row || a.column - b.column);
}

/** One column, its lines drawn from the bottom of the page to the top. */
export async function bottomUp(source) {
  return draw(source, PAGE.width - 2 * PAGE.margin, 1, (a, b) => b.row - a.row);
}

async function draw(source, width, columns, order) {
  const pdf = await PDFDocument.create();
  const plain = await pdf.embedFont(StandardFonts.TimesRoman);
  const bold = await pdf.embedFont(StandardFonts.TimesRomanBold);
  const rows = Math.floor((PAGE.height - 2 * PAGE.margin) / PITCH);
  const pages = placed(linesOf(source, width, plain), rows, columns);
  for (const lines of pages) {
    const page = pdf.addPage([PAGE.width, PAGE.height]);
    for (const line of lines.toSorted(order)) {
      page.drawText(line.text, {
        x: PAGE.margin + line.column * (width + GAP) + line.indent,
        y: PAGE.height - PAGE.margin - (line.row + 1) * PITCH,
        size: line.heading ? SIZE + 2 : SIZE,
        font: line.heading ? bold : plain,
      });
    }
  }
  const date = new Date(Date.UTC(2026, 0, 1));
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  return pdf.save();
}

/** Lines of a paragraph, the first one indented; a heading is one line with an empty one before it. */
function linesOf(source, width, font) {
  const lines = [];
  for (const block of blocksOf(source)) {
    if (block.kind === "heading") {
      if (lines.length > 0) lines.push(null);
      lines.push({ text: block.text, heading: true, indent: 0 });
      continue;
    }
    let text = "";
    let indent = SIZE;
    for (const word of block.sentences.join(" ").split(" ")) {
      const longer = text === "" ? word : `${text} ${word}`;
      if (font.widthOfTextAtSize(longer, SIZE) > width - indent) {
        lines.push({ text, heading: false, indent });
        [text, indent] = [word, 0];
      } else text = longer;
    }
    lines.push({ text, heading: false, indent });
  }
  return lines;
}

/** Lines into rows and columns of pages; empty lines are left out, and a column does not begin with one. */
function placed(lines, rows, columns) {
  const pages = [[]];
  let [row, column] = [0, 0];
  for (const line of lines) {
    if (row === rows) [row, column] = [0, column + 1];
    if (column === columns) {
      pages.push([]);
      column = 0;
    }
    if (line === null) {
      if (row > 0) row += 1;
      continue;
    }
    pages.at(-1).push({ ...line, row, column });
    row += 1;
  }
  return pages;
}
