import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { AppPage } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";
import { startMortalBrowser } from "./support/mortal-browser.ts";
import { storedIds } from "./support/stored.ts";
import { randomFrom, tinyPdf, wordyPages } from "./support/tiny-pdf.ts";

/** A killed browser, broken models, dead workers, a full disk: what was ready stays ready, and the reason is said. */

const pdf = (name: string, buffer: Buffer) => ({ name, mimeType: "application/pdf", buffer });
const PUMP = pdf("pump.pdf", tinyPdf({ pages: ["The pump of the old well is cleaned with vinegar."] }));
const BOAT = pdf("boat.pdf", tinyPdf({ pages: ["The boat house is painted green every second spring."] }));
const KILLS = 3;

test("S1 the browser killed while documents come in: what is listed is whole, and answers", async ({
  launchOptions,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const random = randomFrom(20_26);
  // Not in the output folder: another run that starts meanwhile empties it, which looks like a lost library.
  const profile = await mkdtemp(join(tmpdir(), "second-look-"));
  const known = new Set<string>();
  let cutShort = 0;

  for (let round = 0; round <= KILLS; round += 1) {
    const browser = await startMortalBrowser(profile, launchOptions, baseURL!);
    try {
      const app = await new AppPage(browser.page).open();
      const listed = await documents(browser.page);
      // Nothing that was called ready is lost, nothing half done is listed, and no part lies around alone.
      for (const name of known) expect(listed.map((row) => row.name)).toContain(name);
      for (const { name, state } of listed) expect([name, state]).toEqual([name, "ready"]);
      for (const ids of Object.values(await storedIds(browser.page))) expect(ids).toEqual(listed.map(({ id }) => id));
      if (listed.length > 0) {
        await app.set("Pool size", 200);
        await app.set("Show top", 200);
        await app.set("Retrieval", "keyword");
        await app.ask(listed.map(({ name }) => codeWord(name)).join(" "));
        const found = new Set((await app.rows(app.before)).map(({ document }) => document));
        await expect(app.verdict).toContainText(/re-ranking/);
        expect([...found].toSorted()).toEqual(listed.map(({ id }) => id));
      }
      if (round === KILLS) break;

      const files = [0, 1, 2, 3].map((n) => {
        const name = `round${round}number${n}.pdf`;
        const pages = wordyPages(6, round * 10 + n).map((text) => `${codeWord(name)} ${text}`);
        return pdf(name, tinyPdf({ pages }));
      });
      await app.fileInput.setInputFiles(files);
      // From the first byte read to about the last document written, however fast this machine is.
      const enough = listed.length + Math.floor(random() * files.length);
      const countReady = async (): Promise<number> =>
        (await documents(browser.page)).filter(({ state }) => state === "ready").length;
      await expect.poll(countReady, { intervals: [20], timeout: 60_000 }).toBeGreaterThanOrEqual(enough);
      await new Promise((resolve) => setTimeout(resolve, random() * 150));
      const last = await documents(browser.page);
      for (const { name, state } of last) if (state === "ready") known.add(name);
      if (last.some(({ state }) => state !== "ready")) cutShort += 1;
    } finally {
      await browser.kill();
    }
  }
  await rm(profile, { recursive: true, force: true });
  // Kills that come after all is done prove nothing.
  expect(cutShort).toBeGreaterThanOrEqual(1);
  expect(known.size).toBeGreaterThan(0);
});

test.describe("a model file that is not the published one", () => {
  // Its cache would answer before the network is asked.
  test.use({ serviceWorkers: "block" });

  test("K1 the embedding model with one flipped byte: keyword search and the reason; then it is right again", async ({
    page,
    guard,
  }) => {
    const app = await new AppPage(page).open();
    await app.fileInput.setInputFiles([PUMP, BOAT]);
    await app.settled();
    await expect(app.library.locator("[data-state=ready]")).toHaveCount(2);

    const model = "**/models/*embed*/onnx/*.onnx";
    await page.route(model, async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      body[Math.floor(body.length / 2)]! ^= 1;
      await route.fulfill({ response, body });
    });
    guard.expectError(/MODEL_CORRUPT|checksum/);
    await page.reload();
    await app.ready();
    const said = page.locator("[data-error-code=MODEL_CORRUPT]").first();
    await expect(said).toContainText(/not the one that was published/);
    await expect(app.library.locator("[data-state=ready]")).toHaveCount(2);
    await app.ask("boat house spring");
    await expect(app.verdict).toContainText(/not the one that was published/);
    let rows = await app.rows(app.before);
    expect(rows.map(({ text }) => text.includes("boat house"))).toEqual([true]);

    // A new document cannot be embedded: its row says so, and nothing of it is kept.
    await app.fileInput.setInputFiles(pdf("late.pdf", tinyPdf({ pages: ["The late document is about ladders."] })));
    await app.settled();
    await expect(app.document("late.pdf").locator("[data-error-code]")).toHaveAttribute(
      "data-error-code",
      "MODEL_CORRUPT",
    );
    for (const ids of Object.values(await storedIds(page))) expect(ids).toHaveLength(2);

    await page.unroute(model);
    await app.set("Retrieval", "dense");
    await app.ask("When does the boat house get its paint?");
    rows = await app.rows(app.before);
    expect(rows[0]!.text).toContain("boat house");
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(Math.abs(row.score ?? 9)).toBeLessThanOrEqual(1);
  });

  test("K2 index.html in place of the re-ranker: the list before stands, and the reason", async ({ page, guard }) => {
    await page.route("**/models/*rerank*/onnx/*.onnx", (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Second Look</title>" }),
    );
    guard.expectError(/MODEL_CORRUPT|checksum/);
    const app = await new AppPage(page).open();
    await app.fileInput.setInputFiles([PUMP, BOAT]);
    await app.settled();
    await app.ask("When is the boat house painted?");
    await expect(app.verdict).toContainText(/re-ranker could not be used/);
    await expect(app.verdict).toContainText(/not the one that was published/);
    expect((await app.rows(app.before))[0]!.text).toContain("boat house");
    await expect(app.after).toBeHidden();
    await expect(page.getByText(/list before re-ranking stands/)).toBeVisible();
  });
});

test("K3 every worker dies, at rest and in the middle of re-ranking: the question is answered all the same", async ({
  page,
  guard,
}) => {
  guard.expectError(/the worker is killed/);
  const app = await new AppPage(page).open();
  await app.fileInput.setInputFiles([PUMP, BOAT, pdf("long.pdf", tinyPdf({ pages: wordyPages(60, 3) }))]);
  await app.settled();
  await app.ask("When is the boat house painted?");
  const right = (await app.rows(app.after)).map(({ chunk }) => chunk);
  expect(await killWorkers(page)).toBeGreaterThanOrEqual(4);

  await app.ask("What cleans the pump of the well?");
  expect((await app.rows(app.after))[0]!.text).toContain("vinegar");
  await app.ask("When is the boat house painted?");
  expect((await app.rows(app.after)).map(({ chunk }) => chunk)).toEqual(right);

  await app.set("Pool size", 200);
  await app.query.fill("Which cable does the pump engine need in winter?");
  await app.query.press("Enter");
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  await killWorkers(page);
  await app.ready();
  await expect(page.getByText(/re-ranking (\d+) of \1\b/)).toBeVisible();

  // And while a document comes in: said in its row or survived, and the next one is taken.
  await app.fileInput.setInputFiles(pdf("hapless.pdf", tinyPdf({ pages: wordyPages(150, 4) })));
  await expect(app.document("hapless.pdf").getByText(/Reading page|Embedding \d/)).toBeVisible();
  await killWorkers(page);
  await app.settled();
  await expect(app.document("hapless.pdf")).toHaveAttribute("data-state", "failed");
  await expect(app.document("hapless.pdf")).toContainText(/works in the background stopped/);
  await app.fileInput.setInputFiles(pdf("lucky.pdf", tinyPdf({ pages: ["The lucky document is about ladders."] })));
  await app.settled();
  await expect(app.document("lucky.pdf")).toHaveAttribute("data-state", "ready");
});

test("K4 Stop in the middle of re-ranking keeps a valid list (R1, R3)", async ({ page }) => {
  const app = await new AppPage(page).open();
  await app.fileInput.setInputFiles(pdf("long.pdf", tinyPdf({ pages: wordyPages(120, 5) })));
  await app.settled();
  await app.set("Pool size", 200);
  // Stopped by the page itself as soon as the first scores are there: no race with a fast machine.
  await page.evaluate(() => {
    const look = (): void => {
      const stop = [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === "Stop");
      const scored = Number(/(\d+) of \d+/.exec(stop?.parentElement?.textContent ?? "")?.[1] ?? 0);
      if (stop && scored > 0) {
        observer.disconnect();
        stop.click();
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  await app.ask("Which cable does the pump engine need in winter?");
  await expect(app.verdict).toContainText(/Stopped at \d+ of 200/);
  const scored = Number(/Stopped at (\d+)/.exec((await app.verdict.textContent()) ?? "")?.[1]);
  expect(scored).toBeGreaterThan(0);
  expect(scored).toBeLessThan(200);
  await page.getByRole("button", { name: "Show all 200" }).first().click();
  const [before, after] = [await app.rows(app.before), await app.rows(app.after)];
  expect(after.map(({ chunk }) => chunk).toSorted()).toEqual(before.map(({ chunk }) => chunk).toSorted());
  expect(after.map(({ rank }) => rank)).toEqual(after.map((_, i) => i + 1));
  const scores = after.slice(0, scored).map(({ score }) => score ?? Number.NaN);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  const rest = after.slice(scored);
  expect(rest.every(({ score }) => score === null)).toBe(true);
  const rankBefore = new Map(before.map(({ chunk, rank }) => [chunk, rank]));
  const old = rest.map(({ chunk }) => rankBefore.get(chunk)!);
  expect(old).toEqual(old.toSorted((a, b) => a - b));

  // The same question again goes on where it was stopped.
  await app.query.press("Enter");
  await app.ready();
  await expect(page.getByText(/re-ranking 200 of 200/)).toBeVisible();
});

test.describe("a full disk", () => {
  // The site's own cache would take an unknown part of the room.
  test.use({ serviceWorkers: "block" });

  test("K5 no room left: said, what was stored stays; after a removal there is room again", async ({
    page,
    baseURL,
  }) => {
    const large = (name: string, text: string) => pdf(name, tinyPdf({ pages: [text], ballast: 5_000_000 }));
    const second = large("second.pdf", "The second document is about the boat.");
    // Before the first write: the browser looks at a quota only now and then.
    const browser = await page.context().newCDPSession(page);
    const origin = new URL(baseURL!).origin;
    await browser.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 8_000_000 });
    const app = await new AppPage(page).open();
    await app.fileInput.setInputFiles(large("first.pdf", "The first document is about the pump."));
    await app.settled();
    await expect(app.document("first.pdf")).toHaveAttribute("data-state", "ready");

    await app.fileInput.setInputFiles(second);
    await app.settled();
    await expect(app.document("second.pdf").getByRole("alert")).toContainText(/no more room for this site/);
    await expect(app.document("second.pdf").getByRole("alert")).toContainText(/What was stored before is safe/);
    for (const ids of Object.values(await storedIds(page))) expect(ids).toHaveLength(1);
    await app.ask("What is the first document about?");
    expect((await app.rows(app.before)).map(({ text }) => text.includes("the pump"))).toEqual([true]);

    await app.document("first.pdf").getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(app.document("first.pdf")).toHaveCount(0);
    await page.getByRole("button", { name: "Dismiss second.pdf" }).click();
    await app.fileInput.setInputFiles(second);
    await app.settled();
    await expect(app.document("second.pdf")).toHaveAttribute("data-state", "ready");
    await page.reload();
    await app.ready();
    await app.ask("What is the second document about?");
    expect((await app.rows(app.before)).map(({ text }) => text.includes("the boat"))).toEqual([true]);
  });
});

/** A word that only one document holds: its name without the end. */
function codeWord(name: string): string {
  return name.replace(".pdf", "");
}

async function documents(page: Page): Promise<{ id: string; name: string; state: string }[]> {
  const rows = page.getByRole("list", { name: "Library" }).getByRole("listitem");
  const found = await rows.evaluateAll((items) =>
    items.map((item) => ({
      id: (item as HTMLElement).dataset["documentId"] ?? "",
      state: (item as HTMLElement).dataset["state"] ?? "",
      name: item.querySelector("[title]:not(input)")?.getAttribute("title") ?? "",
    })),
  );
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** An uncaught error in every worker of the app: the browser reports it as it reports any other death. */
async function killWorkers(page: Page): Promise<number> {
  const ours = page.workers().filter((worker) => /(embed|rerank|index|pdf)\.worker/.test(worker.url()));
  await Promise.all(
    ours.map((worker) =>
      worker
        .evaluate(() => {
          setTimeout(() => {
            throw new Error("the worker is killed");
          });
        })
        .catch(() => undefined),
    ),
  );
  return ours.length;
}
