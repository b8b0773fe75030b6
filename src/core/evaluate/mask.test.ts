import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pagesOfBlocks, type Drawn } from "../chunk/document.fixture.ts";
import { chunkPages } from "../chunk/chunk.ts";
import { documentText } from "../chunk/page-spans.ts";
import { countWordPieces } from "../chunk/word-piece.fixture.ts";
import type { Chunk, DocumentId, Page } from "../model.ts";
import { NEVER } from "./formats/files.fixture.ts";
import { maskSentences, withoutMasked, type MaskedSet } from "./mask.ts";

const id = (digit: string): DocumentId => digit.repeat(64) as DocumentId;

const told = (subject: string, count: number): string =>
  Array.from(
    { length: count },
    (_, i) =>
      `The ${subject} of ${WORDS[i % WORDS.length]} ${WORDS[(i * 7 + 3) % WORDS.length]} is kept as dry as possible in winter.`,
  ).join(" ");
const WORDS = "ash birch cedar dogwood elm fir gorse hazel ivy juniper larch maple nettle oak pine rowan".split(" ");

const document = (...blocks: readonly Drawn[]): Page[] => pagesOfBlocks(blocks);
const LIBRARY = new Map<DocumentId, Page[]>([
  [
    id("c"),
    document([1, "The heading of a chapter that is as long as a sentence is."], ["paragraph", told("bark", 16)]),
  ],
  [
    id("a"),
    document(
      ["paragraph", told("leaf", 9)],
      ["tableRow", "A row of a table is no sentence even where it looks like one."],
    ),
  ],
  [id("b"), document(["paragraph", `${told("root", 5)} Nobody may enter the old tower after the bell has rung.`])],
  [
    id("d"),
    document(
      ["paragraph", `${told("seed", 4)} Nobody may enter the old tower, after the bell has rung.`],
      ["listItem", "Short. Too."],
    ),
  ],
]);

function chunksOf(documentId: DocumentId, pages: readonly Page[], overlap = 16): Chunk[] {
  return chunkPages(documentId, pages, { strategy: "structure", size: 48, overlap }, countWordPieces);
}
const make = (count: number, seed = 1, library: ReadonlyMap<DocumentId, Page[]> = LIBRARY): Promise<MaskedSet> =>
  maskSentences(
    {
      documents: [...library.keys()],
      read: async (one) => ({ pages: library.get(one)!, chunks: chunksOf(one, library.get(one)!) }),
    },
    { id: "m", name: "masked", madeAt: 1, count, seed },
    NEVER,
  );

test("M1 the seed decides, the order of the documents does not", async () => {
  const set = await make(6);
  expect(await make(6, 1, new Map([...LIBRARY].toReversed()))).toEqual(set);
  expect(await make(6)).toEqual(set);
  expect((await make(6, 2)).set.questions).not.toEqual(set.set.questions);
});

test("M2 M3 M6 no headings, no rows of tables, nothing short, nothing that stands twice", async () => {
  const { set, suitable } = await make(1000);
  expect(set.questions).toHaveLength(suitable);
  expect(suitable).toBeGreaterThan(8);
  for (const { text } of set.questions) expect(text).toMatch(/^The (?:bark|leaf|root|seed) of \w+ \w+ is kept as dry/);
});

test("M4 M5 one from each chunk, documents in turns", async () => {
  for (const count of [1, 4, 7]) {
    const { questions } = (await make(count, count)).set;
    expect(questions).toHaveLength(count);
    const documents = new Set(questions.map(({ targets }) => targets[0]!.documentId));
    expect(documents.size).toBe(Math.min(4, count));
    const spans = questions.map(({ targets }) => JSON.stringify(targets));
    expect(new Set(spans).size).toBe(count);
  }
});

test("M7 the sentence is in no chunk any more, all else is, and its target is its own chunk", async () => {
  const { set } = await make(1000);
  const squeeze = (text: string): string => text.replaceAll(/\s+/g, "");
  for (const [documentId, pages] of LIBRARY) {
    const text = documentText(pages);
    for (const chunk of chunksOf(documentId, pages)) {
      const rest = withoutMasked(chunk, set.masked);
      let expected = "";
      for (let at = chunk.start; at < chunk.end; at++) {
        const isMasked = set.masked.some((one) => one.documentId === documentId && one.start <= at && at < one.end);
        if (!isMasked) expected += text.charAt(at);
      }
      expect(squeeze(rest)).toBe(squeeze(expected));
      expect(rest).not.toMatch(/ {2}|^\s|\s$/);
    }
  }
  for (const [i, { targets, text }] of set.questions.entries()) {
    const [target] = targets;
    const sentence = set.masked[i]!;
    if (target?.kind !== "passage") throw new Error("a passage is the target");
    expect(documentText(LIBRARY.get(target.documentId)!).slice(sentence.start, sentence.end)).toBe(text);
    expect(target.start <= sentence.start && sentence.end <= target.end).toBe(true);
    expect(chunksOf(target.documentId, LIBRARY.get(target.documentId)!).map((chunk) => chunk.start)).toContain(
      target.start,
    );
  }
});

test.each([
  ["in the middle", "One. Two. Three.", 5, 9, "One. Three."],
  ["at the start", "One. Two.", 0, 4, "Two."],
  ["at the end", "One. Two.", 5, 9, "One."],
  ["from the chunk before", "One. Two.", -10, 4, "Two."],
  ["into the chunk behind", "One. Two.", 5, 30, "One."],
  ["a whole line", "One.\nTwo.\nThree.", 5, 9, "One.\nThree."],
  ["before a line end", "One. Two.\nThree.", 5, 9, "One.\nThree."],
  ["behind a line end", "One.\nTwo. Three.", 5, 9, "One.\nThree."],
  ["without spaces", "一。二。三。", 2, 4, "一。三。"],
  ["of another document", "One. Two.", 40, 50, "One. Two."],
])("M7 a sentence %s", (_, text, start, end, expected) => {
  const chunk = { documentId: id("a"), start: 100, end: 100 + text.length, text };
  expect(withoutMasked(chunk, [{ documentId: id("a"), start: 100 + start, end: 100 + end }])).toBe(expected);
});

test("M3 Chinese sentences are measured in letters", async () => {
  const rest = "这里还有很多别的内容可以让人们继续阅读下去，并且一直读到最后，再也没有别的什么了，只有这些";
  const sentence = (topic: string): string => `${topic}的使用说明必须放在机器旁边并且保持干燥清洁。`;
  const library = new Map([[id("e"), document(["paragraph", `${sentence("水泵")}${rest}。短。`])]]);
  const { set } = await make(5, 1, library);
  expect(set.questions.map(({ text }) => text)).toEqual([sentence("水泵")]);
});

test("M7 cutting twice is cutting both", () => {
  const span = fc.tuple(fc.nat(30), fc.nat(12));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 4 }), (drawn) => {
      const text = "abcdefghijklmnopqrstuvwxyz01234";
      const masked = drawn.map(([start, length]) => ({ documentId: id("a"), start, end: start + length }));
      const kept = Array.from(text).filter((_, at) => !masked.some((one) => one.start <= at && at < one.end));
      expect(withoutMasked({ documentId: id("a"), start: 0, end: text.length, text }, masked)).toBe(kept.join(""));
    }),
    { seed: 8 },
  );
});
