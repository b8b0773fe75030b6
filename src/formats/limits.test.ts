import { expect, test } from "vitest";
import { MAX_ELEMENTS, MAX_SECTIONS, MAX_TEXT_BYTES } from "./limits.ts";
import { readFile } from "./testing.fixture.ts";

test.each(["a.txt", "a.md", "a.html"])("L1 %s of more than 64 MB is refused with both numbers", async (name) => {
  const bytes = new Uint8Array(MAX_TEXT_BYTES + 1).fill(0x61);
  await expect(readFile(name, bytes)).rejects.toMatchObject({
    code: "FILE_TOO_LARGE",
    facts: { bytes: MAX_TEXT_BYTES + 1, limit: MAX_TEXT_BYTES },
  });
});

test("L2 of too many sections the first are read, and the rest is counted", async () => {
  const sections = Array.from({ length: MAX_SECTIONS + 3 }, (_, i) => `# Title ${i}\n\nText ${i}.`);
  const { pages, warnings } = await readFile("a.md", sections.join("\n\n"));
  expect(pages).toHaveLength(MAX_SECTIONS);
  expect(pages.at(-1)?.text).toContain(`Text ${MAX_SECTIONS - 1}.`);
  expect(warnings).toEqual([{ kind: "pages-left-out", pages: 3, of: MAX_SECTIONS + 3 }]);
});

test("L3 behind too many elements tags are dropped and text is kept", async () => {
  const { pages } = await readFile("a.html", `<h1>A</h1><p>b</p>${"<br>".repeat(MAX_ELEMENTS)}<h1>late</h1> words`);
  expect(pages.map(({ label }) => label)).toEqual(["A"]);
  expect(pages.at(-1)?.text).toMatch(/late\s+words$/);
});
