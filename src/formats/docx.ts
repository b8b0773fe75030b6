import { EngineError } from "#core/base/errors.ts";
import { HARMLESS_BYTES, MAX_TEXT_BYTES, MAX_UNPACKED_BYTES } from "./limits.ts";
import { holdsMore, zipEntries } from "./zip.ts";

/** Word's own style names, where mammoth knows no meaning for them. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Caption'] => figcaption:fresh",
  "p[style-name='caption'] => figcaption:fresh",
];

/**
 * A Word document → HTML, without its pictures. Sizes are checked before anything is kept unpacked.
 * @throws PDF_DAMAGED, FILE_NOT_PDF (a zip, but not Word's), FILE_TOO_LARGE
 */
export async function docxHtml(bytes: ArrayBuffer): Promise<string> {
  await checkSizes(new Uint8Array(bytes));
  const { default: mammoth } = await import("mammoth");
  try {
    const { value } = await mammoth.convertToHtml(sourceOf(bytes), {
      styleMap: STYLES,
      // Only the alternative text of a picture is read.
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
      externalFileAccess: false,
    });
    return value;
  } catch (thrown) {
    throw new EngineError("PDF_DAMAGED", String(thrown), { format: "docx" }, thrown);
  }
}

/** Sizes as declared, then whether that is true. */
async function checkSizes(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const entries = zipEntries(bytes);
  if (entries === null) throw new EngineError("PDF_DAMAGED", "no zip directory", { format: "docx" });
  if (!entries.some(({ name }) => /^word\/[^/]+\.xml$/.test(name)))
    throw new EngineError("FILE_NOT_PDF", "no word/*.xml");
  const whole = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  const largest = entries.reduce((most, { name, unpacked }) => (isXml(name) ? Math.max(most, unpacked) : most), 0);
  if (whole > MAX_UNPACKED_BYTES) throw tooLarge(whole, MAX_UNPACKED_BYTES);
  if (largest > MAX_TEXT_BYTES) throw tooLarge(largest, MAX_TEXT_BYTES);
  for (const entry of entries) {
    // oxlint-disable-next-line no-await-in-loop -- one after another: memory is what this is about
    if (await holdsMore(entry, HARMLESS_BYTES)) {
      throw new EngineError("PDF_DAMAGED", "holds more than it declares", { format: "docx" });
    }
  }
}

function isXml(name: string): boolean {
  return /\.(?:xml|rels)$/i.test(name);
}

function tooLarge(bytes: number, limit: number): EngineError {
  return new EngineError("FILE_TOO_LARGE", "unpacked", { bytes, limit });
}

/** In Node, where the tests run, mammoth takes a Buffer by another name; both hold the same bytes. */
function sourceOf(arrayBuffer: ArrayBuffer): { arrayBuffer: ArrayBuffer } {
  return Object.assign({ arrayBuffer }, { buffer: new Uint8Array(arrayBuffer) });
}
