import { describe, expect, it } from "vitest";
import { bytes, correlation, count, duration, plural, score } from "./numbers.ts";

describe("numbers", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [14_000_000, "14 MB"],
    [2_147_000_000, "2.1 GB"],
    [999_500, "1.0 MB"],
    [9_960_000, "10 MB"],
  ])("U1 %d bytes → %s", (value, text) => expect(bytes(value)).toBe(text));

  it.each([
    [0.2, "under 1 ms"],
    [6.4, "6 ms"],
    [99.4, "99 ms"],
    [412, "0.4 s"],
    [9_940, "9.9 s"],
    [12_300, "12 s"],
    [59_700, "1 min 0 s"],
    [125_000, "2 min 5 s"],
  ])("U2 %d ms → %s", (value, text) => expect(duration(value)).toBe(text));

  it("U3 counts are grouped, and one is one", () => {
    expect(count(12345)).toBe("12,345");
    expect([0, 1, 2].map((n) => plural(n, "chunk"))).toEqual(["0 chunks", "1 chunk", "2 chunks"]);
  });

  it.each([
    ["dense", 0.4816, "0.482"],
    ["dense", -0.1, "−0.100"],
    ["keyword", 3.041, "3.04"],
    ["fused", 0.021447, "0.0214"],
    ["cross-encoder", 4.1234, "+4.12"],
    ["cross-encoder", -1.3, "−1.30"],
    ["cross-encoder", 0.001, "0.00"],
    ["cross-encoder", -0.001, "0.00"],
  ] as const)("U4 %s %d → %s", (stage, value, text) => expect(score(stage, value)).toBe(text));

  it("U5 Kendall τ has two decimals and a true minus", () => {
    expect([0.4126, -1, 1].map(correlation)).toEqual(["0.41", "−1.00", "1.00"]);
  });
});
