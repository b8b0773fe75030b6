import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../scripts/project.mjs";
import { careful, close, createSiteServer, listen } from "../scripts/site-server.mjs";
import { longDocument } from "./build.mjs";
import { heaps } from "./heaps.mjs";
import { privateMegabytes } from "./process-memory.mjs";
import { mainThreadTasks } from "./trace.mjs";

const SAMPLES = join(ROOT, "public", "samples");
const RUNS = 3;
const WARM_UP = 5;
const CYCLES = 20;
/** Bytes that come and go by themselves: compiled code, caches of the engine. Less than this in 20 cycles is none. */
const NOISE_MB = 1;

export const appParts = { ingest, memory };

/** Opens the built app in a fresh profile, hands it to `use`, closes it. */
async function withApp({ browser, folder }, use) {
  const server = createSiteServer({ root: folder, headersFor: await careful(folder) });
  const port = await listen(server, 0);
  // Without the service worker: its first fill of the cache is not what is measured here.
  const context = await browser.newContext({ serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    await page.goto(`http://localhost:${port}/`);
    await page.locator("[data-app-state=ready]").first().waitFor({ timeout: 60_000 });
    // Models load behind the first screen; their start is not ingest.
    await page.waitForTimeout(2000);
    return await use(page);
  } finally {
    await context.close();
    await close(server);
  }
}

async function add(page, files) {
  await page.locator("input[type=file][multiple]").first().setInputFiles(files);
  await settled(page, files.length);
}

async function settled(page, count) {
  await page.waitForFunction(
    (expected) => {
      const rows = [...document.querySelectorAll("[data-document-id][data-state], li[data-state]")];
      const ended = rows.filter((row) => ["ready", "partial"].includes(row.getAttribute("data-state") ?? ""));
      if (rows.some((row) => row.getAttribute("data-state") === "failed")) throw new Error("a document failed");
      return ended.length === expected && rows.length === expected;
    },
    count,
    { timeout: 120_000, polling: 100 },
  );
}

async function removeAll(page) {
  const buttons = page.getByRole("button", { name: /^Remove .+\.pdf$/ });
  for (let left = await buttons.count(); left > 0; left -= 1) {
    await buttons.first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await page.waitForFunction((expected) => document.querySelectorAll("li[data-state]").length === expected, left - 1);
  }
}

async function samplePaths() {
  const names = (await readdir(SAMPLES)).filter((name) => name.endsWith(".pdf"));
  return names.map((name) => join(SAMPLES, name));
}

/** The longest task of the page's thread while documents go in. Wall time counts what other programs took; CPU time does not. */
async function ingest({ browser, folder, say }) {
  const long = longDocument();
  const sets = [
    { name: "samples", files: await samplePaths() },
    ...(long ? [{ name: "manual-619p.pdf", files: [long] }] : []),
  ];
  const rows = [];
  for (const { name, files } of sets) {
    const runs = [];
    for (let i = 0; i < RUNS; i += 1) {
      say(`ingest: ${name}, run ${i + 1} of ${RUNS}`);
      runs.push(await withApp({ browser, folder }, (page) => mainThreadTasks(browser, page, () => add(page, files))));
    }
    const longest = runs.map((run) => run.longestWall);
    const cpu = runs.map((run) => run.longestCpu);
    rows.push(
      {
        what: `${name}: longest task, wall time`,
        ...spread(longest),
        budget: { most: 50 },
        note: `${runs.map((run) => run.over50).join(", ")} tasks over 50 ms in ${RUNS} runs`,
      },
      { what: `${name}: longest task, CPU time`, ...spread(cpu) },
    );
  }
  return rows;
}

function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return { value: sorted[Math.floor(sorted.length / 2)], unit: "ms", range: [sorted[0], sorted.at(-1)] };
}

/** Memory after each stretch of adding and removing two documents; the first cycles warm up and do not count. */
async function memory({ browser, folder, say }) {
  const files = ["hut-handbook.pdf", "travel-policy.pdf"].map((name) => join(SAMPLES, name));
  return withApp({ browser, folder }, async (page) => {
    const at = [];
    for (let cycle = 1; cycle <= WARM_UP + CYCLES; cycle += 1) {
      await add(page, files);
      await removeAll(page);
      if (cycle >= WARM_UP && (cycle - WARM_UP) % 5 === 0) {
        at.push(await measured(browser, page));
        say(`memory: after ${cycle} cycles ${at.at(-1).all.toFixed(1)} MB`);
      }
    }
    const [first, last] = [at[0], at.at(-1)];
    const path = (key) => at.map((one) => one[key].toFixed(1)).join(" → ");
    return [
      {
        what: "page and workers after warm-up",
        value: first.all,
        unit: "MB",
        note: first.threads.map(({ name, objects, buffers }) => `${name} ${(objects + buffers).toFixed(1)}`).join(", "),
      },
      {
        what: `growth over ${CYCLES} cycles: objects and buffers`,
        value: last.all - first.all,
        unit: "MB",
        budget: { most: NOISE_MB },
        note: `page and workers, each after a collection: ${path("all")}`,
      },
      { what: "of it: objects", value: last.objects - first.objects, unit: "MB", note: path("objects") },
      {
        what: "growth of the renderer process",
        value: last.process - first.process,
        unit: "MB",
        note: Number.isNaN(last.process)
          ? "not to be had on this system"
          : `WASM and everything else, as the kernel counts: ${path("process")}`,
      },
    ];
  });
}

async function measured(browser, page) {
  const threads = await heaps(page);
  const sum = (key) => threads.reduce((total, thread) => total + thread[key], 0);
  const objects = sum("objects");
  return { threads, objects, all: objects + sum("buffers"), process: await privateMegabytes(browser) };
}
