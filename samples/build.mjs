/**
 * Prints samples/content/*.html to public/samples/*.pdf and writes index.json.
 * Needs a Chromium (CHROMIUM, default /usr/bin/chromium) and poppler's pdftotext. The PDFs are committed, so nobody has to run this to use the app.
 */
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright";
import { documents } from "./documents.mjs";
import { hyphenate } from "./hyphenate.mjs";

const here = new URL("./", import.meta.url);
const out = new URL("../public/samples/", here);
const only = process.argv.slice(2);

/** The text of every page, by poppler's pdftotext. */
function textOfPages(bytes) {
  const text = execFileSync("pdftotext", ["-enc", "UTF-8", "-", "-"], { input: bytes, encoding: "utf8" });
  return text.split("\f").slice(0, -1);
}

/** 1-based page of a heading: the last page with a line of exactly these words, since the contents page has it too. */
function pageOf(heading, pages) {
  return 1 + pages.findLastIndex((text) => text.split("\n").some((line) => line.trim() === heading));
}

/** Fixes the two dates so that the same source gives the same bytes. */
function withoutClock(buffer) {
  const text = buffer.toString("latin1").replace(/\/(CreationDate|ModDate) \(D:\d{14}/g, "/$1 (D:20260101000000");
  return Buffer.from(text, "latin1");
}

async function print(page, document) {
  const [base, own, body] = await Promise.all(
    ["style/base.css", `style/${document.style}.css`, `content/${document.source}`].map((path) =>
      readFile(new URL(path, here), "utf8"),
    ),
  );
  await page.emulateMedia({ media: "print" });
  await page.setContent(
    `<!doctype html><html lang="${document.lang}"><meta charset="utf-8"><title>${document.title}</title>` +
      `<style>${base}\n${own}</style><body>${body}</body></html>`,
  );
  await page.evaluate(hyphenate, document.hyphens ?? "");
  const overfull = await page.evaluate(() =>
    [...document.querySelectorAll(".sheet, .sheet .columns")]
      .filter((box) => box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)
      .map((box) => box.id || box.closest("[id]")?.id),
  );
  if (overfull.length > 0) console.warn(`${document.file}: text does not fit in ${overfull.join(", ")}`);
  const pdf = () => page.pdf({ preferCSSPageSize: true, printBackground: true, outline: true, tagged: true });
  // CSS target-counter() is not in Chromium: the contents page is filled from the outline of a first print.
  const headings = await page.evaluate(() =>
    [...document.querySelectorAll("nav.toc a")].map((link) => link.textContent.replace(/\s+/g, " ").trim()),
  );
  if (headings.length > 0) {
    const pages = textOfPages(await pdf());
    const numbers = headings.map((heading) => pageOf(heading, pages));
    await page.evaluate((found) => {
      document.querySelectorAll("nav.toc a").forEach((link, i) => (link.dataset.page = String(found[i])));
    }, numbers);
  }
  return withoutClock(await pdf());
}

await mkdir(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
try {
  const page = await browser.newPage();
  const index = [];
  for (const document of documents) {
    const target = new URL(document.file, out);
    const skip = only.length > 0 && !only.includes(document.file);
    const bytes = skip ? await readFile(target) : await print(page, document);
    if (!skip) await writeFile(target, bytes);
    const count = textOfPages(bytes).length;
    index.push({
      file: document.file,
      title: document.title,
      pages: count,
      bytes: bytes.length,
      language: document.language,
    });
    console.log(`${document.file}  ${count} pages  ${Math.round(bytes.length / 1024)} kB`);
  }
  await writeFile(new URL("index.json", out), `${JSON.stringify(index, null, 2)}\n`);
  const total = index.reduce((sum, entry) => sum + entry.pages, 0);
  console.log(`${index.length} documents, ${total} pages`);
} finally {
  await browser.close();
}
