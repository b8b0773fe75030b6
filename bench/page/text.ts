import { pdfClient } from "#workers/pdf/pdf.client.ts";
import type { BarePdfApi } from "./bare-pdf.worker.ts";
import { sampleFiles } from "./corpus.ts";
import { interleaved, rate, ratio, timed } from "./measure.ts";
import { benchWorker, fetched, NEVER, PDF_ASSETS, quiet } from "./ports.ts";
import type { Part, Row } from "./row.ts";

/** Our reader (joined lines, boxes, quality, the way to the page) against pdf.js's getTextContent alone. */
export const text: Part = async ({ rounds, extra }, say) => {
  const ours = pdfClient(PDF_ASSETS);
  const bare = benchWorker<BarePdfApi>(
    () => new Worker(new URL("./bare-pdf.worker.ts", import.meta.url), { type: "module" }),
  );
  const sets = [
    { name: "samples", paths: (await sampleFiles()).map((file) => file.path), rounds },
    ...extra.map((path) => ({ name: path.split("/").at(-1) ?? path, paths: [path], rounds: Math.min(rounds, 3) })),
  ];
  const rows: Row[] = [];
  for (const set of sets) {
    say(`text: ${set.name}`);
    const files = await Promise.all(set.paths.map(fetched));
    let pages = 0;
    const times = await interleaved(set.rounds, {
      // One copy per reading on both sides, outside the clock: both take the bytes.
      ours: async () => {
        const copies = files.map((file) => file.slice(0));
        return timed(async () => {
          for (const copy of copies) await ours.read({ bytes: copy, name: "bench.pdf", password: null }, NEVER, quiet);
        });
      },
      bare: async () => {
        const copies = files.map((file) => file.slice(0));
        pages = 0;
        return timed(async () => {
          for (const copy of copies) pages += await bare.run(null, (api) => api.read(PDF_ASSETS, copy));
        });
      },
    });
    rows.push(
      { what: `${set.name}: text of ${pages} pages`, ...rate(pages, times.ours, "pages/s") },
      { what: `${set.name}: bare pdf.js`, ...rate(pages, times.bare, "pages/s") },
      { what: `${set.name}: time against bare pdf.js`, ...ratio(times.ours, times.bare), budget: { most: 1.3 } },
    );
  }
  bare.end();
  return rows;
};
