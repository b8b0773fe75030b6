import { expect, test } from "vitest";
import { documentText } from "../chunk/page-spans.ts";
import { BLOCK, type BlockKind, type Page } from "../model.ts";
import { headingsAt, pathAfter } from "./outline.ts";
import { plainPage } from "./plain-page.ts";

type Block = readonly [kind: BlockKind, level: number, text: string];

function pageOf(index: number, ...blocks: Block[]): Page {
  const text = blocks.map(([, , part]) => part).join("\n");
  const body = blocks.filter(([kind]) => kind !== BLOCK.furniture);
  let at = 0;
  const starts = blocks.map(([, , part]) => (at += part.length + 1) - part.length - 1);
  return plainPage(index, text, {
    bodyEnd: starts[body.length] ?? text.length,
    blocks: {
      starts: Uint32Array.from(starts),
      kinds: Uint8Array.from(blocks, ([kind]) => kind),
      levels: Uint8Array.from(blocks, ([, level]) => level),
    },
  });
}

const PAGES = [
  pageOf(0, [BLOCK.heading, 1, "One"], [BLOCK.paragraph, 0, "text"], [BLOCK.furniture, 0, "1"]),
  pageOf(1, [BLOCK.paragraph, 0, "more"], [BLOCK.heading, 2, "One point\none"], [BLOCK.heading, 1, "Two"]),
];

test("O1 headings stand where the document's text has them", () => {
  const text = documentText(PAGES);
  const found = headingsAt(PAGES);
  expect(found.map(({ page, level, text: line }) => [page, level, line])).toEqual([
    [0, 1, "One"],
    [1, 2, "One point one"],
    [1, 1, "Two"],
  ]);
  expect(found.map(({ start }) => text.slice(start, start + 3))).toEqual(["One", "One", "Two"]);
});

test("O2 what is behind the body is no heading, and neither is a blank block", () => {
  expect(headingsAt([pageOf(0, [BLOCK.heading, 1, " "], [BLOCK.paragraph, 0, "text"])])).toEqual([]);
  const page = pageOf(0, [BLOCK.paragraph, 0, "text"], [BLOCK.heading, 1, "Running header"]);
  expect(headingsAt([{ ...page, bodyEnd: 5 }])).toEqual([]);
});

test("O3 a heading ends all that are not above it", () => {
  const found = headingsAt(PAGES);
  expect(pathAfter(found.slice(0, 2)).map(({ text }) => text)).toEqual(["One", "One point one"]);
  expect(pathAfter(found).map(({ text }) => text)).toEqual(["Two"]);
  expect(pathAfter([])).toEqual([]);
});
