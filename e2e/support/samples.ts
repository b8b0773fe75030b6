import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "@playwright/test";
import { AppPage, questions, type Row } from "./app.ts";

/** The sample library as the app itself exported it after reading the PDFs, and what it answered before that. */
export interface Samples {
  /** Path of the `.secondlook` file. */
  readonly file: string;
  /** The first sample question's whole pool, asked of the library that was read, not imported. */
  readonly before: readonly Row[];
  readonly after: readonly Row[];
}

const CACHE = "node_modules/.cache/second-look";

/**
 * Reading the samples takes a minute on a busy machine, importing them a second: one reading serves every test of
 * a build. sw.js holds the hash of every file of the site, so another build reads them again.
 */
export async function sampleLibrary(browser: Browser, options: BrowserContextOptions): Promise<Samples> {
  const build = createHash("sha256").update(readFileSync("dist/sw.js")).digest("hex").slice(0, 16);
  const file = join(CACHE, `samples-${build}.secondlook`);
  const answer = join(CACHE, `samples-${build}.json`);
  // The answer is written last: a run that was cut off leaves none.
  if (!existsSync(answer)) {
    mkdirSync(CACHE, { recursive: true });
    const lists = await readSamples(browser, options, file);
    writeFileSync(`${answer}.part`, JSON.stringify(lists));
    renameSync(`${answer}.part`, answer);
  }
  const lists = JSON.parse(readFileSync(answer, "utf8")) as Pick<Samples, "before" | "after">;
  return { file, ...lists };
}

async function readSamples(browser: Browser, options: BrowserContextOptions, file: string) {
  const context = await browser.newContext(options);
  const app = await new AppPage(await context.newPage()).open();
  await app.addSamples();
  await app.exportTo(file);
  await app.ask(questions()[0]!.question);
  // The whole pool, not its best five.
  await app.set("Show top", 30);
  const lists = { before: await app.rows(app.before), after: await app.rows(app.after) };
  await context.close();
  return lists;
}
