// npm run truth:make: PDFs whose text is known to the letter, from texts/. See README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright";
import { ensureChromium } from "../scripts/chromium.mjs";
import { bottomUp, rowByRow } from "./make/drawn.mjs";
import { print } from "./make/print.mjs";

const here = import.meta.dirname;
const DRAWN = { "columns-row-by-row": rowByRow, "bottom-up": bottomUp };

const documents = JSON.parse(readFileSync(join(here, "documents.json"), "utf8"));
const only = process.argv.slice(2);
const executablePath = await ensureChromium();
if (executablePath === null) throw new Error("no Chromium: set CHROMIUM to one");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  for (const { name, text } of documents) {
    if (only.length > 0 && !only.includes(name)) continue;
    const source = readFileSync(join(here, "texts", `${text}.txt`), "utf8");
    // oxlint-disable-next-line no-await-in-loop -- one page at a time
    const bytes = await (DRAWN[name] ? DRAWN[name](source) : print(browser, name, source));
    writeFileSync(join(here, "pdfs", `${name}.pdf`), bytes);
    console.log(`${name}: ${Math.round(bytes.length / 1024)} KB`);
  }
} finally {
  await browser.close();
}
