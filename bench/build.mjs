import { copyFile, cp, mkdir, readFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { main } from "assemblyscript/asc";
import { ROOT, bin, run } from "../scripts/project.mjs";

/** A long real document; measured where it lies beside the repository. */
const LONG = join(ROOT, "..", "shared", "pdfs", "manual-619p.pdf");

/** Builds the bench page. `extra` are URLs of more PDFs, relative to it. */
export async function buildPage(skip, say) {
  const page = join(ROOT, "dist-bench", "page");
  if (!skip || !existsSync(join(page, "index.html"))) {
    say("building the bench page");
    await vite(["-c", "bench/vite.config.ts"]);
  }
  await cp(join(ROOT, "truth"), join(page, "truth"), { recursive: true, filter: (path) => !path.endsWith(".cache") });
  if (!existsSync(LONG)) return { page, extra: [] };
  await mkdir(join(page, "extra"), { recursive: true });
  await copyFile(LONG, join(page, "extra", "manual-619p.pdf"));
  return { page, extra: ["extra/manual-619p.pdf"] };
}

/** Builds the app as it ships, apart from dist/, with Vite's manifest of what imports what. */
export async function buildApp(skip, say) {
  const app = join(ROOT, "dist-bench", "app");
  if (!skip || !existsSync(join(app, "sw.js"))) {
    say("building the app");
    await vite(["--outDir", app, "--emptyOutDir", "--manifest"]);
  }
  return app;
}

async function vite(args) {
  const code = await run(process.execPath, [bin("vite"), "build", ...args], { quiet: true });
  if (code !== 0) throw new Error(`vite build ${args.join(" ")} ended with ${code}`);
}

/** kernel/read.as as base64. */
export async function readKernel() {
  const source = await readFile(new URL("kernel/read.as", import.meta.url), "utf8");
  let wasm;
  const { error } = await main(
    [
      "read.ts",
      "--outFile",
      "read.wasm",
      "-O3",
      "--runtime",
      "stub",
      "--noAssert",
      "--enable",
      "simd",
      "--importMemory",
    ],
    {
      readFile: (name) => (name === "read.ts" ? source : null),
      writeFile: (name, contents) => {
        if (name === "read.wasm") wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || wasm === undefined) throw new Error(`kernel/read.as does not compile: ${String(error)}`);
  return Buffer.from(wasm).toString("base64");
}

/** The long document's path, or null where it does not lie beside the repository. */
export const longDocument = () => (existsSync(LONG) ? LONG : null);
