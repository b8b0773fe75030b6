import { describe, expect, test } from "vitest";
import type { PageImage } from "#core/ports.ts";
import { tinyPdf } from "#pdf/tiny-pdf.fixture.ts";
import { renderClient } from "./render.client.ts";

const renderer = renderClient(new URL("/pdfjs/", location.href).href);
const never = new AbortController().signal;

async function draw(bytes: ArrayBuffer, pages: readonly number[], dpi: number): Promise<PageImage[]> {
  const images: PageImage[] = [];
  await renderer.render({ bytes, password: null }, { pages, dpi }, never, (image) => void images.push(image));
  return images;
}

/** The box of everything dark, in the page's own points: [left, bottom, right, top]. */
async function inkOf({ png, width, height, toPoints: [a, b, c, d, e, f] }: PageImage): Promise<number[]> {
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context?.drawImage(await createImageBitmap(png), 0, 0);
  const pixels = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  const xs: number[] = [];
  const ys: number[] = [];
  for (let at = 0; at < pixels.length / 4; at++) {
    if ((pixels[4 * at] ?? 255) > 128) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    xs.push(a * x + c * y + e);
    ys.push(b * x + d * y + f);
  }
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

describe("drawing in the worker", () => {
  test.each(["", "/Rotate 90", "/Rotate 180", "/Rotate 270"])(
    "D1 ink lies where the text stands, page %j",
    async (page) => {
      const images = await draw(tinyPdf({ pages: ["HHHH", "second"], page }), [0], 72);
      expect(images.map(({ index }) => index)).toEqual([0]);
      const [image] = images;
      const turned = page.includes("90") || page.includes("270");
      expect([image?.width, image?.height]).toEqual(turned ? [792, 612] : [612, 792]);
      // Four letters of Helvetica, 8.7 wide and 8.6 high, from (72, 700).
      const [left, bottom, right, top] = image === undefined ? [] : await inkOf(image);
      expect(Math.abs((left ?? 0) - 73)).toBeLessThan(2);
      expect(Math.abs((right ?? 0) - 106)).toBeLessThan(2);
      expect(Math.abs((bottom ?? 0) - 700)).toBeLessThan(2);
      expect(Math.abs((top ?? 0) - 708.6)).toBeLessThan(2);
    },
  );

  test("D2 pages come in the order asked for, at the resolution asked for", async () => {
    const images = await draw(tinyPdf({ pages: ["a", "b", "c"] }), [2, 0], 144);
    expect(images.map(({ index, width, height }) => [index, width, height])).toEqual([
      [2, 1224, 1584],
      [0, 1224, 1584],
    ]);
  });

  test("D3 a huge page is drawn coarser", async () => {
    const [image] = await draw(tinyPdf({ pages: ["a"], page: "/UserUnit 20" }), [0], 300);
    expect((image?.width ?? 0) * (image?.height ?? 0)).toBeLessThan(37e6);
    expect((image?.width ?? 0) * (image?.height ?? 0)).toBeGreaterThan(35e6);
    expect((image?.toPoints[0] ?? 0) * (image?.width ?? 0)).toBeCloseTo(612 * 20, -1);
  });

  test("D4 what is not a PDF is refused, and the next file is drawn", async () => {
    await expect(draw(new TextEncoder().encode("no").buffer, [0], 72)).rejects.toMatchObject({ code: "FILE_NOT_PDF" });
    expect(await draw(tinyPdf({ pages: ["a"] }), [0], 72)).toHaveLength(1);
  });

  test("D5 a cancel ends it between two pages", async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const bytes = tinyPdf({ pages: ["a", "b", "c"] });
    const drawn = renderer.render(
      { bytes, password: null },
      { pages: [0, 1, 2], dpi: 72 },
      stop.signal,
      ({ index }) => {
        seen.push(index);
        stop.abort();
      },
    );
    await expect(drawn).rejects.toMatchObject({ code: "CANCELLED" });
    expect(seen).toEqual([0]);
  });
});
