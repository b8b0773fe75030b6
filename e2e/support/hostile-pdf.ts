import { constants, deflateRawSync } from "node:zlib";
import { tinyPdf } from "./tiny-pdf.ts";

const ZEROS = 0x20;

/**
 * A PDF whose one page's content inflates to `megabytes` of spaces: 1,000 times what lies on the disk. The zlib stream
 * is put together from one deflated block, repeated, so that making it costs nothing.
 */
export function bombPdf(megabytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(2 ** 20, ZEROS), { finishFlush: constants.Z_FULL_FLUSH });
  const last = deflateRawSync(Buffer.from("BT ET"));
  const data = Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: megabytes }, () => block), last]);
  const head = Buffer.from(
    "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" +
      "2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n" +
      "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>\nendobj\n" +
      `4 0 obj\n<< /Filter /FlateDecode /Length ${data.length} >>\nstream\n`,
    "latin1",
  );
  const tail = Buffer.from("\nendstream\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\n%%EOF\n", "latin1");
  return Buffer.concat([head, data, tail]);
}

/** A page of so many characters in lines of a hundred. */
export function longPagePdf(characters: number): Buffer {
  const line = "word ".repeat(20).trimEnd();
  return tinyPdf({ pages: [Array.from({ length: Math.ceil(characters / line.length) }, () => line).join("\n")] });
}
