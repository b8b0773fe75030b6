import { execFile } from "node:child_process";
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Guard } from "./fixtures.ts";
import { startHub } from "./hub-server.mjs";
import { startPlainHost } from "./static-server.mjs";

const run = promisify(execFile);
const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
/** Random weights, with PyTorch's numbers for known texts: made by training/tiny_models.py. */
const tiny = fileURLToPath(new URL("../../src/workers/model/testing/site/models/", import.meta.url));

/** `npm run models:add` */
export const add = fileURLToPath(new URL("../../scripts/models-add.mjs", import.meta.url));

/** The built site, to which an operator has added models with `npm run models:add`. */
export async function withSite(
  guard: Guard,
  root: string,
  ids: readonly string[],
  use: (url: string) => Promise<void>,
) {
  await cp(dist, root, { recursive: true });
  const hub = await startHub({ root: tiny });
  for (const id of ids) await run(process.execPath, [add, `good/${id}`, "--site", root, "--hub", hub.origin]);
  await hub.stop();
  const host = await startPlainHost({ root });
  guard.allowOrigin(host.origin);
  try {
    await use(host.url);
  } finally {
    await host.stop();
  }
}
