import { questions, sampleIndex } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";
import { tinyPdf } from "./support/tiny-pdf.ts";

test.use({ storesSite: true });

const pages = [
  "The lighthouse keeper of Skarholm counts the herons every morning at six.\nHe writes the number into a green ledger.",
  "The spare key to the lamp room hangs behind the barometer in the kitchen.",
];

test("O1 with the network off: the library, the same lists and verdict, and a new PDF; nothing asked of another origin", async ({
  app,
  page,
  context,
  guard,
}) => {
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  const question = questions()[0]!.question;
  await app.ask(question);
  const online = await answer();

  // The browser looks for a newer sw.js on every navigation, and says so when it cannot.
  guard.expectError(/sw\.js|nowhere-at-all/);
  await context.setOffline(true);
  // Offline is real: what the service worker does not hold cannot be had.
  expect(await page.evaluate(() => fetch("nowhere-at-all.txt").then(String, () => "unreachable"))).not.toContain("200");
  await page.reload();
  await app.ready();
  await expect(app.library.locator("[data-state=ready]")).toHaveCount(sampleIndex().length);
  await app.ask(question);
  expect(await answer()).toEqual(online);

  const buffer = tinyPdf({ pages, title: "Skarholm light" });
  await app.fileInput.setInputFiles({ name: "skarholm.pdf", mimeType: "application/pdf", buffer });
  await expect(app.document("skarholm.pdf")).toHaveAttribute("data-state", "ready", { timeout: 60_000 });
  await app.ready();
  await app.ask("Where is the spare key to the lamp room?");
  const [best] = await app.rows(app.after);
  expect(best!.text).toContain("skarholm.pdf");

  const own = guard.requests.filter((url) => new URL(url).origin === new URL(page.url()).origin);
  const other = guard.requests.filter((url) => /^(blob|data):/.test(url));
  console.log(
    `${guard.requests.length} requests: ${own.length} to this origin (${other.length} blob or data), ` +
      `${guard.requests.length - own.length} elsewhere`,
  );
  expect(guard.requests.length).toBeGreaterThan(10);

  async function answer(): Promise<unknown> {
    const face = ({ chunk, rank, score }: { chunk: string; rank: number; score: number | null }): unknown[] => [
      chunk,
      rank,
      score?.toFixed(3) ?? null,
    ];
    return {
      before: (await app.rows(app.before)).map(face),
      after: (await app.rows(app.after)).map(face),
      verdict: await app.verdict.locator("strong").textContent(),
    };
  }
});

test("O2 isolated, and the header says on how many threads the models run @mobile", async ({ page }) => {
  await page.goto("./");
  await expect(page.locator("[data-app-state=ready]")).toBeAttached();
  const machine = await page.evaluate(() => ({ isolated: crossOriginIsolated, cores: navigator.hardwareConcurrency }));
  expect(machine.isolated).toBe(true);
  const threads = Math.min(4, machine.cores);
  const words = threads === 1 ? "1 thread" : `${threads} threads`;
  await expect(page.getByRole("banner")).toContainText(words);
  console.log(`isolated, ${machine.cores} cores, the page says ${words}`);
});
