import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EngineError } from "#core/base/errors.ts";
import type { DocumentText } from "#core/model.ts";
import type { DocumentReader, SourceFile } from "#core/ports.ts";
import "./node.fixture.ts";
import { pdfReader } from "./reader.ts";

/**
 * Real PDFs of other people lie beside the repository on development machines; elsewhere these tests skip.
 * They run in Node, where hard files are easy to debug; the browser tests read smaller ones through the worker.
 */
const CORPUS = "../shared/pdfs";
const absent = !existsSync(CORPUS);
if (absent) console.log(`skipped: real PDFs, because there is no folder ${CORPUS}`);

/** As `workers/wire` does it in the browser. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const server = createServer((request, response) => {
  const path = join("node_modules/pdfjs-dist", new URL(request.url ?? "/", "http://localhost").pathname);
  response.end(existsSync(path) ? readFileSync(path) : undefined);
});
let reader: DocumentReader;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  reader = pdfReader({ assets: `http://127.0.0.1:${port}/`, breathe });
});
afterAll(() => server.close());

function fileOf(name: string): SourceFile {
  return { bytes: Uint8Array.from(readFileSync(join(CORPUS, name))).buffer, name, password: null };
}

function read(name: string, signal = new AbortController().signal): Promise<DocumentText> {
  return reader.read(fileOf(name), signal, () => {});
}

function lettersOf({ pages }: DocumentText): number {
  return pages.reduce((sum, page) => sum + page.text.replaceAll(/\s/g, "").length, 0);
}

interface Ready {
  readonly name: string;
  readonly pages: number;
  /** Fewest letters: well below what is there, well above what a broken reading yields. */
  readonly letters: number;
  /** Sentences that cross line ends, divided words or runs in the file. */
  readonly says: readonly string[];
}

const READY: readonly Ready[] = [
  {
    name: "paper-two-column-dpr",
    pages: 13,
    letters: 40_000,
    says: [
      "relies on efficient passage retrieval to select candidate contexts",
      "by a simple dual-encoder framework. When evaluated",
      "outperforms a strong Lucene-BM25 system",
      "Vladimir Karpukhin∗, Barlas Oğuz∗, Sewon Min†",
    ],
  },
  {
    name: "paper-two-column-tracemonkey",
    pages: 14,
    letters: 60_000,
    says: [
      "traditional compilers need to emit generic code that can handle all possible type combinations at runtime.",
    ],
  },
  {
    name: "paper-one-column-code",
    pages: 21,
    letters: 50_000,
    says: ["which differ significantly from those found in text. However, existing models remain severely limited"],
  },
  {
    name: "paper-lncs-2p",
    pages: 2,
    letters: 4000,
    says: ["Abstract. Recent advances in document image analysis (DIA) have been primarily driven by the application"],
  },
  {
    name: "two-columns-latex",
    pages: 3,
    letters: 5000,
    says: ["Lorem ipsum dolor sit amet, consectetuer adipiscing elit."],
  },
  {
    name: "three-columns-50p",
    pages: 50,
    letters: 240_000,
    says: ["Instructions for Form 1040NR\nU.S. Nonresident Alien Income Tax Return"],
  },
  {
    name: "headings-5p",
    pages: 5,
    letters: 7000,
    says: ["The Evolution of the Word Processor\nThe concept of the word processor predates modern computers"],
  },
  {
    name: "french-paper",
    pages: 12,
    letters: 25_000,
    says: ["L’idée de base est qu’une requête résume une autre requête et qu’un log"],
  },
  {
    name: "chinese-report-22p",
    pages: 22,
    letters: 10_000,
    says: [
      "高级管理人员保证季度报告内容的真实、准确、完整，不存在虚假记载、误导性陈述或者重大遗漏，并承担个别和连带的法律责任。",
    ],
  },
  // Without the predefined CMaps half of the letters are lost.
  { name: "japanese-slides-cmap", pages: 31, letters: 3600, says: ["文脈、あるいは字句的な知識をもちいて、文章中に"] },
  { name: "japanese-vertical", pages: 1, letters: 2500, says: ["第二条第一項の表の青色の灯火の項第三号中"] },
  {
    name: "korean-2p",
    pages: 2,
    letters: 2500,
    says: ["사이에 피보험자의 상해에 대한 위험을 보장하기 위하여 체결됩니다."],
  },
  {
    name: "arabic",
    pages: 1,
    letters: 1000,
    says: [
      "من الأدوات القوية التي يمكن أن تعزز",
      "الإنتاجية وحل المشكلات من خلال البرمجة",
      "تجعلها مثالية لتحليل البيانات، مما يسهل",
    ],
  },
  { name: "page-rotated", pages: 1, letters: 25, says: ["Rotated text"] },
  { name: "page-labels", pages: 5, letters: 150, says: ["1 First section\nSome text here"] },
  { name: "outline", pages: 3, letters: 1000, says: [] },
  {
    name: "damaged-recoverable",
    pages: 1,
    letters: 600,
    says: ["In the face of ambiguity, refuse the temptation to guess."],
  },
  { name: "damaged-slow-rebuild", pages: 1, letters: 1, says: [] },
  { name: "manual-619p", pages: 619, letters: 1_000_000, says: [] },
];

describe.skipIf(absent)("real PDFs end as their list says", () => {
  test.each(READY)("ready: $name", { timeout: 120_000 }, async ({ name, pages, letters, says }) => {
    const text = await read(`${name}.pdf`);
    expect(text.pages).toHaveLength(pages);
    expect(lettersOf(text)).toBeGreaterThanOrEqual(letters);
    const all = text.pages.map((page) => page.text).join("\n");
    expect(says.filter((sentence) => !all.includes(sentence))).toEqual([]);
    expect(/\p{Cs}|\u00AD|\p{Cc}(?<!\n)|[ﬀ-ﬆ]/u.exec(all)).toBeNull();
    for (const page of text.pages) {
      const { starts, ends } = page.runs;
      expect(starts.every((start, i) => start >= (ends[i - 1] ?? 0) && start < (ends[i] ?? 0))).toBe(true);
      expect(ends.at(-1) ?? 0).toBeLessThanOrEqual(page.text.length);
    }
  });

  test.each([
    ["scan-no-text", "PDF_NO_TEXT", { pages: 1, scanned: 1 }],
    ["encrypted-password-foo", "PDF_ENCRYPTED", { wrongPassword: false }],
    ["damaged-invalid", "PDF_DAMAGED", {}],
  ])("failed: %s", async (name, code, facts) => {
    const error = await read(`${name}.pdf`).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code, facts });
  });

  test("a locked file opens with its password; a wrong one is told apart from none", async () => {
    const locked = fileOf("encrypted-password-foo.pdf");
    const never = new AbortController().signal;
    const wrong = reader.read({ ...fileOf("encrypted-password-foo.pdf"), password: "bar" }, never, () => {});
    await expect(wrong).rejects.toMatchObject({ code: "PDF_ENCRYPTED", facts: { wrongPassword: true } });
    const text = await reader.read({ ...locked, password: "foo" }, never, () => {});
    expect(text.pages).toHaveLength(1);
    expect(lettersOf(text)).toBeGreaterThan(5);
  });

  test("page labels are the document's own", async () => {
    const { pages } = await read("page-labels.pdf");
    expect(pages.map((page) => page.label)).toEqual(["iii", "iv", "1", "2", "1"]);
  });

  test("a cut file is damaged", async () => {
    const bytes = Uint8Array.from(readFileSync(join(CORPUS, "korean-2p.pdf"))).slice(0, 200_000);
    const reading = reader.read(
      { bytes: bytes.buffer, name: "cut.pdf", password: null },
      new AbortController().signal,
      () => {},
    );
    await expect(reading).rejects.toMatchObject({ code: "PDF_DAMAGED" });
  });

  test("an abort between pages is seen at the next page", async () => {
    const stop = new AbortController();
    let last = 0;
    const reading = reader.read(fileOf("manual-619p.pdf"), stop.signal, ({ done }) => {
      last = done;
      if (done === 5) stop.abort();
    });
    await expect(reading).rejects.toMatchObject({ code: "CANCELLED" });
    expect(last).toBe(5);
  });
});
