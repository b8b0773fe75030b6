import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { KERNEL_BASE64 } from "./dot.generated.ts";
import { hasSimd } from "./kernel.ts";

/** In a variable, so that TypeScript does not look for its types. */
const tool = "../../../../tools/build-kernel.mjs";

it("V14 building the kernel again gives the committed bytes", { timeout: 60_000 }, async () => {
  const { kernelModule }: { kernelModule: () => Promise<string> } = await import(tool);
  expect(await kernelModule()).toBe(await readFile("src/workers/index/kernel/dot.generated.ts", "utf8"));
  expect(KERNEL_BASE64.length).toBeLessThan(1400);
});

it("V14 this runtime knows SIMD, so the tests run the kernel and not the fallback", () => {
  expect(hasSimd()).toBe(true);
});
