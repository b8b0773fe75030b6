import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import type { toPages } from "#core/page/pages.ts";
import type { SourcePage } from "#core/page/source.ts";
import { percentile, wordErrors } from "../../truth/boxes.ts";
import { mapFidelity } from "../../truth/fidelity.ts";
import { nodeReader } from "../../truth/node-reader.ts";
import { independentPages } from "../../truth/pdfium.ts";

const CORPUS = "../shared/pdfs";
const absent = !existsSync(CORPUS) || process.env["SKIP_CORPUS"] !== undefined;
if (absent)
  console.log(`skipped: map and quads of real PDFs; npm run corpus does it where there is a folder ${CORPUS}`);

/** What the layout was given, looked at on its way: the map points into it. */
const seen = vi.hoisted(() => ({ sources: [] as readonly SourcePage[] }));
vi.mock("#core/page/pages.ts", async (original) => {
  const real = await original<{ readonly toPages: typeof toPages }>();
  const watched: typeof toPages = (sources, ...rest) => {
    seen.sources = sources;
    return real.toPages(sources, ...rest);
  };
  return { ...real, toPages: watched };
});

const read = nodeReader();
const made = readdirSync("truth/pdfs").map((name) => join("truth/pdfs", name));
const REAL = [
  "paper-two-column-dpr",
  "paper-two-column-tracemonkey",
  "paper-one-column-code",
  "paper-lncs-2p",
  "three-columns-50p",
  "headings-5p",
  "french-paper",
  "chinese-report-22p",
  "korean-2p",
];
const real = absent ? [] : REAL.map((name) => join(CORPUS, `${name}.pdf`));
const table: string[] = [];

describe.each([...made, ...real])("%s", (path) => {
  test(
    "the map points at the same letters, and its words stand where PDFium has them",
    { timeout: 60_000 },
    async () => {
      const { pages } = await read(path);
      const theirs = await independentPages(path);
      const fidelity = mapFidelity(
        pages,
        seen.sources.map(({ runs }) => runs),
      );
      const compared = pages.map((page, i) => wordErrors(page, theirs[i]?.chars ?? []));
      const errors = compared.flatMap((one) => [...one.errors]);
      const words = compared.reduce((sum, one) => sum + one.words, 0);
      const p95 = percentile(errors, 0.95);
      const worst = compared.flatMap((one) => [...one.worst]).toSorted((a, b) => b.error - a.error)[0];
      table.push(
        [
          basename(path, ".pdf").padEnd(30),
          `${(100 * fidelity.same).toFixed(3)} %`,
          `${(100 * fidelity.mapped).toFixed(2)} %`.padStart(9),
          `${errors.length}/${words}`.padStart(12),
          percentile(errors, 0.5).toFixed(1).padStart(6),
          p95.toFixed(1).padStart(6),
          worst ? ` ${worst.word} ${worst.error.toFixed(0)}` : "",
          fidelity.others.slice(0, 4).join(" "),
        ].join(" "),
      );
      expect.soft(fidelity.mapped).toBeGreaterThanOrEqual(0.999);
      expect.soft(fidelity.same).toBeGreaterThanOrEqual(0.999);
      expect.soft(p95).toBeLessThanOrEqual(4);
    },
  );
});

afterAll(() =>
  console.log([`${"document".padEnd(30)} same     mapped       words    p50    p95  worst`, ...table].join("\n")),
);
