import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentText } from "#core/model.ts";
import type { OutlineEntry, SourcePage } from "#core/page/source.ts";
import { openPdf } from "./engine.ts";
import { PDF_LIMITS, type PdfLimits } from "./limits.ts";
import { isMarked } from "./marked.ts";
import "./node.fixture.ts";
import { toOutline } from "./outline.ts";
import { PageSource } from "./read-page.ts";
import { pdfReader } from "./reader.ts";
import { tinyPdf, type TinyPdf } from "./tiny-pdf.fixture.ts";

const server = createServer((request, response) => {
  const path = join("node_modules/pdfjs-dist", new URL(request.url ?? "/", "http://localhost").pathname);
  response.end(existsSync(path) ? readFileSync(path) : undefined);
});
let assets = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  assets = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
});
afterAll(() => server.close());

const { signal } = new AbortController();

async function breathe(): Promise<void> {
  await new Promise(setImmediate);
}

/** What the layout is given: all pages, and the outline after them. */
async function sourcesOf(
  tiny: TinyPdf,
  limits = PDF_LIMITS,
): Promise<{ readonly pages: readonly SourcePage[]; readonly outline: readonly OutlineEntry[] }> {
  const task = openPdf(tinyPdf(tiny), { assets, password: null });
  const pdf = await task.promise;
  const reading = new PageSource(pdf, { limits, breathe, signal, marked: await isMarked(pdf) });
  const pages: SourcePage[] = [];
  // oxlint-disable-next-line no-await-in-loop -- one parser
  for (let number = 1; number <= pdf.numPages; number++) pages.push((await reading.read(number, null)).source);
  const outline = await toOutline(pdf);
  await task.destroy();
  return { pages, outline };
}

function read(
  bytes: ArrayBuffer,
  limits: Partial<PdfLimits> = {},
  skip: readonly number[] = [],
): Promise<DocumentText> {
  const reader = pdfReader({ assets, breathe, skip, limits: { ...PDF_LIMITS, ...limits } });
  return reader.read({ bytes, name: "a.pdf", password: null }, signal, () => {});
}

function shown(text: string): string {
  return `BT /F1 12 Tf 72 700 Td (${text}) Tj ET`;
}

describe("what the file says about its text", () => {
  test("T1 text marked as an artifact has that role, text around it has none", async () => {
    const drawn = `/Artifact BMC ${shown("page header")} EMC /P << /MCID 0 >> BDC ${shown("plain body text")} EMC`;
    const { pages } = await sourcesOf({ pages: [drawn], drawn: true });
    expect(pages[0]?.runs.map(({ text, role }) => [text, role])).toEqual([
      ["page header", "artifact"],
      ["plain body text", null],
    ]);
  });

  test("T2 a page that is an artifact as a whole was tagged wrongly", async () => {
    const { pages } = await sourcesOf({ pages: [`/Artifact BMC ${shown("all there is")} EMC`], drawn: true });
    expect(pages[0]?.runs.map(({ role }) => role)).toEqual([null]);
  });

  const headings = {
    pages: [`/H2 << /MCID 0 >> BDC ${shown("A heading")} EMC /P << /MCID 1 >> BDC ${shown("text")} EMC`],
    drawn: true,
    page: "/StructParents 0",
    more: {
      100: "<< /Type /StructTreeRoot /K 101 0 R /ParentTree 104 0 R >>",
      101: "<< /Type /StructElem /S /Document /P 100 0 R /K [102 0 R 103 0 R] >>",
      102: "<< /Type /StructElem /S /H2 /P 101 0 R /Pg 4 0 R /K 0 >>",
      103: "<< /Type /StructElem /S /P /P 101 0 R /Pg 4 0 R /K 1 >>",
      104: "<< /Nums [0 [102 0 R 103 0 R]] >>",
    },
  } as const;

  test("T3 headings of the structure tree have their level", async () => {
    const { pages } = await sourcesOf({
      ...headings,
      catalogue: "/StructTreeRoot 100 0 R /MarkInfo << /Marked true >>",
    });
    expect(pages[0]?.runs.map(({ text, role }) => [text, role])).toEqual([
      ["A heading", "h2"],
      ["text", null],
    ]);
  });

  test("T4 the structure tree counts only where the file says that it is marked", async () => {
    const { pages } = await sourcesOf({ ...headings, catalogue: "/StructTreeRoot 100 0 R" });
    expect(pages[0]?.runs.map(({ role }) => role)).toEqual([null, null]);
  });

  test("T5 the outline keeps its order, levels and pages, by reference, by name and broken", async () => {
    const { outline } = await sourcesOf({
      pages: ["one", "two"],
      catalogue: "/Outlines 100 0 R /Dests << /there [6 0 R /Fit] >>",
      more: {
        100: "<< /Type /Outlines /First 101 0 R /Last 103 0 R /Count 3 >>",
        101: "<< /Title (First) /Parent 100 0 R /Dest [4 0 R /Fit] /First 102 0 R /Last 102 0 R /Next 103 0 R >>",
        102: "<< /Title (Inside) /Parent 101 0 R /Dest /there >>",
        103: "<< /Title (Nowhere) /Parent 100 0 R /Dest [99 0 R /Fit] >>",
      },
    });
    expect(outline).toEqual([
      { title: "First", level: 1, page: 0 },
      { title: "Inside", level: 2, page: 1 },
      { title: "Nowhere", level: 1, page: null },
    ]);
  });

  test("T6 an outline that goes in circles ends", async () => {
    const { outline } = await sourcesOf({
      pages: ["one"],
      catalogue: "/Outlines 100 0 R",
      more: {
        100: "<< /Type /Outlines /First 101 0 R /Last 102 0 R >>",
        101: "<< /Title (A) /Parent 100 0 R /First 101 0 R /Next 102 0 R >>",
        102: "<< /Title (B) /Parent 100 0 R /Next 101 0 R >>",
      },
    });
    expect(outline.length).toBeLessThan(10);
    expect(outline.map(({ title }) => title)).toContain("A");
  });

  test("T7 broken extras cost nothing but themselves", async () => {
    const catalogue =
      "/Outlines 9999 0 R /StructTreeRoot 3 0 R /MarkInfo << /Marked true >> /PageLabels 5 0 R /Dests (no)";
    const text = await read(tinyPdf({ pages: ["still read"], catalogue }));
    expect(text.pages[0]?.text).toBe("still read");
    expect(text.warnings).toEqual([]);
  });
});

describe("where glyphs end", () => {
  test("G1 edges follow the widths of the font", async () => {
    const text = "illi mammoth WWW illi mammoth WWW illi mammoth WWW";
    const { pages } = await sourcesOf({ pages: [text] });
    const [run] = pages[0]?.runs ?? [];
    const edges = Array.from(run?.edges ?? []);
    expect(edges).toHaveLength(text.length);
    expect(edges.every((edge, i) => edge >= (edges[i - 1] ?? 0))).toBe(true);
    expect(edges.at(-1)).toBeCloseTo(1, 5);
    const widthOf = (at: number): number => ((edges[at] ?? 0) - (edges[at - 1] ?? 0)) * (run?.advance ?? 0);
    // Helvetica at 12 points: i 222, m 833, W 944.
    expect(widthOf(0)).toBeCloseTo(2.66, 1);
    expect(widthOf(text.indexOf("m"))).toBeCloseTo(10, 1);
    expect(widthOf(text.indexOf("W"))).toBeCloseTo(11.33, 1);
  });

  test("G2 the spaces of justified text take what is left, the letters keep their widths", async () => {
    const drawn = "BT /F1 12 Tf 3 Tw 72 700 Td (mmm iii mmm iii mmm iii mmm iii mmm iii mmm iii mmm iii) Tj ET";
    const { pages } = await sourcesOf({ pages: [drawn], drawn: true });
    const [run] = pages[0]?.runs ?? [];
    const widthOf = (at: number): number =>
      ((run?.edges?.[at] ?? 0) - (run?.edges?.[at - 1] ?? 0)) * (run?.advance ?? 0);
    expect(widthOf(0)).toBeCloseTo(10, 1);
    // 278 and the 3 points.
    expect(widthOf(3)).toBeCloseTo(6.3, 1);
    expect(widthOf(4)).toBeCloseTo(2.66, 1);
  });
});

describe("images", () => {
  /** One grey pixel. */
  const pixel = {
    100: "<< /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\nx\nendstream",
  };
  const resources = "/XObject << /I 100 0 R >>";
  const inline = "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI";

  test.each([
    ["none", "", 0],
    ["a whole page", "q 612 0 0 792 0 0 cm /I Do Q", 1],
    ["half a page", "q 612 0 0 396 0 0 cm /I Do Q", 0.5],
    ["beyond the page", "q 1224 0 0 792 -612 0 cm /I Do Q", 1],
    ["two strips", "q 612 0 0 198 0 0 cm /I Do Q q 612 0 0 198 0 198 cm /I Do Q", 0.5],
    ["turned by a quarter", "q 0 396 -612 0 612 0 cm /I Do Q", 0.5],
    ["scaled twice", "q 2 0 0 2 0 0 cm 306 0 0 198 0 0 cm /I Do Q", 0.5],
    ["an inline image", `q 612 0 0 792 0 0 cm ${inline} Q`, 1],
    ["only lines in a large unit", "q 612 0 0 792 0 0 cm 0 0 m 1 1 l S Q", 0],
  ])("I1 the share of %s", async (_, drawn, share) => {
    const { pages } = await sourcesOf({ pages: [drawn], drawn: true, resources, more: pixel });
    expect(pages[0]?.imageShare).toBeCloseTo(share, 3);
  });

  test("I2 nobody looks at a page full of text", async () => {
    const { pages } = await sourcesOf({ pages: ["many words on a line\n".repeat(20)] });
    expect(pages[0]?.imageShare).toBeNull();
  });

  test("I3 a document of pictures and blank pages says how many are scans", async () => {
    const whole = "q 612 0 0 792 0 0 cm /I Do Q";
    const bytes = tinyPdf({ pages: [whole, "", whole], drawn: true, resources, more: pixel });
    await expect(read(bytes)).rejects.toMatchObject({ code: "PDF_NO_TEXT", facts: { pages: 3, scanned: 2 } });
  });
});

describe("limits", () => {
  test("L1 of too many pages the first are read", async () => {
    const { pages, warnings } = await read(tinyPdf({ pages: ["a one", "b two", "c three"] }), { pages: 2 });
    expect(pages.map(({ text }) => text)).toEqual(["a one", "b two"]);
    expect(warnings).toEqual([{ kind: "pages-left-out", pages: 1, of: 3 }]);
  });

  test("L2 a page of too many characters is cut", async () => {
    const { pages, warnings } = await read(tinyPdf({ pages: ["abcdefghij\nklmnopqrst", "second"] }), {
      characters: 15,
    });
    expect(pages.map(({ text }) => text)).toEqual(["abcdefghij", "second"]);
    expect(warnings).toEqual([{ kind: "pages-cut", pages: 1, of: 2 }]);
  });

  test("L3 one run longer than a page may be is cut inside", async () => {
    const { pages, warnings } = await read(tinyPdf({ pages: ["abcdefghij"] }), { characters: 4 });
    expect(pages[0]?.text).toBe("abcd");
    expect(warnings).toEqual([{ kind: "pages-cut", pages: 1, of: 1 }]);
  });

  test("L7 a page of too many pieces is cut, whatever their length", async () => {
    const { pages, warnings } = await read(tinyPdf({ pages: ["a b\nc d\ne f\ng h", "second"] }), { items: 2 });
    expect(pages.map(({ text }) => text)).toEqual(["a b c d", "second"]);
    expect(warnings).toEqual([{ kind: "pages-cut", pages: 1, of: 2 }]);
  });

  test("L4 a page out of time is unreadable", async () => {
    const reading = read(tinyPdf({ pages: ["no time for this"] }), { pageTime: -1 });
    await expect(reading).rejects.toMatchObject({ code: "PDF_DAMAGED", facts: { reason: "timeout", pages: 1 } });
  });

  test("L5 pages to be skipped are unreadable", async () => {
    const { pages, warnings } = await read(tinyPdf({ pages: ["first", "second"] }), {}, [0]);
    expect(pages.map(({ text }) => text)).toEqual(["", "second"]);
    expect(warnings).toEqual([{ kind: "pages-unreadable", pages: 1, of: 2 }]);
  });

  test("L6 broken pages are said", async () => {
    const { warnings } = await read(tinyPdf({ pages: ["first", null] }));
    expect(warnings).toEqual([{ kind: "pages-unreadable", pages: 1, of: 2 }]);
  });
});

describe("compressed streams", () => {
  const much = new TextEncoder().encode(`${" ".repeat(3_000_000)}${shown("hidden")}`);
  const once = deflateSync(much);
  const twice = deflateSync(once);

  test.each([
    ["B1 one that unfolds to more than the limit", once, "/FlateDecode"],
    ["B2 one in another", twice, "[/FlateDecode /FlateDecode]"],
    ["B3 one that calls itself a picture", once, "/FlateDecode /Subtype /Image"],
    ["B4 one whose filter is written otherwise", once, "/Fl#61teDecode"],
  ])("%s is not read; the rest is", async (_, data, filter) => {
    const stream = Array.from(data, (byte) => String.fromCharCode(byte)).join("");
    const more = { 100: `<< /Length ${data.length} /Filter ${filter} >>\nstream\n${stream}\nendstream` };
    const file = (): ArrayBuffer => tinyPdf({ pages: ["first", "second"], page: "/Contents 100 0 R", more });
    // The last of two entries of a dictionary counts: both pages show the stream.
    expect((await read(file())).pages.map(({ text }) => text)).toEqual(["hidden", "hidden"]);
    await expect(read(file(), { unfolded: 1_000_000 })).rejects.toMatchObject({ code: "PDF_NO_TEXT" });
  });
});
