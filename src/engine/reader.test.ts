import { expect, test } from "vitest";
import type { DocumentReader } from "#core/ports.ts";
import { readerByFormat } from "./reader.ts";

const never = new AbortController().signal;
const named = (kind: string): DocumentReader => ({
  read: ({ name }) => Promise.resolve({ format: "text", title: `${kind} ${name}`, pages: [], warnings: [] }),
});
const reader = readerByFormat({ pdf: named("pdf"), text: named("text") });

async function title(name: string, content: string): Promise<string | null> {
  const bytes = new TextEncoder().encode(content).buffer;
  return (await reader.read({ bytes, name, password: null }, never, () => {})).title;
}

test("RF1 each file goes to the reader of its format", async () => {
  expect(await title("a.txt", "%PDF-1.7")).toBe("pdf a.txt");
  expect(await title("a.md", "# x")).toBe("text a.md");
});

test("RF2 what is no format that is read is FILE_NOT_PDF, with its name; nothing is FILE_EMPTY", async () => {
  await expect(title("a.png", "\u0089PNG\0")).rejects.toMatchObject({ code: "FILE_NOT_PDF", facts: { name: "a.png" } });
  await expect(title("a.md", "")).rejects.toMatchObject({ code: "FILE_EMPTY" });
});
