import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { docxOf, paragraph, table, zipOf } from "./docx.fixture.ts";
import { outline, readFile } from "./testing.fixture.ts";

test("W1 headings, lists, tables and captions of a Word document", async () => {
  const body = [
    paragraph("A Report", { style: "Title" }),
    paragraph("First", { style: "Heading1" }),
    paragraph("Some text &amp; more &lt;b&gt;."),
    paragraph("bullet", { list: 1 }),
    paragraph("one", { list: 2 }),
    paragraph("two", { list: 2 }),
    paragraph("Table 1", { style: "Caption" }),
    table([
      ["Name", "Bytes"],
      ["a", "1"],
    ]),
    paragraph("Inner", { style: "Heading2" }),
    paragraph("Last."),
  ].join("");
  const { format, title, pages, warnings } = await readFile("report.docx", docxOf(body));
  expect([format, title, warnings]).toEqual(["docx", "A Report", []]);
  expect(outline(pages)).toEqual([
    "heading1: A Report",
    "heading1: First",
    "paragraph: Some text & more <b>.",
    "listItem: • bullet",
    "listItem: 1. one",
    "listItem: 2. two",
    "caption: Table 1",
    "tableRow: Name | Bytes",
    "tableRow: a | 1",
    "heading2: Inner",
    "paragraph: Last.",
  ]);
  expect(pages.map(({ label }) => label)).toEqual(["First", "Inner"]);
});

test("W2 a bomb is refused by the sizes it declares, before anything is unpacked", async () => {
  const bomb = docxOf(paragraph("x"), { "word/document.xml": 0xfffffff0 });
  await expect(readFile("a.docx", bomb)).rejects.toMatchObject({
    code: "FILE_TOO_LARGE",
    facts: { bytes: expect.any(Number) },
  });
});

test("W3 a zip that is not Word's is FILE_NOT_PDF; a cut or broken one is PDF_DAMAGED", async () => {
  await expect(readFile("a.docx", zipOf({ "a.txt": "x" }))).rejects.toMatchObject({ code: "FILE_NOT_PDF" });
  await expect(readFile("a.zip", zipOf({ "a.txt": "x" }))).rejects.toMatchObject({ code: "FILE_NOT_PDF" });
  const whole = docxOf(paragraph("x"));
  await expect(readFile("a.docx", whole.slice(0, whole.byteLength - 30))).rejects.toMatchObject({
    code: "PDF_DAMAGED",
  });
  const broken = zipOf({ "word/document.xml": "<w:document", "word/other.xml": "" });
  await expect(readFile("a.docx", broken)).rejects.toMatchObject({ code: "PDF_DAMAGED" });
});

test("W4 names with ../ are names", async () => {
  const evil = zipOf({ "../../word/x.xml": "x", "word/../../y.xml": "y" });
  await expect(readFile("../../a.docx", evil)).rejects.toMatchObject({ name: "EngineError" });
});

test("W5 a document without words is PDF_NO_TEXT; one nested 20,000 deep does not end the reader", async () => {
  await expect(readFile("a.docx", docxOf(paragraph(" ")))).rejects.toMatchObject({ code: "PDF_NO_TEXT" });
  const deep = `${"<w:sdt><w:sdtContent>".repeat(20_000)}${paragraph("x")}${"</w:sdtContent></w:sdt>".repeat(20_000)}`;
  await expect(readFile("a.docx", docxOf(deep))).rejects.toMatchObject({ code: "PDF_DAMAGED" });
});

describe("limits of what is unpacked", () => {
  const MB = 2 ** 20;

  test.each(["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"])(
    "W6 a part of text may have 64 MB: %s",
    async (part) => {
      const reading = readFile("a.docx", docxOf(paragraph("x"), { [part]: 64 * MB + 1 }));
      await expect(reading).rejects.toMatchObject({
        code: "FILE_TOO_LARGE",
        facts: { bytes: 64 * MB + 1, limit: 64 * MB },
      });
      // At the limit it is only the lie that counts.
      await expect(readFile("a.docx", docxOf(paragraph("x"), { "word/document.xml": 64 * MB }))).rejects.toMatchObject({
        code: "PDF_DAMAGED",
      });
    },
  );

  test("W7 a picture may be larger; all together may have 512 MB", async () => {
    const pictures = { "word/media/a.png": "a", "word/media/b.png": "b" };
    const one = docxOf(paragraph("text"), { "word/media/a.png": 300 * MB }, pictures);
    expect((await readFile("a.docx", one)).pages.map(({ text }) => text)).toEqual(["text"]);
    const two = { "word/media/a.png": 300 * MB, "word/media/b.png": 300 * MB };
    await expect(readFile("a.docx", docxOf(paragraph("text"), two, pictures))).rejects.toMatchObject({
      code: "FILE_TOO_LARGE",
      facts: { limit: 512 * MB },
    });
  });

  test("W8 deflated parts are read; one that holds more than it declares is refused before it is unpacked", async () => {
    const size = 4 * MB;
    const part = { "word/extra.xml": deflateRawSync(" ".repeat(size)) };
    const honest = docxOf(paragraph("text"), { "word/extra.xml": size }, part);
    expect((await readFile("a.docx", honest)).pages.map(({ text }) => text)).toEqual(["text"]);
    await expect(readFile("a.docx", docxOf(paragraph("text"), { "word/extra.xml": 100 }, part))).rejects.toMatchObject({
      code: "PDF_DAMAGED",
      message: expect.stringContaining("holds more than it declares"),
    });
  });
});
