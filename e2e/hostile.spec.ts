import { AppPage } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";
import { bombPdf, longPagePdf } from "./support/hostile-pdf.ts";
import { tinyPdf } from "./support/tiny-pdf.ts";

/** Files made to break a reader: no crash, no endless wait, clear words, and the next file is read as if nothing was. */

interface Hostile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: () => Buffer;
  /** What the row may end as. */
  readonly ends: RegExp;
  /** Words of the row that a person can use. */
  readonly says: RegExp;
}

const pdf = (name: string, buffer: () => Buffer, ends: RegExp, says: RegExp): Hostile => {
  return { name, mimeType: "application/pdf", buffer, ends, says };
};

const FILES: readonly Hostile[] = [
  pdf("bomb.pdf", () => bombPdf(2_000), /failed/, /The other documents are not affected/),
  pdf("long-page.pdf", () => longPagePdf(1_000_000), /ready|partial/, /1 page · [\d,]+ chunks/),
  pdf(
    "ten-thousand-pages.pdf",
    () => tinyPdf({ pages: Array.from({ length: 10_000 }, (_, i) => `This is page number ${i + 1}.`) }),
    /ready|partial/,
    /10,000 pages/,
  ),
  pdf("../../etc/passwd.pdf", () => tinyPdf({ pages: ["The name of this file climbs."] }), /ready/, /1 page/),
  {
    name: "page.html",
    mimeType: "text/html",
    buffer: () =>
      Buffer.from(
        `<title>Well</title><script>globalThis.pwned = 1</script><img src=x onerror="globalThis.pwned = 1">` +
          `<h1>Pump</h1><p>The well is covered with oak planks.</p>${"<div>".repeat(20_000)}deep`,
      ),
    ends: /ready/,
    says: /section/,
  },
  {
    name: "markup.txt",
    mimeType: "text/plain",
    buffer: () => Buffer.from(`<script>globalThis.pwned = 1</script> The lantern burns whale oil.`),
    ends: /ready/,
    says: /1 section/,
  },
];

test("H1 a bomb, a page of a million characters, 10,000 pages, markup and climbing names: each ends in words, nothing runs", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const app = await new AppPage(page).open();
  for (const { name, mimeType, buffer, ends, says } of FILES) {
    const started = Date.now();
    await app.fileInput.setInputFiles({ name, mimeType, buffer: buffer() });
    const row = app.document(name.replace(/^.*\//, ""));
    await expect(row).toHaveCount(1);
    await app.settled(120_000);
    console.log(`${name}: ${await row.getAttribute("data-state")} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    await expect(row).toHaveAttribute("data-state", ends);
    await expect(row).toContainText(says);
  }
  await app.ask("What does the lantern burn?");
  expect((await app.rows(app.after))[0]!.text).toContain("<script>globalThis.pwned = 1</script> The lantern");
  await app.ask("What covers the well?");
  expect((await app.rows(app.after))[0]!.text).toContain("oak planks");
  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
});
