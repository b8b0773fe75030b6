// oxlint-disable-next-line no-restricted-imports -- for tests only
import * as fc from "fast-check";
import type { SourceRun } from "./source.ts";

const LETTERS = Array.from(
  "abcXYZ019 .,()«»-–ﬁﬃ⽣⻓中のカ한글שלוםסלאמﻻﻟابكِّ\u064E´¨eıé\u0301𝑥😀\u00AD\u2010\u0000\u200B\u00A0\t\uF0B7",
);
const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...LETTERS), { maxLength: 12 }).map((list) => list.join("")) },
  { weight: 1, arbitrary: fc.constantFrom("", " ", "-", "\u00AD", "word-", "plain words", "שלום", "2024", "´") },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
);
const EXTREMES = [0, -0, 1e-300, -1e-9, 1e9, -1e12, 1e300, -1e308];
const position = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 60 }).map((step) => step * 10) },
  { weight: 2, arbitrary: fc.double({ min: -100, max: 700, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(...EXTREMES) },
);
const direction = fc.oneof(
  { weight: 12, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(90, -90, 180) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 359 }) },
);

/** Any text anywhere, as no engine should give it: huge, tiny, overlapping, in every direction. */
export const anyRun: fc.Arbitrary<SourceRun> = fc
  .record({
    text: anyText,
    x: position,
    y: position,
    degrees: direction,
    advance: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.constantFrom(...EXTREMES)),
    size: fc.oneof(fc.constantFrom(0, 6, 10, 10, 10, 24), fc.constantFrom(...EXTREMES)),
    rtl: fc.constantFrom(false, false, true),
    edged: fc.boolean(),
  })
  .map(({ degrees, edged, ...run }) => {
    const radians = (degrees * Math.PI) / 180;
    const length = run.text.length;
    return {
      ...run,
      dirX: Math.cos(radians),
      dirY: Math.sin(radians),
      ascent: 0.8,
      descent: -0.2,
      font: "a",
      edges: edged ? Array.from({ length }, (_, i) => ((i + 1) / length) ** 2) : null,
      role: null,
    };
  });
