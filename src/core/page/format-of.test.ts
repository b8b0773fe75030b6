import { expect, test } from "vitest";
import { formatOf } from "./format-of.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each([
  ["FO1 a PDF by its header, whatever its name", "a.txt", "%PDF-1.7", "pdf"],
  ["FO1 … also behind rubbish", "a", `${"x".repeat(1024)}%PDF-1.4`, "pdf"],
  ["FO1 … but not far behind", "a", `${"x".repeat(1030)}%PDF-1.4`, "text"],
  ["FO2 a PDF without its header by its name", "a.PDF", "hello", "pdf"],
  ["FO3 Word by its parts", "a", "PK\u0003\u0004....[Content_Types].xml....word/document.xml", "docx"],
  ["FO3 … or its name", "a.docx", "PK\u0003\u0004....[Content_Types].xml", "docx"],
  ["FO3 … other zips are not read", "a.txt", "PK\u0003\u0004....a.txt", null],
  ["FO3 … nor a .docx that is no zip", "a.docx", "hello", null],
  ["FO4 text formats by name", "a.b.md", "# hello", "markdown"],
  ["FO4 …", "a.HTM", "hello", "html"],
  ["FO4 …", "a.log", "<html>hello", "text"],
  ["FO5 an unknown name: a page by its beginning, else text if it is clean", "a.bak", "\n<!DOCTYPE html><p>", "html"],
  ["FO5 …", "README", "hello", "text"],
  ["FO5 …", "a.png", "\u0089PNG\r\n\u001a\n\0", null],
  ["FO5 …", "a.txt", "\u0000\u0001\u0002", null],
  ["FO6 UTF-16 is text", "a.txt", "h\0i\0 \0y\0o\0u\0", "text"],
  ["FO7 nothing at all is text; the reader says that it is empty", "a.txt", "", "text"],
])("%s", (_, name, head, format) => {
  expect(formatOf(name, bytes(head))).toBe(format);
});
