import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { nodeReader } from "../../truth/node-reader.ts";
import { independentPages } from "../../truth/pdfium.ts";
import { bagF1 } from "../../truth/score.ts";

const CORPUS = "../shared/pdfs";
const SOUND_LATIN = [
  "paper-two-column-dpr",
  "paper-two-column-tracemonkey",
  "paper-one-column-code",
  "paper-lncs-2p",
  "two-columns-latex",
  "three-columns-50p",
  "headings-5p",
  "french-paper",
  "outline",
  "page-labels",
  "manual-619p",
];

interface Engine {
  readonly name: string;
  /** The text of each page, furniture and all. */
  readonly read: (path: string, pages: number) => Promise<readonly string[]>;
}
const POPPLER: Engine = { name: "pdftotext", read: async (path, pages) => pdftotext(path, pages) };
const PDFIUM: Engine = { name: "PDFium", read: async (path) => (await independentPages(path)).map(({ text }) => text) };

/** Agreement is not truth. PDFium from npm stands in where poppler is not installed; TRUTH=1 compares with both. */
const installed = hasPdftotext();
if (!installed)
  console.log("skipped: agreement with pdftotext, because it is not installed; compared with PDFium instead");
const ENGINES = [...(installed ? [POPPLER] : []), ...(!installed || process.env["TRUTH"] ? [PDFIUM] : [])];

const absent = !existsSync(CORPUS) || process.env["SKIP_CORPUS"] !== undefined;
if (absent) console.log(`skipped: agreement on real PDFs; npm run corpus does it where there is a folder ${CORPUS}`);
const read = nodeReader();

describe.skipIf(absent).each(ENGINES)("agreement with $name", ({ name, read: readOther }) => {
  const results: { document: string; f1: number }[] = [];

  test.each(SOUND_LATIN)("%s: words of each page, F1 ≥ .95", { timeout: 120_000 }, async (document) => {
    const path = join(CORPUS, `${document}.pdf`);
    const { pages } = await read(path);
    const theirs = await readOther(path, pages.length);
    expect(theirs).toHaveLength(pages.length);
    const f1 = mean(pages.map((page, i) => bagF1(page.text, theirs[i] ?? "")));
    results.push({ document, f1 });
    expect(f1).toBeGreaterThanOrEqual(0.95);
  });

  test("mean of the documents ≥ .98", () => {
    expect(results).toHaveLength(SOUND_LATIN.length);
    expect(mean(results.map(({ f1 }) => f1))).toBeGreaterThanOrEqual(0.98);
  });

  afterAll(() => {
    if (results.length === 0) return;
    const lines = results.map(({ document, f1 }) => `${document.padEnd(30)} ${f1.toFixed(4)}`);
    const all = mean(results.map(({ f1 }) => f1)).toFixed(4);
    console.log([`agreement with ${name}, F1`, ...lines, `${"mean".padEnd(30)} ${all}`].join("\n"));
  });
});

function hasPdftotext(): boolean {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Pages end with a form feed; where a page holds one itself, it is asked page by page. */
function pdftotext(path: string, pages: number): string[] {
  const run = (...range: string[]): string =>
    execFileSync("pdftotext", ["-enc", "UTF-8", ...range, path, "-"], { encoding: "utf8", maxBuffer: 1 << 28 });
  const all = run().split("\f").slice(0, -1);
  if (all.length === pages) return all;
  return Array.from({ length: pages }, (_, i) => run("-f", String(i + 1), "-l", String(i + 1)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
