// Makes docs/screenshot.png from the built site: the sample library and one of its questions (another may be given),
// dense retrieval, 1440 × 900, light.
import { statSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright";
import { ensureChromium } from "../scripts/chromium.mjs";
import { ROOT, isBuilt } from "../scripts/project.mjs";
import { careful, close, createSiteServer, listen } from "../scripts/site-server.mjs";

const QUESTION = process.argv[2] ?? "Which type of residual-current device does the pump station require?";
const MOST_BYTES = 300_000;

if (!isBuilt()) console.warn("dist/ is older than the sources: npm run build first for the present look.");
const target = join(ROOT, "docs/screenshot.png");
const dist = join(ROOT, "dist");
const server = createSiteServer({ root: dist, headersFor: await careful(dist) });
const port = await listen(server, 0);
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ["--no-sandbox"] });
// Without motion, or rows are caught on their way.
const page = await browser.newPage({
  viewport: { width: 1440, height: 900 },
  colorScheme: "light",
  reducedMotion: "reduce",
});
await page.goto(`http://localhost:${port}/#retrieval=dense`);
await page.getByRole("button", { name: "Try the sample library" }).click();
await page.locator("li[data-state=ready]").nth(5).waitFor({ timeout: 300_000 });
await ready();
await page.getByRole("searchbox").fill(QUESTION);
await page.keyboard.press("Enter");
await page.locator("li[data-side=after]").first().waitFor();
await ready();
await page.screenshot({ path: target });
await browser.close();
await close(server);

const { size } = statSync(target);
console.log(`docs/screenshot.png: ${Math.round(size / 1000)} kB`);
if (size > MOST_BYTES) throw new Error(`more than ${MOST_BYTES / 1000} kB`);

function ready() {
  return page.locator("[data-app-state=ready]").waitFor({ state: "attached", timeout: 300_000 });
}
