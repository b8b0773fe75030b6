import { execFile } from "node:child_process";
import { cp, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Locator, Page } from "@playwright/test";
import { zipSync } from "fflate";
import { AppPage } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Guard } from "./support/fixtures.ts";
import { startHub, type HubServer } from "./support/hub-server.mjs";
import { add, withSite } from "./support/operator.ts";
import { startPlainHost } from "./support/static-server.mjs";

const run = promisify(execFile);
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
/** Random weights, with PyTorch's numbers for known texts: made by training/tiny_models.py. */
const tiny = fileURLToPath(new URL("../src/workers/model/testing/site/models/", import.meta.url));

interface GoldenPair {
  readonly query: string;
  readonly passage: string;
  readonly logit: number;
}

const golden = JSON.parse(await readFile(join(tiny, "tiny-bert-logit/golden.json"), "utf8")) as readonly GoldenPair[];
const latin = golden.filter(({ passage }) => /^[\x20-\x7e]+$/.test(passage));

/** One document for each passage, so that each is a chunk of its own. */
const files = () =>
  Promise.all(
    latin.map(async ({ passage }, i) => ({
      name: `passage-${i}.txt`,
      mimeType: "text/plain",
      buffer: Buffer.from(passage),
    })),
  );

/** Every row's score is PyTorch's logit of its passage, and rows stand in their order. */
async function expectPyTorch(app: AppPage): Promise<void> {
  await expect(app.after.getByRole("listitem")).toHaveCount(latin.length);
  const rows = await app.after
    .getByRole("listitem")
    .evaluateAll((items) =>
      items.map((item) => ({ text: item.textContent ?? "", score: Number((item as HTMLElement).dataset["score"]) })),
    );
  for (const { passage, logit } of latin) {
    const row = rows.find(({ text }) => text.includes(passage.slice(0, 20)));
    expect(Math.abs((row?.score ?? Number.NaN) - logit), passage).toBeLessThan(1e-4 * Math.max(1, Math.abs(logit)));
  }
  expect(rows.map(({ score }) => score)).toEqual(rows.map(({ score }) => score).toSorted((a, b) => b - a));
}

test("O1 a re-ranker that the operator adds is chosen by name, and its logits are PyTorch's", async ({
  page,
  guard,
}, info) => {
  await withSite(guard, info.outputPath("site"), ["tiny-bert-logit", "tiny-bert-two-logits"], async (url) => {
    const app = await new AppPage(page).open(url);
    await app.fileInput.setInputFiles(await files());
    await expect(app.library.getByRole("listitem")).toHaveCount(latin.length);
    await app.settled();
    await page.getByLabel("Re-ranker", { exact: true }).selectOption("good/tiny-bert-logit");
    await app.ask(latin[0]!.query);
    await expect(app.after.getByRole("listitem")).toHaveCount(latin.length);
    await expectPyTorch(app);
    expect(page.url()).toContain("reranker=good%2Ftiny-bert-logit");
  });
});

test("O2 another embedding model: the present vectors answer until the new ones are complete, and both are kept", async ({
  page,
  guard,
}, info) => {
  await withSite(guard, info.outputPath("site"), ["tiny-bert-mean", "tiny-bert-matryoshka"], async (url) => {
    const app = await new AppPage(page).open(url);
    await app.fileInput.setInputFiles(await files());
    await app.settled();
    const choice = page.getByLabel("Embedding model", { exact: true });
    await app.ask("How is the filter of the pump cleaned?");
    const dense = async (): Promise<string[]> => {
      await page.getByLabel("Retrieval", { exact: true }).selectOption("dense");
      await app.ready();
      return app.before
        .getByRole("listitem")
        .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset["score"] ?? ""));
    };
    const before = await dense();
    await choice.selectOption("good/tiny-bert-mean");
    await expect(page.getByRole("progressbar", { name: /tiny-bert-mean/ })).toHaveCount(0);
    await app.ready();
    const after = await dense();
    expect(after).not.toEqual(before);
    expect(after).toHaveLength(before.length);

    await page.reload();
    await app.ready();
    await expect(choice).toHaveValue("good/tiny-bert-mean");
    await app.ask("How is the filter of the pump cleaned?");
    expect(await dense()).toEqual(after);

    await choice.selectOption("bundled");
    await app.ready();
    await expect(choice).toHaveValue("bundled");
    await expect.poll(dense).toEqual(before);

    // Both are kept, until the person forgets one.
    await page.getByRole("link", { name: "Models" }).click();
    const kept = page.locator('[data-model-key="good/tiny-bert-mean"]');
    await expect(kept).toContainText(/vectors by it are kept: \d+ B/);
    await kept.getByRole("button", { name: /^Forget/ }).click();
    await expect(kept).not.toContainText("are kept");
  });
});

/** The built site with another hub in its second page, as an operator with a mirror would build it. */
async function withHub(guard: Guard, root: string, use: (url: string, hub: HubServer) => Promise<void>): Promise<void> {
  const hub = await startHub({ root: tiny });
  await cp(dist, root, { recursive: true });
  const page = await readFile(join(root, "hub.html"), "utf8");
  const policy = page.replace(/connect-src [^;]+/, `connect-src ${hub.origin} ${hub.storageOrigin}`);
  await writeFile(join(root, "hub.html"), policy.replace(/(name="hub" content=")[^"]+/, `$1${hub.origin}`));
  const host = await startPlainHost({ root });
  for (const origin of [host.origin, hub.origin, hub.storageOrigin]) guard.allowOrigin(origin);
  try {
    await use(host.url, hub);
  } finally {
    await host.stop();
    await hub.stop();
  }
}

async function lookUp(page: Page, id: string): Promise<Locator> {
  await page.getByLabel("Id on the hub").fill(id);
  await page.getByRole("button", { name: /^Look up at 127/ }).click();
  return page.getByRole("region", { name: `About ${id}` });
}

test("H1 a model of the hub: looked up, downloaded, used, and there without a network", async ({
  page,
  guard,
}, info) => {
  await withHub(guard, info.outputPath("site"), async (url, hub) => {
    const app = await new AppPage(page).open(url);
    await app.fileInput.setInputFiles(await files());
    await app.settled();
    await page.getByRole("link", { name: "Models" }).click();
    await expect(page.getByRole("heading", { name: "Models", exact: true })).toBeVisible();
    // Nobody was asked before the person's click.
    expect(hub.log).toEqual([]);
    const panel = await lookUp(page, "good/tiny-bert-logit");
    await expect(panel).toContainText("Re-ranker, one logit · reads 96 tokens");
    await expect(panel).toContainText("apache-2.0");
    const download = panel.getByRole("button", { name: /^Download [\d.]+ kB from 127/ });
    await download.click();
    const here = page.locator('[data-model-key="good/tiny-bert-logit:fp32"]');
    await expect(here.getByRole("button", { name: /^Use/ })).toBeVisible();
    await expect(page.locator("iframe")).toHaveCount(0);
    await here.getByRole("button", { name: /^Use/ }).click();
    await hub.stop();

    await page.reload();
    await app.ready();
    await page.getByRole("link", { name: "Compare" }).click();
    await expect(page.getByLabel("Re-ranker", { exact: true })).toHaveValue("good/tiny-bert-logit:fp32");
    await app.ask(latin[0]!.query);
    await expect(app.after.getByRole("listitem")).toHaveCount(latin.length);
    await expectPyTorch(app);

    await page.getByRole("link", { name: "Models" }).click();
    await here.getByRole("button", { name: /^Remove/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await expect(here).toHaveCount(0);
    await expect(page.getByText("Nothing was downloaded")).toBeVisible();
    await page.getByRole("link", { name: "Compare" }).click();
    await expect(page.getByLabel("Re-ranker", { exact: true })).toHaveValue("bundled");
  });
});

test("H2 a download is cancelled, survives a reload, and goes on where it was", async ({ page, guard }, info) => {
  await withHub(guard, info.outputPath("site"), async (url, hub) => {
    const app = await new AppPage(page).open(`${url}#view=models`);
    const panel = await lookUp(page, "slow/tiny-bert-mean");
    await expect(panel).toContainText("Embedding model, 32 dimensions");
    await panel.getByRole("button", { name: /^Download/ }).click();
    const row = page.locator('[data-model-key="slow/tiny-bert-mean:fp32"]');
    const bar = row.getByRole("progressbar");
    await expect.poll(async () => Number(await bar.getAttribute("value"))).toBeGreaterThan(20_000);
    await row.getByRole("button", { name: "Cancel" }).click();
    await expect(row).toContainText(/Stopped at [\d.]+ kB of [\d.]+ kB/);
    await page.reload();
    await app.ready();
    const before = hub.log.length;
    await row.getByRole("button", { name: /^Go on from/ }).click();
    await expect(row.getByRole("button", { name: /^Use/ })).toBeVisible();
    const ranges = hub.log.slice(before).flatMap(({ range }) => range ?? []);
    expect(ranges.length).toBeGreaterThan(0);
  });
});

test("H3 what cannot be had or cannot run is said in words, and the page works on", async ({ page, guard }, info) => {
  await withHub(guard, info.outputPath("site"), async (url, hub) => {
    await new AppPage(page).open(`${url}#view=models`);
    guard.expectError(/401|403|404|503/);
    await expect(await lookUp(page, "good/absent")).toContainText("The hub has no model under good/absent");
    const gated = await lookUp(page, "gated/tiny-bert-logit");
    await expect(gated).toContainText("accepted its terms");
    const wrong = await lookUp(page, "wrong/tiny-bert-logit");
    await wrong.getByRole("button", { name: /^Download/ }).click();
    await expect(page.locator("[data-error-code=MODEL_CORRUPT]")).toContainText("onnx/model.onnx");
    await expect(await lookUp(page, "jinaai/jina-reranker-v3")).toContainText(/no model|cannot run/);
    await hub.stop();
    guard.expectError(/ERR_CONNECTION_REFUSED|Failed to load/);
    const gone = await lookUp(page, "good/tiny-bert-cls");
    await expect(gone.locator("[data-error-code=HUB_UNREACHABLE]")).toBeVisible({ timeout: 30_000 });
  });
});

test("H4 a folder and a zip from the person's disk, without any network", async ({ page, guard }, info) => {
  await withHub(guard, info.outputPath("site"), async (url, hub) => {
    await hub.stop();
    const app = await new AppPage(page).open(url);
    await app.fileInput.setInputFiles(await files());
    await app.settled();
    await page.getByRole("link", { name: "Models" }).click();
    await page.getByLabel("Model folder").setInputFiles(join(tiny, "tiny-bert-logit"));
    const panel = page.getByRole("region", { name: "About tiny-bert-logit" });
    await panel.getByRole("button", { name: /^Add [\d.]+ kB$/ }).click();
    const row = page.locator('[data-model-key="local/tiny-bert-logit:fp32"]');
    await row.getByRole("button", { name: /^Use/ }).click();
    await page.getByRole("link", { name: "Compare" }).click();
    await app.ask(latin[0]!.query);
    await expectPyTorch(app);

    await page.getByRole("link", { name: "Models" }).click();
    const zip = info.outputPath("cls.zip");
    await writeFile(zip, zipSync(await filesBelow(join(tiny, "tiny-bert-cls"), "some folder/cls")));
    await page.getByLabel("Model zip").setInputFiles(zip);
    await page.getByRole("region", { name: "About cls.zip" }).getByRole("button", { name: /^Add/ }).click();
    await expect(page.locator('[data-model-key="local/cls:fp32"]')).toContainText("32 dimensions");
    await page
      .getByLabel("Model zip")
      .setInputFiles({ name: "no.zip", mimeType: "application/zip", buffer: Buffer.from("no zip") });
    await expect(
      page.getByRole("region", { name: "About no.zip" }).locator("[data-error-code=MODEL_CORRUPT]"),
    ).toBeVisible();
  });
});

async function filesBelow(folder: string, prefix: string): Promise<Record<string, Uint8Array>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const read = async (path: string) =>
    [`${prefix}${path.slice(folder.length)}`, new Uint8Array(await readFile(path))] as const;
  return Object.fromEntries(await Promise.all(paths.map(read)));
}

test("O3 the operator's script refuses what cannot run, with the reason, and leaves the manifest as it was", async () => {
  const site = test.info().outputPath("site");
  await cp(join(dist, "models"), join(site, "models"), { recursive: true });
  const before = await readFile(join(site, "models/manifest.json"), "utf8");
  const hub = await startHub({ root: tiny });
  const attempt = (...args: string[]) =>
    run(process.execPath, [add, ...args, "--site", site, "--hub", hub.origin]).then(
      () => "",
      (error: { stderr: string }) => error.stderr,
    );
  expect(await attempt("good/tiny-bert-logit", "--dtype", "q4")).toContain("has no q4, only fp32");
  expect(await attempt("wrong/tiny-bert-logit")).toContain("is not what the hub announced");
  expect(await attempt("good/absent")).toContain("401");
  expect(await attempt("nonsense")).toContain("Usage");
  await hub.stop();
  expect(await readFile(join(site, "models/manifest.json"), "utf8")).toBe(before);
});

test("N6 which sentences of a passage count: the logit without each of them, on demand", async ({ page }) => {
  const app = await new AppPage(page).open();
  const text =
    "Blankets are counted in autumn. The pump station requires a residual-current device of type F. Keep the plug in reach.";
  await app.fileInput.setInputFiles([{ name: "pump.txt", mimeType: "text/plain", buffer: Buffer.from(text) }]);
  await app.settled();
  await app.ask("Which type of residual-current device does the pump station require?");
  const first = app.after.getByRole("listitem").first();
  await first.getByRole("button", { name: /all scores and the whole text/ }).click();
  await first.getByRole("button", { name: "Which sentences count?" }).click();
  const shaded = first.locator("[data-why]");
  await expect(shaded).toBeVisible();
  const worths = await shaded
    .locator("[data-worth]")
    .evaluateAll((items) =>
      items.map((item) => ({ text: item.textContent ?? "", worth: Number((item as HTMLElement).dataset["worth"]) })),
    );
  expect(worths.length).toBeGreaterThan(1);
  const best = worths.reduce((a, b) => (b.worth > a.worth ? b : a));
  expect(best.text).toMatch(/residual/i);
  expect(best.worth).toBeGreaterThan(0.5);
  // Another question forgets it.
  await app.ask("When are blankets counted?");
  await expect(page.locator("[data-why]")).toHaveCount(0);
});
