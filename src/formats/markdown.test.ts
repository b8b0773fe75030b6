import { expect, test } from "vitest";
import { outline, readFile } from "./testing.fixture.ts";

test("M1 headings, lists, tables, code and emphasis", async () => {
  const source = `# Guide

Some *emphasis* and \`code\`
in one paragraph.

## Part

1. one
2. two
   - nested

| A | B |
|---|---|
| 1 | 2 |

\`\`\`js
const a  = "<b>";
\`\`\`
`;
  const { format, title, pages } = await readFile("a.MD", source);
  expect([format, title, pages.map(({ label }) => label)]).toEqual(["markdown", "Guide", ["Guide", "Part"]]);
  expect(outline(pages)).toEqual([
    "heading1: Guide",
    "paragraph: Some emphasis and code in one paragraph.",
    "heading2: Part",
    "listItem: 1. one",
    "listItem: 2. two",
    "listItem: • nested",
    "tableRow: A | B",
    "tableRow: 1 | 2",
    'paragraph: const a  = "<b>";',
  ]);
});

test("M2 front matter is for programs; its title is the title", async () => {
  const { title, pages } = await readFile("a.md", '---\ntitle: "On dogs"\ntags: x\n---\n\nText.');
  expect([title, pages[0]?.text]).toEqual(["On dogs", "Text."]);
});

test("M3 raw HTML is read as HTML: scripts are no text", async () => {
  const { pages } = await readFile(
    "a.md",
    'A <script>alert(1)</script><b onclick="x()">bold</b>\n\n<div hidden>no</div>',
  );
  expect(pages[0]?.text).toBe("A bold");
});

test("M4 what the parser cannot nest is read as plain text", async () => {
  const { pages } = await readFile("a.md", `${"> ".repeat(20_000)}core`);
  expect(pages.map(({ text }) => text).join("\n")).toContain("core");
});

test("M5 emphasis that is never closed costs seconds at most, and no word", { timeout: 30_000 }, async () => {
  const source = `${"**a_".repeat(20_000)}\n\n${`${"**b_".repeat(1_000)}\n\n`.repeat(100)}end`;
  const { pages } = await readFile("a.md", source);
  const text = pages.map((page) => page.text).join("\n");
  expect([text.match(/a/g)?.length, text.match(/b/g)?.length, text.endsWith("end")]).toEqual([20_000, 100_000, true]);
});
