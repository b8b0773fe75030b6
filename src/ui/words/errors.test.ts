import { describe, expect, it } from "vitest";
import type { ErrorCode, ErrorData } from "#core/base/errors.ts";
import { errorLine, errorWords } from "./errors.ts";

const CODES = [
  "PDF_ENCRYPTED",
  "PDF_DAMAGED",
  "PDF_NO_TEXT",
  "FILE_NOT_PDF",
  "FILE_EMPTY",
  "FILE_TOO_LARGE",
  "FILE_DUPLICATE",
  "FILE_UNREADABLE",
  "MODEL_MISSING",
  "MODEL_CORRUPT",
  "MODEL_MISMATCH",
  "DEVICE_LOST",
  "DEVICE_WRONG_NUMBERS",
  "OUT_OF_MEMORY",
  "QUOTA_EXCEEDED",
  "STORE_BLOCKED",
  "STORE_BROKEN",
  "IMPORT_NOT_A_LIBRARY",
  "IMPORT_DAMAGED",
  "IMPORT_TOO_NEW",
  "INDEX_FAILED",
  "WORKER_CRASHED",
  "QUERY_TOO_LONG",
  "LIBRARY_EMPTY",
  "CANCELLED",
  "UNEXPECTED",
] as const satisfies ErrorCode[];

const error = (code: ErrorCode, facts: ErrorData["facts"] = {}): ErrorData => ({ code, facts, detail: code });

describe("error words", () => {
  it.each(CODES)(
    "E1 %s says what happened and what to do, in sentences, without its code or facts that are missing",
    (code) => {
      const { title, safe, next } = errorWords(error(code));
      for (const sentence of [title, next, ...(safe === "" ? [] : [safe])]) {
        expect(sentence).toMatch(/^[A-Z].*\.$/);
        expect(sentence).not.toMatch(/!|undefined|null|NaN|[A-Z]+_[A-Z]+/);
      }
    },
  );

  it("E2 no two codes say the same", () => {
    const titles = CODES.map((code) => errorWords(error(code)).title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("E3 facts are said where there are any", () => {
    expect(errorLine(error("FILE_TOO_LARGE", { bytes: 500_000_000, limit: 268_435_456 }))).toContain("500 MB");
    expect(errorLine(error("FILE_TOO_LARGE", { bytes: 500_000_000, limit: 268_435_456 }))).toContain("268 MB");
    expect(errorWords(error("PDF_NO_TEXT", { pages: 8 })).title).toBe(
      "None of the 8 pages holds text: this looks like a scan.",
    );
    expect(errorWords(error("PDF_NO_TEXT", { pages: 8, byOcr: true })).title).toBe(
      "OCR could read no words on any page.",
    );
    expect(errorWords(error("PDF_NO_TEXT", { pages: 1 })).title).toBe(
      "The only page holds no text: this looks like a scan.",
    );
    expect(errorLine(error("QUERY_TOO_LONG", { length: 10_000, limit: 2_000 }))).toContain("10,000 characters");
    expect(errorLine(error("FILE_DUPLICATE", { existing: "a.pdf" }))).toContain("as a.pdf.");
    expect(errorLine(error("STORE_BLOCKED", { reason: "old-tab" }))).toContain("older version");
  });

  it("E4 facts of another type than expected are left out, never printed", () => {
    expect(errorLine(error("FILE_TOO_LARGE", { bytes: "many", limit: null }))).not.toMatch(/many|null|NaN/);
  });
});
