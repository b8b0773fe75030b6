import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { score, toTruth, type Score, type Unit } from "../../truth/score.ts";
import { nodeReader } from "../../truth/node-reader.ts";

interface TruthDocument {
  readonly name: string;
  readonly text: string;
  readonly unit: Unit;
  /** What the reading must reach: word order, 0 to 1, and sentences verbatim, per cent. */
  readonly order: number;
  readonly sentences: number;
}

const documents: readonly TruthDocument[] = JSON.parse(readFileSync("truth/documents.json", "utf8"));
const read = nodeReader();
const scores = new Map<string, Score>();

describe("PDFs whose text is known to the letter", () => {
  test.each(documents)("$name: order ≥ $order, sentences ≥ $sentences %", { timeout: 60_000 }, async (document) => {
    const { name, text, unit, order, sentences } = document;
    const { pages } = await read(`truth/pdfs/${name}.pdf`);
    const reading = pages.map((page) => page.text.slice(0, page.bodyEnd)).join("\n");
    if (process.env["TRUTH"]) {
      writeFileSync(join(tmpdir(), `truth-${name}.txt`), pages.map((page) => page.text).join("\n\f\n"));
    }
    const result = score(toTruth(readFileSync(`truth/texts/${text}.txt`, "utf8"), unit), reading);
    scores.set(name, result);
    // The numbers were taken on other documents of the same kinds.
    expect.soft(result.order).toBeGreaterThanOrEqual(order - 0.01);
    expect.soft(100 * result.sentences).toBeGreaterThanOrEqual(sentences - 2.5);
  });

  test("mean order ≥ .98 and mean of sentences ≥ 77 %", () => {
    const all = [...scores.values()];
    expect(all).toHaveLength(documents.length);
    expect.soft(mean(all.map(({ order }) => order))).toBeGreaterThanOrEqual(0.98);
    expect.soft(mean(all.map(({ sentences }) => sentences))).toBeGreaterThanOrEqual(0.77);
  });
});

afterAll(() => {
  const lines = documents.map(({ name, order, sentences }) => {
    const got = scores.get(name);
    if (!got) return `${name.padEnd(20)}  could not be read`;
    const wanted = `${order.toFixed(2)}/${sentences}`.padStart(9);
    const missing = got.missing.slice(0, 2).map((sentence) => sentence.slice(0, 40));
    return `${name.padEnd(20)} ${got.order.toFixed(3)} ${(100 * got.sentences).toFixed(0).padStart(4)} % ${wanted}  ${missing.join(" | ")}`;
  });
  const all = [...scores.values()];
  const means = `${mean(all.map(({ order }) => order)).toFixed(3)} ${(100 * mean(all.map(({ sentences }) => sentences))).toFixed(0).padStart(4)} %`;
  console.log(
    ["document             order   whole    wanted  first ones lost", ...lines, `mean`.padEnd(20) + ` ${means}`].join(
      "\n",
    ),
  );
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
