import { readFile } from "node:fs/promises";

/** Private memory of the largest renderer process, from Linux's own count; NaN elsewhere. */
export async function privateMegabytes(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const renderers = processInfo.filter((one) => one.type === "renderer");
  const sizes = await Promise.all(renderers.map(({ id }) => privateKilobytes(id).catch(() => Number.NaN)));
  const known = sizes.filter((size) => !Number.isNaN(size));
  return known.length === 0 ? Number.NaN : Math.max(...known) / 1000;
}

async function privateKilobytes(pid) {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  return [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].reduce((sum, found) => sum + Number(found[1]), 0);
}
