import * as fc from "fast-check";
import { expect, it } from "vitest";
import { documentText } from "../chunk/page-spans.ts";
import type { Page } from "../model.ts";
import { plainPage } from "../page/plain-page.ts";
import { Places } from "./places.ts";

const pages = fc
  .array(fc.tuple(fc.string({ maxLength: 12 }), fc.string({ maxLength: 4 })), { maxLength: 6 })
  .map((texts) => texts.map(([body, furniture], i): Page => plainPage(i, body + furniture, { bodyEnd: body.length })));

it("E1 the parts of a passage, joined, are the passage: no character more, none less", () => {
  fc.assert(
    fc.property(pages, fc.nat(80), fc.nat(80), (given, a, b) => {
      const places = new Places(given);
      const text = documentText(given);
      const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
      expect(places.length).toBe(text.length);
      expect(places.text(start, end)).toBe(text.slice(start, end));
      const covered = new Set<number>();
      for (const range of places.ranges(start, end)) {
        expect(range.start).toBeLessThan(range.end);
        expect(range.end).toBeLessThanOrEqual(given[range.page]!.bodyEnd);
        for (let at = range.start; at < range.end; at += 1) {
          const place = places.offset(range.page, at);
          expect(text[place]).toBe(given[range.page]!.text[at]);
          covered.add(place);
        }
      }
      const separators = new Set(given.map((page, i) => places.offset(i, page.bodyEnd)));
      for (let at = start; at < end; at += 1) expect(covered.has(at)).toBe(!separators.has(at));
    }),
    { seed: 31, numRuns: 400 },
  );
});

it("E2 a place in a header or footer counts as the end of the page's body", () => {
  const places = new Places([plainPage(0, "body 7", { bodyEnd: 4 }), plainPage(1, "next")]);
  expect(places.offset(0, 5)).toBe(4);
  expect(places.offset(1, 0)).toBe(5);
  expect(places.ranges(0, 9)).toEqual([
    { page: 0, start: 0, end: 4 },
    { page: 1, start: 0, end: 4 },
  ]);
});

it("E3 the same passage asked for again is the same object", () => {
  const places = new Places([plainPage(0, "text")]);
  expect(places.of(1, 3)).toBe(places.of(1, 3));
  expect(places.of(1, 3)).toEqual([{ page: 0, start: 1, end: 3, quads: [] }]);
});
