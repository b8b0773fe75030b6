import { copyFile, cp, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { axe } from "./support/axe.ts";
import { AppPage } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";
import type { Guard } from "./support/fixtures.ts";
import { ReaderPage } from "./support/reader.ts";
import { scanPdf, type PaintedWord, type Scan } from "./support/scan-pdf.ts";
import { startPlainHost } from "./support/static-server.mjs";
import type { PlainHost } from "./support/static-server.mjs";

/** OCR as a person meets it: the real Tesseract with English data, on pages that were painted and compressed. */

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const ENGLISH = fileURLToPath(
  new URL("../node_modules/@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz", import.meta.url),
);

const PUMP = [
  "The bilge pump of the rowing boat is cleaned with vinegar",
  "every second month. Afterwards its valve is greased with",
  "beeswax, and the hose is hung up to dry for one night.",
];
const LAMP = [
  "The lighthouse keeper counts the moths around the lamp each",
  "evening and writes their number into a green notebook.",
];
const OVEN = ["The village oven is lit on Saturdays before sunrise.", "Bread comes first, plum cake at noon."];

/** The built site with English data in `tessdata/`, as `npm run ocr:add eng` and a build would leave it. */
async function withEnglish(guard: Guard, folder: string, use: (host: PlainHost) => Promise<void>): Promise<void> {
  await cp(dist, folder, { recursive: true });
  const name = "eng.traineddata.gz";
  await copyFile(ENGLISH, join(folder, "tessdata", name));
  const { size: bytes } = await stat(ENGLISH);
  await writeFile(join(folder, "tessdata/index.json"), JSON.stringify([{ file: name, bytes }]));
  const host = await startPlainHost({ root: folder });
  guard.allowOrigin(host.origin);
  try {
    await use(host);
  } finally {
    await host.stop();
  }
}

const file = (name: string, { pdf: buffer }: Scan) => ({ name, mimeType: "application/pdf", buffer });

test("OC9 a scan fails with words, OCR reads it, and the reader marks the words on the picture", async ({
  page,
  guard,
}, info) => {
  const scan = await scanPdf(page, [{ kind: "scan", lines: PUMP }]);
  await withEnglish(guard, info.outputPath("site"), async (host) => {
    const app = await new AppPage(page).open(host.url);
    await app.fileInput.setInputFiles(file("pump.pdf", scan));
    await app.settled();
    const row = app.document("pump.pdf");
    await expect(row).toHaveAttribute("data-state", "failed");
    await expect(row).toContainText("this looks like a scan");
    expect(ocrRequests(guard)).toEqual([]);

    await row.getByRole("button", { name: "Read pump.pdf by OCR" }).click();
    const dialog = page.getByRole("dialog", { name: "Read by OCR" });
    await expect(dialog.getByRole("checkbox", { name: /^English/ })).toBeChecked();
    await expect(dialog).toContainText("from this site");
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Read 1 page" }).click();
    await app.settled();
    await expect(row).toHaveAttribute("data-state", "ready");
    await expect(row).toContainText("1 page by OCR");

    await app.ask("What is the pump cleaned with?");
    const first = app.after.getByRole("listitem").first();
    await expect(first).toContainText("cleaned with vinegar every second month");
    await expect(first).toContainText("p. 1 · OCR");
    await first.getByRole("button", { name: /p\. 1, read by OCR/ }).click();
    const reader = new ReaderPage(page);
    await reader.shows();
    await expect(reader.frame).toContainText("read by OCR");
    expect(await marked(reader, scan.words)).toEqual(scan.words.map(({ word }) => word));

    await reader.pages.press("Control+f");
    await reader.frame.getByRole("textbox", { name: "Find in this document" }).fill("beeswax");
    await expect(reader.frame.locator("[data-find-mark]").first()).toBeVisible();
    expect(await marked(reader, scan.words, "[data-find-mark]")).toEqual(["beeswax,"]);
    // Its worker, its core twice (once to see that it is there), and the language data: nothing else, from nowhere else.
    expect([...new Set(ocrRequests(guard))].toSorted()).toEqual([
      `${host.url}tessdata/eng.traineddata.gz`,
      `${host.url}tessdata/index.json`,
      `${host.url}tesseract/tesseract-core-simd-lstm.js`,
      `${host.url}tesseract/tesseract-core-simd-lstm.wasm`,
      `${host.url}tesseract/worker.min.js`,
    ]);
  });
});

test("OC10 of a stored document only the scanned pages are read; cancelled, it stays as it was", async ({
  page,
  guard,
}, info) => {
  const scan = await scanPdf(page, [
    { kind: "text", lines: OVEN },
    { kind: "scan", lines: PUMP },
    { kind: "scan", lines: LAMP },
  ]);
  await withEnglish(guard, info.outputPath("site"), async (host) => {
    const app = await new AppPage(page).open(host.url);
    await app.fileInput.setInputFiles(file("boats.pdf", scan));
    await app.settled();
    const row = app.document("boats.pdf");
    await expect(row).toContainText("2 of 3 pages have no text (scanned)");
    const read = async (): Promise<void> => {
      await row.getByRole("button", { name: "Read boats.pdf by OCR" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Read 2 pages" }).click();
    };

    await read();
    await expect(row).toContainText("OCR, page 2 of 2");
    await row.getByRole("button", { name: "Cancel boats.pdf" }).click();
    await app.settled();
    await expect(row).toHaveAttribute("data-state", "partial");
    await expect(row).toContainText("3 pages · 1 chunk");
    await expect(row).toContainText("2 of 3 pages have no text (scanned)");

    await read();
    await app.settled();
    await expect(row).toHaveAttribute("data-state", "ready");
    await expect(row).toContainText("3 pages, 2 by OCR");
    await expect(row).not.toContainText("have no text");
    await expect(row.getByRole("button", { name: /by OCR/ })).toHaveCount(0);

    await app.ask("Who counts the moths?");
    const first = app.after.getByRole("listitem").first();
    await expect(first).toContainText("lighthouse keeper counts the moths");
    await expect(first).toContainText("OCR");
    await app.ask("When is the oven lit?");
    await expect(app.after.getByRole("listitem").first()).toContainText("lit on Saturdays");

    // Stored whole: the next visit finds it without reading anything again.
    await app.restart(host.url);
    await expect(row).toContainText("3 pages, 2 by OCR");
    await app.ask("Who counts the moths?");
    await expect(app.after.getByRole("listitem").first()).toContainText("lighthouse keeper counts the moths");
  });
});

test("OC11 without language data the page says what to get; a chosen file is listed, used and can be removed", async ({
  page,
}) => {
  const scan = await scanPdf(page, [{ kind: "scan", lines: OVEN }]);
  const app = await new AppPage(page).open();
  await app.fileInput.setInputFiles(file("oven.pdf", scan));
  await app.settled();
  const row = app.document("oven.pdf");
  await row.getByRole("button", { name: "Read oven.pdf by OCR" }).click();
  const dialog = page.getByRole("dialog", { name: "Read by OCR" });
  await expect(dialog).toContainText("eng.traineddata");
  await expect(dialog).toContainText("npm run ocr:add eng");
  await expect(dialog).toContainText("public/tessdata");
  await expect(dialog.getByRole("button", { name: "Read 1 page" })).toBeDisabled();
  await expectAccessible(page);

  const input = dialog.getByLabel("Add language data");
  await input.setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no") });
  await expect(dialog.getByRole("alert")).toContainText("notes.txt is not language data");
  await input.setInputFiles(ENGLISH);
  await expect(dialog.getByRole("checkbox", { name: /^English.*your file/ })).toBeChecked();
  await dialog.getByRole("button", { name: "Read 1 page" }).click();
  await app.settled();
  await expect(row).toContainText("1 page by OCR");
  await app.ask("When is the oven lit?");
  await expect(app.after.getByRole("listitem").first()).toContainText("lit on Saturdays");
});

const ocrRequests = ({ requests }: Guard): string[] => requests.filter((url) => /\/(?:tesseract|tessdata)\//.test(url));

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await axe(page).include("dialog[open]").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** Painted words whose middle lies on a mark of the page. */
async function marked(
  reader: ReaderPage,
  words: readonly PaintedWord[],
  marks = "[data-mark=chosen]",
): Promise<string[]> {
  return reader.frame.locator('[data-page="0"]').evaluate(
    (frame, given) => {
      const paper = frame.getBoundingClientRect();
      const boxes = [...frame.querySelectorAll(given.marks)].map((mark) => mark.getBoundingClientRect());
      return given.words
        .filter(({ x, y }) => {
          const [left, top] = [paper.left + x * paper.width, paper.top + y * paper.height];
          return boxes.some((box) => left > box.left && left < box.right && top > box.top && top < box.bottom);
        })
        .map(({ word }) => word);
    },
    { words, marks },
  );
}
