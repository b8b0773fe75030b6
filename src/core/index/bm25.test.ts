import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { DocumentId } from "#core/model.ts";
import { Bm25 } from "./bm25.ts";
import { SegmentBuilder } from "./segment.ts";
import { scanTerms, tokenize } from "./tokenize.ts";

// Thousands of random cases; the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const id = (name: string) => name as DocumentId;

function read(text: string) {
  const counts = new Map<string, number>();
  scanTerms(text, (term) => counts.set(term, (counts.get(term) ?? 0) + 1));
  return { counts, length: tokenize(text).length };
}

/** The formula of the textbook, term by term over whole chunks, with nothing kept between calls. */
function textbook(
  library: ReadonlyMap<string, readonly string[]>,
  query: string,
  documents: readonly string[],
): number[] {
  const all = Array.from(library.values()).flat().map(read);
  const mean = all.reduce((sum, chunk) => sum + chunk.length, 0) / all.length;
  return documents
    .flatMap((name) => library.get(name) ?? [])
    .map(read)
    .map((chunk) =>
      tokenize(query).reduce((sum, { term }) => {
        const holding = all.filter((other) => other.counts.has(term)).length;
        const count = chunk.counts.get(term) ?? 0;
        if (count === 0) return sum;
        const idf = Math.log(1 + (all.length - holding + 0.5) / (holding + 0.5));
        return sum + (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * chunk.length) / mean));
      }, 0),
    );
}

function expectScores(
  index: Bm25,
  library: ReadonlyMap<string, readonly string[]>,
  query: string,
  documents: readonly string[],
): void {
  const got = Array.from(index.scores(query, documents.map(id)));
  const expected = textbook(library, query, documents);
  expect(got).toHaveLength(expected.length);
  got.forEach((score, i) => expect(Math.abs(score - expected[i]!)).toBeLessThan(1e-5 * (1 + expected[i]!)));
}

describe("Bm25", () => {
  it("B1 a hand-computed example", () => {
    const index = new Bm25();
    index.add(id("a"), ["red fox", "blue fox fox"]);
    // N 2, mean 2.5. fox: n 2, idf ln 1.2. red: n 1, idf ln 2.
    const [first, second] = index.scores("fox red", [id("a")]);
    expect(first).toBeCloseTo(((Math.log(1.2) + Math.log(2)) * 2.2) / (1 + 1.2 * (0.25 + 0.75 * (2 / 2.5))), 5);
    expect(second).toBeCloseTo((Math.log(1.2) * 2 * 2.2) / (2 + 1.2 * (0.25 + 0.75 * (3 / 2.5))), 5);
  });

  it("B2 a term in every chunk still counts for, never against", () => {
    const index = new Bm25();
    index.add(id("a"), ["same", "same same", "same"]);
    for (const score of index.scores("same", [id("a")])) expect(score).toBeGreaterThan(0);
  });

  it("B3 a term asked twice weighs twice", () => {
    const index = new Bm25();
    index.add(id("a"), ["red fox", "dog"]);
    const once = index.scores("fox", [id("a")])[0]!;
    expect(index.scores("fox FOX fóx", [id("a")])[0]).toBeCloseTo(3 * once, 5);
  });

  it("B4 the filter cuts documents and leaves the scores of the others as they were", () => {
    const index = new Bm25();
    index.add(id("a"), ["red fox"]);
    index.add(id("b"), ["red dog", "cat"]);
    const all = index.scores("red cat", [id("a"), id("b")]);
    expect(index.scores("red cat", [id("b")])).toEqual(all.slice(1));
    expect(index.scores("red cat", [id("b"), id("a")])).toEqual(Float32Array.of(all[1]!, all[2]!, all[0]!));
    expect(index.scores("red", [id("nobody")])).toHaveLength(0);
  });

  it("B5 empty things: no query, no words, no documents, empty chunks", () => {
    const index = new Bm25();
    expect(index.scores("x", [])).toHaveLength(0);
    index.add(id("none"), []);
    index.add(id("blank"), ["", " … "]);
    expect(index.scores("x", [id("none"), id("blank")])).toEqual(Float32Array.of(0, 0));
    index.add(id("a"), ["words here"]);
    expect(index.scores("", [id("a")])).toEqual(Float32Array.of(0));
    expect(index.scores("?!", [id("a")])).toEqual(Float32Array.of(0));
  });

  it("B5 a query of 10,000 characters, and one of 5,000 different words", () => {
    const library = new Map([["a", ["alpha beta w17 w4000", "gamma"]]]);
    const index = new Bm25();
    index.add(id("a"), library.get("a")!);
    expectScores(index, library, "alpha beta ".repeat(910), ["a"]);
    expectScores(index, library, Array.from({ length: 5000 }, (_, i) => `w${i}`).join(" "), ["a"]);
  });

  it("T6 one Chinese letter finds longer words", () => {
    const index = new Bm25();
    index.add(id("a"), ["地下水位下降", "天气"]);
    const [hit, miss] = index.scores("水", [id("a")]);
    expect(hit).toBeGreaterThan(0);
    expect(miss).toBe(0);
  });

  it("B6 removing everything forgets every term", () => {
    const index = new Bm25();
    index.add(id("a"), ["one two", "three"]);
    index.add(id("b"), ["two four"]);
    index.remove(id("a"));
    expect([index.chunks, index.terms]).toEqual([1, 2]);
    index.remove(id("b"));
    index.remove(id("b"));
    expect([index.chunks, index.terms]).toEqual([0, 0]);
  });

  it("B1 B3 B4 B6 any sequence of add, replace, remove, clear and search equals the textbook", () => {
    const words = ["fox", "Fox", "dog", "the", "naïve", "重排序", "模型", "검색을", "검색", "x1", "", "水"];
    const text = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((parts) => parts.join(" "));
    const name = fc.constantFrom("a", "b", "c", "d");
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant("add" as const),
          name,
          texts: fc.array(text, { maxLength: 5 }),
          sliced: fc.boolean(),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant("remove" as const), name }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("clear" as const) }) },
      {
        weight: 5,
        arbitrary: fc.record({ do: fc.constant("search" as const), text, documents: fc.uniqueArray(name) }),
      },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const index = new Bm25();
        const library = new Map<string, readonly string[]>();
        for (const now of steps) {
          if (now.do === "add") {
            library.set(now.name, now.texts);
            const builder = new SegmentBuilder();
            for (const chunk of now.texts) builder.add(chunk);
            index.add(id(now.name), now.sliced ? builder : now.texts);
          } else if (now.do === "remove") {
            library.delete(now.name);
            index.remove(id(now.name));
          } else if (now.do === "clear") {
            library.clear();
            index.clear();
          } else expectScores(index, library, now.text, now.documents);
        }
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});
