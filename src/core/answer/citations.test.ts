import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChunkId } from "../model.ts";
import { parseAnswer } from "./citations.ts";

const CHUNKS = ["a", "b", "c", "d", "e"] as ChunkId[];
const parse = (text: string, done = true) => parseAnswer(text, CHUNKS, done);
/** `text`, +n for a citation, -n for a struck one, {…} thinking, ~… waiting. */
const told = (text: string, done = true): string[] =>
  parse(text, done).segments.map((it) => {
    if (it.kind === "citation") return `+${it.n}${it.passage}`;
    if (it.kind === "struck") return `-${it.n}`;
    if (it.kind === "thinking") return `{${it.text}${it.open ? "" : "}"}`;
    return it.kind === "pending" ? `~${it.text}` : it.text;
  });

describe("citations", () => {
  test.each([
    ["Hot [1].", ["Hot ", "+1a", "."]],
    ["[1, 2][3]", ["+1a", "+2b", "+3c"]],
    ["[2-4] [4–2]", ["+2b", "+3c", "+4d", " ", "+2b", "+3c", "+4d"]],
    ["【1】和［2］", ["+1a", "和", "+2b"]],
    ["[1†source] 【2†L1-L9】", ["+1a", " ", "+2b"]],
    ["[Passage 3] [passages 1 and 2]", ["+3c", " ", "+1a", "+2b"]],
    ["[] [x] [1.5] (1)", ["[] [x] [1.5] (1)"]],
  ])("A4 %j is read as it is meant", (text, expected) => expect(told(text)).toEqual(expected));

  test("A5 what points at no passage is struck and counted once, its neighbours stand", () => {
    expect(told("[12][0] [1, 6]")).toEqual(["-12", "-0", " ", "+1a", "-6"]);
    expect(parse("[12][0] [1, 6]").struck).toBe(3);
    expect(told("[4-999999999]")).toEqual(["+4d", "+5e", "-6"]);
    expect(told("[7-9]")).toEqual(["-7"]);
  });

  test("A6 half a citation waits, and is text where nothing follows", () => {
    for (const half of ["[", "[1", "[1, ", "[1-", "【2†sou", "[Pass", "<th", "</think"]) {
      expect(told(`Hot ${half}`, false), half).toEqual(["Hot ", `~${half}`]);
      expect(told(`Hot ${half}`), half).toEqual([`Hot ${half}`]);
    }
    expect(told("see [the manual", false)).toEqual(["see [the manual"]);
  });

  test("A6 thinking stands apart: open, closed, or with its end alone", () => {
    expect(told("<think>hm [1]", false)).toEqual(["{<think>hm [1]"]);
    expect(told("<think>hm [9]</think>Hot [1]")).toEqual(["{<think>hm [9]</think>}", "Hot ", "+1a"]);
    expect(told("hm</think>Hot")).toEqual(["{hm</think>}", "Hot"]);
    expect(parse("<think>hm [9]</think>Hot [1]").struck).toBe(0);
  });

  test("A4 any string parses, streaming or not, and its segments are the string", () => {
    const any = fc
      .array(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 4 }),
          fc.constantFrom(
            "[1]",
            "[",
            "]",
            "1",
            "12",
            ", ",
            "-",
            "†",
            "【",
            "】",
            "<think>",
            "</think>",
            "<",
            "passage ",
          ),
        ),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(any, fc.boolean(), fc.integer({ min: 0, max: 5 }), (text, done, n) => {
        const { segments, struck } = parseAnswer(text, CHUNKS.slice(0, n), done);
        expect(segments.map((it) => it.text).join("")).toBe(text);
        expect(segments.filter(({ kind }) => kind === "struck")).toHaveLength(struck);
        for (const it of segments) if (it.kind === "citation") expect(it.passage).toBe(CHUNKS.slice(0, n)[it.n - 1]);
        if (done) expect(segments.some(({ kind }) => kind === "pending")).toBe(false);
      }),
      { seed: 44, numRuns: 1000 },
    );
  });
});
