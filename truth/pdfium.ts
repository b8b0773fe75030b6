import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { init } from "@embedpdf/pdfium";

/** left, bottom, right, top in points from the bottom left of the unrotated, cropped page. */
export type Box = readonly [number, number, number, number];

/** What the second engine says of one character; `box` is as wide as its advance, null where it made the character up. */
export interface IndependentChar {
  readonly char: string;
  readonly box: Box | null;
}

export interface IndependentPage {
  readonly chars: readonly IndependentChar[];
  /** Divided words joined as PDFium joins them: it marks the hyphen and leaves the line break out. */
  readonly text: string;
}

type Engine = Awaited<ReturnType<typeof init>>;
let loaded: Promise<Engine> | undefined;

async function load(): Promise<Engine> {
  const file = createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm");
  const engine = await init({ wasmBinary: Uint8Array.from(readFileSync(file)).buffer });
  engine.PDFiumExt_Init();
  return engine;
}

/** Not in the package's types. A new one after the memory grew: never kept. */
function memoryOf({ pdfium }: Engine): Uint8Array {
  if ("HEAPU8" in pdfium && pdfium.HEAPU8 instanceof Uint8Array) return pdfium.HEAPU8;
  throw new Error("PDFium shows no memory");
}

/** The pages of a PDF as PDFium reads them: an engine that shares no code with pdf.js. */
export async function independentPages(path: string, most = Infinity): Promise<IndependentPage[]> {
  const engine = await (loaded ??= load());
  const bytes = readFileSync(path);
  const { malloc, free } = engine.pdfium.wasmExports;
  const at = malloc(bytes.length);
  memoryOf(engine).set(bytes, at);
  const document = engine.FPDF_LoadMemDocument(at, bytes.length, "");
  if (document === 0) throw new Error(`PDFium cannot open ${path}`);
  const scratch = malloc(16);
  try {
    const count = Math.min(engine.FPDF_GetPageCount(document), most);
    return Array.from({ length: count }, (_, index) => readPage(engine, document, index, scratch));
  } finally {
    engine.FPDF_CloseDocument(document);
    free(scratch);
    free(at);
  }
}

function readPage(engine: Engine, document: number, index: number, scratch: number): IndependentPage {
  const page = engine.FPDF_LoadPage(document, index);
  const text = engine.FPDFText_LoadPage(page);
  const floats = (): Float32Array => new Float32Array(memoryOf(engine).buffer, scratch, 4);
  // FS_RECTF: left, top, right, bottom.
  engine.FPDF_GetPageBoundingBox(page, scratch);
  const [x = 0, , , y = 0] = floats();
  const chars: IndependentChar[] = [];
  for (let i = 0; i < engine.FPDFText_CountChars(text); i += 1) {
    const code = engine.FPDFText_GetUnicode(text, i);
    const made = engine.FPDFText_IsGenerated(text, i) === 1 || !engine.FPDFText_GetLooseCharBox(text, i, scratch);
    const [left = 0, top = 0, right = 0, bottom = 0] = floats();
    chars.push({
      char: code === 0 || code > 0x10ffff ? "" : String.fromCodePoint(code),
      box: made ? null : [left - x, bottom - y, right - x, top - y],
    });
  }
  engine.FPDFText_ClosePage(text);
  engine.FPDF_ClosePage(page);
  const plain = chars.map(({ char }) => char).join("");
  return { chars, text: ["\u0000", "\u0002", "\uFFFE"].reduce((rest, mark) => rest.replaceAll(mark, ""), plain) };
}
