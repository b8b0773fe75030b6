import { describe, expect, it } from "vitest";
import type { DocumentId } from "#core/model.ts";
import { asked, filterSummary, isAsked, toggled } from "./document-filter.ts";

const [a, b, c] = ["a", "b", "c"] as unknown as [DocumentId, DocumentId, DocumentId];
const all = [a, b, c];

describe("the document filter", () => {
  it("F1 null asks all, also what comes later", () => {
    expect(isAsked(null, a)).toBe(true);
    expect(filterSummary(null, all)).toBe("all 3");
  });
  it("F2 taking one out names the others; taking it in again is all", () => {
    expect(toggled(null, b, all)).toEqual([a, c]);
    expect(toggled([a, c], b, all)).toBeNull();
  });
  it("F3 the library's order is kept", () => expect(toggled([c], a, all)).toEqual([a, c]));
  it("F4 the last one out leaves none, and says so", () => {
    expect(toggled([a], a, all)).toEqual([]);
    expect(filterSummary([], all)).toBe("none of 3");
  });
  it("F5 documents that are gone do not count", () => {
    const gone = "gone" as DocumentId;
    expect(asked([gone, b], all)).toEqual([b]);
    expect(filterSummary([gone, b], all)).toBe("1 of 3");
    expect(toggled([gone, a, b], c, all)).toBeNull();
  });
});
