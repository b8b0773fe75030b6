// Draws the PNG icons from public/icon.svg in Chromium. Run after changing the mark: node tools/icons.mjs
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright";
import { ensureChromium } from "../scripts/chromium.mjs";
import { ROOT } from "../scripts/project.mjs";

const svg = await readFile(join(ROOT, "public/icon.svg"), "utf8");
/** A maskable icon may lose everything outside the inner 80 %, and has no corners of its own. */
const maskable = svg
  .replace(' rx="14"', "")
  .replace('viewBox="0 0 64 64"', 'viewBox="-8 -8 80 80"')
  .replace('<rect width="64" height="64"', '<rect x="-8" y="-8" width="80" height="80"');

const icons = [
  { file: "icon-192.png", size: 192, markup: svg },
  { file: "icon-512.png", size: 512, markup: svg },
  { file: "icon-maskable-512.png", size: 512, markup: maskable },
  // iOS rounds the corners itself and paints transparent ones black.
  { file: "apple-touch-icon.png", size: 180, markup: svg.replace(' rx="14"', "") },
];

const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ["--no-sandbox"] });
for (const { file, size, markup } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${markup}`);
  await page.screenshot({ path: join(ROOT, "public", file), omitBackground: true });
  await page.close();
}
await browser.close();
