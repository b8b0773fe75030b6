import { describe, expect, test } from "vitest";
import type { DocumentReader, SourceFile } from "#core/ports.ts";
import type { DocumentText, Progress } from "#core/model.ts";
import { tinyPdf } from "#pdf/tiny-pdf.fixture.ts";
import { pdfClient } from "./pdf.client.ts";

const reader = pdfClient(new URL("/pdfjs/", location.href).href);
const never = new AbortController().signal;

function read(bytes: ArrayBuffer, from: DocumentReader = reader): Promise<DocumentText> {
  return from.read(file(bytes), never, () => {});
}

function file(bytes: ArrayBuffer): SourceFile {
  return { bytes, name: "a.pdf", password: null };
}

function ascii(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer;
}

describe("reading in the worker", () => {
  test("R1 text, runs with boxes, title, labels, size and progress cross the bridge", async () => {
    const seen: Progress[] = [];
    const bytes = tinyPdf({
      pages: ["Dense search relies on ef-\nficient passage retrieval.", "Second page (end)"],
      title: "A tiny file",
      catalogue: "/PageLabels << /Nums [0 << /S /r /St 3 >>] >>",
      page: "/Rotate 90",
    });
    const text = await reader.read(file(bytes), never, (progress) => seen.push(progress));
    expect(text.title).toBe("A tiny file");
    expect(text.pages).toMatchObject([
      {
        index: 0,
        label: "iii",
        width: 612,
        height: 792,
        rotation: 90,
        quality: "text",
        text: "Dense search relies on efficient passage retrieval.",
      },
      { index: 1, label: "iv", text: "Second page (end)" },
    ]);
    const runs = text.pages[0]?.runs;
    expect(runs?.starts).toEqual(Uint32Array.of(0, 25));
    expect(runs?.ends).toEqual(Uint32Array.of(25, 51));
    const [x = 0, y = 0, width = 0, height = 0, above = 0, below = 0] = runs?.frames ?? [];
    expect([x, y, height]).toEqual([72, 700, 0]);
    expect(above).toBeGreaterThan(5);
    expect(below).toBeLessThan(0);
    // 26 letters of Helvetica at 12 points.
    expect(width).toBeGreaterThan(26 * 4);
    expect(width).toBeLessThan(26 * 8);
    expect(seen).toEqual([
      { done: 0, of: 0 },
      { done: 0, of: 2 },
      { done: 1, of: 2 },
      { done: 2, of: 2 },
    ]);
  });

  test("R2 the buffer is handed over", async () => {
    const bytes = tinyPdf({ pages: ["text"] });
    await read(bytes);
    expect(bytes.byteLength).toBe(0);
  });

  test("R3 a page that is broken does not cost the others", async () => {
    const { pages } = await read(tinyPdf({ pages: ["first", "second", null] }));
    expect(pages.map((page) => [page.quality, page.text])).toEqual([
      ["text", "first"],
      ["text", "second"],
      ["no-text", ""],
    ]);
  });

  test("R4 the data files of pdf.js are served from our own origin", async () => {
    for (const name of [
      "cmaps/UniJIS-UTF16-H.bcmap",
      "standard_fonts/LiberationSans-Regular.ttf",
      "wasm/openjpeg.wasm",
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- three
      const response = await fetch(`/pdfjs/${name}`);
      expect(response.ok && !response.headers.get("Content-Type")?.includes("html")).toBe(true);
    }
    const scripting = await fetch("/pdfjs/wasm/quickjs-eval.wasm");
    expect(scripting.headers.get("Content-Type")).not.toBe("application/wasm");
  });
});

describe("files that cannot be read", () => {
  const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (${"o".repeat(32)}) /U (${"u".repeat(32)}) >> /ID [(a) (a)]`;
  const whole = tinyPdf({ pages: ["some text"] });

  test.each([
    ["E1 empty", ascii(""), "FILE_EMPTY", {}],
    ["E2 not a PDF", ascii("<html>hello</html>"), "FILE_NOT_PDF", {}],
    ["E3 a header and nothing", ascii("%PDF-1.7\n"), "PDF_DAMAGED", {}],
    ["E4 truncated", whole.slice(0, 60), "PDF_DAMAGED", {}],
    ["E5 encrypted", tinyPdf({ pages: ["some text"], trailer: encrypt }), "PDF_ENCRYPTED", { wrongPassword: false }],
    ["E6 pages without text", tinyPdf({ pages: ["", ""] }), "PDF_NO_TEXT", { pages: 2 }],
    ["E7 no pages", tinyPdf({ pages: [] }), "PDF_DAMAGED", { pages: 0 }],
    ["E8 every page broken", tinyPdf({ pages: [null, null] }), "PDF_DAMAGED", {}],
  ])("%s", async (_, bytes, code, facts) => {
    await expect(read(bytes)).rejects.toMatchObject({ name: "EngineError", code, facts });
    const next = await read(tinyPdf({ pages: ["the next file"] }));
    expect(next.pages[0]?.text).toBe("the next file");
  });
});

test("E9 for OCR, pages without text come with their sizes and labels", async () => {
  const bytes = tinyPdf({ pages: ["", ""], page: "/Rotate 90" });
  const { pages } = await reader.read({ ...file(bytes), forOcr: true }, never, () => {});
  expect(pages.map(({ width, height, rotation, quality }) => [width, height, rotation, quality])).toEqual([
    [612, 792, 90, "no-text"],
    [612, 792, 90, "no-text"],
  ]);
});

describe("cancel", () => {
  test("C1 before the start", async () => {
    const reading = reader.read(file(tinyPdf({ pages: ["text"] })), AbortSignal.abort(), () => {});
    await expect(reading).rejects.toMatchObject({ code: "CANCELLED" });
  });

  test("C2 between pages", async () => {
    const stop = new AbortController();
    const pages = Array.from({ length: 3000 }, (_, i) => `page ${i}`);
    const seen: Progress[] = [];
    const reading = reader.read(file(tinyPdf({ pages })), stop.signal, (progress) => {
      seen.push(progress);
      if (progress.done === 3) stop.abort();
    });
    await expect(reading).rejects.toMatchObject({ code: "CANCELLED" });
    expect(seen.at(-1)?.done).toBeLessThan(3000);
    expect((await read(tinyPdf({ pages: ["still here"] }))).pages[0]?.text).toBe("still here");
  });

  // Not killed, two million objects keep the worker for longer than this test may take.
  test(
    "C3 inside one long call of the parser: the worker is ended, the next file gets another",
    { timeout: 40_000 },
    async () => {
      const stop = new AbortController();
      const slow = ascii(`%PDF-1.4\n${"1 0 obj\n<<>>\nendobj\n".repeat(2_000_000)}`);
      const reading = reader.read(file(slow), stop.signal, () => stop.abort());
      const waiting = read(tinyPdf({ pages: ["next in line"] }));
      await expect(reading).rejects.toMatchObject({ code: "CANCELLED" });
      expect((await waiting).pages[0]?.text).toBe("next in line");
    },
  );

  test("C4 while waiting for its turn", async () => {
    const stop = new AbortController();
    const pages = Array.from({ length: 500 }, (_, i) => `page ${i}`);
    const first = read(tinyPdf({ pages }));
    const second = reader.read(file(tinyPdf({ pages: ["second"] })), stop.signal, () => {});
    stop.abort();
    await expect(second).rejects.toMatchObject({ code: "CANCELLED" });
    expect((await first).pages).toHaveLength(500);
  });
});

describe("a page that does not come back", () => {
  /** Operators that show nothing: pdf.js runs through all of them before it looks up. Some seconds of work. */
  const endless = "q Q ".repeat(3_000_000);
  const assets = new URL("/pdfjs/", location.href).href;

  test("W1 it is ended from outside and said; the pages around it are read", { timeout: 60_000 }, async () => {
    const seen: Progress[] = [];
    const bytes = tinyPdf({ pages: [shown("first"), endless, shown("third")], drawn: true });
    const impatient = pdfClient(assets, { silence: 1000 });
    const text = await impatient.read(file(bytes), never, (progress) => seen.push(progress));
    expect(text.pages.map((page) => page.text)).toEqual(["first", "", "third"]);
    expect(text.warnings).toEqual([{ kind: "pages-unreadable", pages: 1, of: 3 }]);
    expect(seen.at(-1)).toEqual({ done: 3, of: 3 });
  });

  test("W2 one page more than may be lost, and the file is refused in words", { timeout: 60_000 }, async () => {
    const pages = [shown("first"), endless, endless, shown("last")];
    const impatient = pdfClient(assets, { silence: 1000, mostSkipped: 1 });
    const reading = impatient.read(file(tinyPdf({ pages, drawn: true })), never, () => {});
    await expect(reading).rejects.toMatchObject({ code: "PDF_DAMAGED", facts: { reason: "timeout" } });
    const next = await impatient.read(file(tinyPdf({ pages: ["the next file"] })), never, () => {});
    expect(next.pages[0]?.text).toBe("the next file");
  });

  test("W3 a patient reader gets through: the page was slow, not endless", { timeout: 60_000 }, async () => {
    const slow = endless.slice(0, endless.length / 4);
    const text = await read(tinyPdf({ pages: [shown("first"), slow, shown("third")], drawn: true }));
    expect(text.pages.map((page) => page.text)).toEqual(["first", "", "third"]);
    expect(text.warnings).toEqual([]);
  });
});

function shown(text: string): string {
  return `BT /F1 12 Tf 72 700 Td (${text}) Tj ET`;
}

interface Sample {
  readonly file: string;
  readonly title: string;
  readonly pages: number;
}

test("the sample documents are text on every page", async ({ skip }) => {
  const response = await fetch("/samples/index.json");
  // The development server answers a missing file with the page.
  if (response.headers.get("Content-Type")?.includes("json") !== true) skip("public/samples has no index yet");
  const samples: readonly Sample[] = await response.json();
  expect(samples.length).toBeGreaterThan(0);
  for (const { file, title, pages } of samples) {
    // oxlint-disable-next-line no-await-in-loop -- one worker
    const text = await read(await (await fetch(`/samples/${file}`)).arrayBuffer());
    expect(text.pages).toHaveLength(pages);
    expect(text.pages.filter((page) => page.quality !== "text")).toEqual([]);
    expect(text.title).toBe(title);
  }
});
