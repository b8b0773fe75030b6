import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dejavuCss, fontCss } from "./fonts.mjs";
import { withSoftHyphens } from "./hyphens.mjs";
import { blocksOf } from "./source.mjs";

const CACHE = join(import.meta.dirname, "..", ".cache");

/** How each document is set. Sizes in mm; `sheets` are the style sheets of the font's package. */
export const SET = {
  "english-1-column": { lang: "en", font: "noto-serif", furniture: true },
  "english-2-columns": { lang: "en", font: "noto-serif", columns: 2, hyphens: true, size: [176, 200] },
  "english-3-columns": { lang: "en", font: "noto-serif", columns: 3, hyphens: true, size: [210, 150] },
  "chinese-1-column": { lang: "zh", font: "noto-sans-sc", tagged: true },
  "chinese-2-columns": { lang: "zh", font: "noto-sans-sc", sheets: ["chinese-simplified"], columns: 2 },
  japanese: { lang: "ja", font: "noto-sans-jp", sheets: ["japanese"] },
  "japanese-vertical": { lang: "ja", font: "noto-sans-jp", sheets: ["japanese"], vertical: true },
  korean: { lang: "ko", font: "noto-sans-kr", sheets: ["korean", "latin"], breakAll: true },
  arabic: { lang: "ar", font: "dejavu", rtl: true },
  hebrew: { lang: "he", font: "noto-sans-hebrew", sheets: ["hebrew", "latin"], rtl: true, tagged: true },
  hindi: { lang: "hi", font: "noto-sans-devanagari", sheets: ["devanagari", "latin"], tagged: true },
  thai: { lang: "th", font: "noto-sans-thai", sheets: ["thai", "latin"], points: 13 },
  russian: { lang: "ru", font: "noto-sans", sheets: ["cyrillic", "latin"], furniture: true, tagged: true },
  table: { lang: "en", font: "noto-serif", sheets: ["latin"], size: [148, 160] },
};

const FAMILIES = {
  "noto-serif": "Noto Serif",
  "noto-sans": "Noto Sans",
  "noto-sans-sc": "Noto Sans SC",
  "noto-sans-jp": "Noto Sans JP",
  "noto-sans-kr": "Noto Sans KR",
  dejavu: "DejaVu Sans",
  "noto-sans-hebrew": "Noto Sans Hebrew",
  "noto-sans-devanagari": "Noto Sans Devanagari",
  "noto-sans-thai": "Noto Sans Thai",
};

/** The PDF that Chromium prints of a source text. */
export async function print(browser, name, source) {
  const set = SET[name];
  const file = join(CACHE, `${name}.html`);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(file, html(set, source));
  const page = await browser.newPage();
  try {
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(() => document.fonts.ready);
    const [width, height] = set.size ?? [148, 210];
    const bytes = await page.pdf({
      width: `${width}mm`,
      height: `${height}mm`,
      margin: { top: "18mm", bottom: "18mm", left: "15mm", right: "15mm" },
      tagged: set.tagged ?? false,
      displayHeaderFooter: set.furniture ?? false,
      headerTemplate: furniture(set, '<span class="title"></span>'),
      footerTemplate: furniture(set, '<span class="pageNumber"></span> / <span class="totalPages"></span>'),
    });
    return withoutDate(bytes);
  } finally {
    await page.close();
  }
}

function furniture(set, inside) {
  return `<div style="width:100%;text-align:center;font:8px '${FAMILIES[set.font]}'">${inside}</div>`;
}

/** The same texts make the same files: the date is overwritten in place, so no offset moves. */
function withoutDate(bytes) {
  const text = Buffer.from(bytes).toString("latin1");
  const fixed = text.replaceAll(/\(D:\d{14}/g, "(D:20260101000000");
  return Buffer.from(fixed, "latin1");
}

function html(set, source) {
  const blocks = blocksOf(source);
  const sheets = set.sheets ?? [""];
  const css =
    set.font === "dejavu"
      ? [dejavuCss()]
      : sheets.flatMap((sheet) => ["400", "700"].map((weight) => fontCss(set.font, sheetOf(sheet, weight))));
  return `<!doctype html><html lang="${set.lang}" dir="${set.rtl ? "rtl" : "ltr"}"><meta charset="utf-8">
<title>${blocks[0].text}</title><style>${css.join("\n")}
html { font: ${set.points ?? 11}pt/1.5 "${FAMILIES[set.font]}"; ${set.vertical ? "writing-mode: vertical-rl;" : ""} }
body { margin: 0; ${set.columns ? `columns: ${set.columns}; column-gap: 7mm;` : ""} }
p { margin: 0 0 .5em; orphans: 1; widows: 1; ${set.columns ? "text-align: justify;" : ""} ${set.breakAll ? "word-break: break-all;" : ""} }
${set.columns && set.lang === "en" ? "p { margin: 0; text-indent: 1.2em }" : ""}
h1 { font-size: 1.4em; margin: 0 0 .6em } h2 { font-size: 1.15em; margin: 1em 0 .4em }
h1, h2 { break-after: avoid; line-height: 1.25 }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1em; font-size: .9em } td { border: .5pt solid; padding: 1pt 4pt }
</style><body>${blocks.map((block) => element(set, block)).join("\n")}</body></html>`;
}

const sheetOf = (sheet, weight) => (sheet === "" ? weight : `${sheet}-${weight}`);

function element(set, block) {
  const text = (value) => {
    const escaped = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return set.hyphens ? withSoftHyphens(escaped) : escaped;
  };
  if (block.kind === "heading")
    return `<h${block.level}>${text(block.text).replaceAll("\u00AD", "")}</h${block.level}>`;
  if (block.kind === "table") {
    const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${text(cell)}</td>`).join("")}</tr>`);
    return `<table>${rows.join("\n")}</table>`;
  }
  // Chinese and Japanese have no space between sentences.
  const between = set.lang === "zh" || set.lang === "ja" ? "" : " ";
  return `<p>${text(block.sentences.join(between))}</p>`;
}
