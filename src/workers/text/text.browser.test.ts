import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentText } from "#core/model.ts";
import { readerByFormat } from "#engine/reader.ts";
import { docxOf, paragraph } from "#formats/docx.fixture.ts";
import { pdfClient } from "../pdf/pdf.client.ts";
import { bridge, callback } from "../wire/bridge.ts";
import { textClient } from "./text.client.ts";
import type { TextApi } from "./text.worker.ts";

const never = new AbortController().signal;
const reader = readerByFormat({ pdf: pdfClient(new URL("/pdfjs/", location.href).href), text: textClient() });

function read(name: string, content: string | ArrayBuffer, signal = never): Promise<DocumentText> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content).buffer : content;
  return reader.read({ bytes, name, password: null }, signal, () => {});
}

describe("reading in the worker", () => {
  test("T1 each format comes back with its sections", async () => {
    const found = [
      await read("a.txt", "plain"),
      await read("a.md", "# One\n\ntext"),
      await read("a.html", "<h1>One</h1>text"),
      await read("a.docx", docxOf(paragraph("One", { style: "Heading1" }) + paragraph("text"))),
    ];
    expect(found.map(({ format, pages }) => [format, pages[0]?.label, pages[0]?.text])).toEqual([
      ["text", null, "plain"],
      ["markdown", "One", "One\ntext"],
      ["html", "One", "One\ntext"],
      ["docx", "One", "One\ntext"],
    ]);
  });

  test("T2 errors keep their code; the next file is read", async () => {
    await expect(read("a.png", "\u0089PNG\0")).rejects.toMatchObject({
      code: "FILE_NOT_PDF",
      facts: { name: "a.png" },
    });
    await expect(read("a.txt", "")).rejects.toMatchObject({ code: "FILE_EMPTY" });
    await expect(read("a.html", "<script>x</script>")).rejects.toMatchObject({ code: "PDF_NO_TEXT" });
    expect((await read("a.txt", "next")).pages[0]?.text).toBe("next");
  });

  test("T3 nothing of a page is run or fetched", async () => {
    const before = performance.getEntriesByType("resource").length;
    const html = `<body onload="x()"><img src="https://example.com/a.png" onerror="x()"><link rel=stylesheet
      href="/never.css"><script src="/never.js"></script><iframe src="/never.html"></iframe>seen`;
    expect((await read("a.html", html)).pages[0]?.text).toBe("seen");
    const asked = performance.getEntriesByType("resource").slice(before);
    expect(asked.filter(({ name }) => /never|example/.test(name))).toEqual([]);
  });

  test("T4 an abort ends a long file, the next one is read", async () => {
    const stop = new AbortController();
    const reading = read("a.html", "<p>word ".repeat(1_000_000), stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(reading).rejects.toMatchObject({ code: "CANCELLED" });
    expect((await read("a.txt", "next")).pages[0]?.text).toBe("next");
  });

  test("T5 a byte that only windows-1252 has is the quote that browsers show", async () => {
    const bytes = Uint8Array.from("L\u0092\u00e9t\u00e9", (letter) => letter.charCodeAt(0)).buffer;
    expect((await read("a.txt", bytes)).pages[0]?.text).toBe("L’été");
  });
});

describe("under the site's policy", () => {
  let frame: HTMLIFrameElement;
  /** A blob worker obeys the policy of the page that made it; the policy is index.html's, and blobs for the worker. */
  const policy =
    "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'";
  const spawn = (code: string): Worker => {
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const inside = frame.contentWindow as (Window & typeof globalThis) | null;
    if (inside === null) throw new Error("no frame");
    return new inside.Worker(url, { type: "module" });
  };

  beforeAll(async () => {
    frame = document.createElement("iframe");
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    await loaded;
  });
  afterAll(() => frame.remove());

  test("T6 mammoth, marked and parse5 need no eval", async () => {
    const control = spawn(`try { new Function("1"); postMessage("allowed"); } catch (e) { postMessage(e.name); }`);
    const answer = await new Promise((resolve) => control.addEventListener("message", ({ data }) => resolve(data)));
    expect(answer).toBe("EvalError");
    const worker = new URL("./text.worker.ts", import.meta.url).href.replace(/\?.*/, "");
    const link = bridge<TextApi>(() => spawn(`import ${JSON.stringify(`${worker}?worker_file&type=module`)};`));
    for (const [name, bytes] of [
      ["a.docx", docxOf(paragraph("word"))],
      ["a.md", new TextEncoder().encode("*word*").buffer],
    ] as const) {
      const pages: string[] = [];
      // oxlint-disable-next-line no-await-in-loop -- one worker
      await link.run(null, (api) =>
        api.read(
          { bytes, name, password: null },
          never,
          callback(() => {}),
          callback((batch) => void pages.push(...batch.map(({ text }) => text))),
        ),
      );
      expect(pages).toEqual(["word"]);
    }
  });
});
