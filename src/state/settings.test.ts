import { expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "#core/model.ts";
import { DEFAULT_CHUNK_SETTINGS } from "#core/chunk/settings.ts";
import { chunkSettingsFrom, clampSettings } from "./settings.ts";

const clamped = (pool: number, top: number): [number, number] => {
  const made = clampSettings({ ...DEFAULT_SETTINGS, pool, top });
  return [made.pool, made.top];
};

test("pool stays within 3 to 200, top within the pool", () => {
  expect(clamped(1, 5)).toEqual([3, 3]);
  expect(clamped(1000, 500)).toEqual([200, 200]);
  expect(clamped(30, 0)).toEqual([30, 1]);
  expect(clamped(12.4, 5.6)).toEqual([12, 6]);
});

test("a cleared number field is the smallest value, not NaN", () => {
  expect(clamped(Number.NaN, Number.NaN)).toEqual([3, 1]);
});

test("chunk settings from outside are taken whole and sound, or not at all", () => {
  expect(chunkSettingsFrom({ strategy: "recursive", size: 500, overlap: 50 })).toEqual({
    strategy: "recursive",
    size: 500,
    overlap: 50,
  });
  for (const odd of [
    null,
    "x",
    {},
    { strategy: "no", size: 256, overlap: 32 },
    { strategy: "structure", size: 2, overlap: 1 },
  ]) {
    expect(chunkSettingsFrom(odd)).toEqual(DEFAULT_CHUNK_SETTINGS);
  }
});
