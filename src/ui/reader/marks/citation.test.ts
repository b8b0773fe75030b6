import { expect, it } from "vitest";
import type { DocumentRecord } from "#core/model.ts";
import { citation, runningText } from "./citation.ts";

const record = (given: Partial<DocumentRecord> = {}): DocumentRecord =>
  ({ name: "manual.pdf", format: "pdf", pageCount: 12, pageLabels: null, ...given }) as DocumentRecord;
const cited = { text: "Before starting\nthe pump", firstPage: 2, lastPage: 2, headings: [] };

it("K1 quote, name, page; the page's own label with the number behind it where they differ", () => {
  expect(citation(cited, record())).toBe("“Before starting the pump” — manual.pdf, p. 3 of 12");
  const labels = record({ pageLabels: ["i", "ii", "iii", "1"] });
  expect(citation(cited, labels)).toBe("“Before starting the pump” — manual.pdf, p. iii (page 3 of 12)");
  expect(citation({ ...cited, lastPage: 3 }, labels)).toContain("pp. iii–1 (pages 3–4 of 12)");
  expect(citation({ ...cited, lastPage: 3 }, record())).toContain("pp. 3–4 of 12");
});

it("K2 the innermost heading is the section; a document without pages has only that", () => {
  const under = { ...cited, headings: ["Operation", "First start"] };
  expect(citation(under, record())).toMatch(/, p\. 3 of 12, First start$/);
  expect(citation(under, record({ format: "markdown", name: "notes.md" }))).toMatch(/— notes\.md, First start$/);
});

it("K2b text that OCR has read is cited as such", () => {
  const read = record({ ocr: { pages: [2], languages: ["eng"] } });
  expect(citation(cited, read)).toMatch(/, p\. 3 of 12, read by OCR$/);
  expect(citation({ ...cited, firstPage: 0, lastPage: 1 }, read)).toMatch(/, pp\. 1–2 of 12$/);
});

it("K3 lines are joined: by a space, by nothing between characters that are written without", () => {
  expect(runningText("图书逾期\n不还， \n 停借。\nNext  line\n第")).toBe("图书逾期不还，停借。 Next line 第");
});
