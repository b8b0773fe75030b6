import { interleaved, milliseconds, ratio } from "./measure.ts";
import { benchWorker } from "./ports.ts";
import type { Part } from "./row.ts";
import type { ScanApi } from "./scan.worker.ts";

const ROWS = 10_000;
const DIMENSION = 512;

/** The exact search against the time to read its memory once. */
export const scan: Part = async ({ rounds, readKernel }, say) => {
  const worker = benchWorker<ScanApi>(
    () => new Worker(new URL("./scan.worker.ts", import.meta.url), { type: "module" }),
  );
  say("index: scan against read");
  await worker.run(null, (api) => api.fill(ROWS, DIMENSION, readKernel));
  const times = await interleaved(rounds * 4, {
    search: () => worker.run(null, (api) => api.search()),
    scores: () => worker.run(null, (api) => api.scores()),
    read: () => worker.run(null, (api) => api.read()),
  });
  worker.end();
  return [
    { what: "every byte of 10k × 512 float32 read once", ...milliseconds(times.read) },
    { what: "exact: every score", ...milliseconds(times.scores) },
    { what: "exact: the 200 best, in order", ...milliseconds(times.search) },
    { what: "every score, against reading", ...ratio(times.scores, times.read) },
    { what: "the 200 best, against reading", ...ratio(times.search, times.read), budget: { most: 1.5 } },
  ];
};
