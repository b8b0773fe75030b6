import { expect, test } from "vitest";
import { seededRandom } from "#core/base/rng.ts";
import { overlap, placeLabels } from "./labels.ts";

const frame = { x: 0, y: 0, width: 560, height: 260 };

test("L1 a label with room stands to the right of its point", () => {
  const [label] = placeLabels([{ x: 100, y: 100, text: "Fused, off" }], frame);
  expect(label!.x).toBeGreaterThan(100);
  expect(label!.isFar).toBe(false);
});

test("L2 at the right edge it stands to the left", () => {
  const [label] = placeLabels([{ x: 555, y: 100, text: "Fused, off" }], frame);
  expect(label!.x + label!.width).toBeLessThan(555);
});

test("L3 eight points, near each other or not, get labels that do not overlap and stay inside", () => {
  const random = seededRandom(7);
  for (let round = 0; round < 200; round++) {
    const near = round % 2 === 0 ? 40 : 500;
    const points = Array.from({ length: 8 }, (_, at) => ({
      x: 20 + random() * near,
      y: 40 + random() * Math.min(near, 180),
      text: `Fused, pool ${at}`,
    }));
    const labels = placeLabels(points, frame);
    for (const [at, label] of labels.entries()) {
      expect(label.x).toBeGreaterThanOrEqual(frame.x);
      expect(label.x + label.width).toBeLessThanOrEqual(frame.width);
      for (const other of labels.slice(at + 1)) expect(overlap(label, other)).toBe(false);
    }
  }
});
