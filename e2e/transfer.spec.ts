import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { AppPage, questions, sampleIndex, type FilePayload } from "./support/app.ts";
import { expect, test } from "./support/fixtures.ts";

/** The library as one file: out, in, and what must not come in. Layout and rules: src/storage/SPEC.md. */

const LIBRARY = { name: "second-look.secondlook", mimeType: "application/octet-stream" };

test("T1 the whole library as one file: the same documents, ranks and scores in a browser that never saw them", async ({
  app,
  page,
  samples,
  freshPage,
}, info) => {
  const exported = info.outputPath("library.secondlook");
  await app.exportTo(exported);
  // What was imported and what is exported again are the same file (rule L1), settings included.
  expect(sha256(readFileSync(exported))).toBe(sha256(readFileSync(samples.file)));

  // A restart changes neither the order nor a byte.
  await page.reload();
  await app.ready();
  await app.exportTo(exported);
  expect(sha256(readFileSync(exported))).toBe(sha256(readFileSync(samples.file)));

  const fresh = await new AppPage(await freshPage()).open();
  await expect(fresh.library).toHaveCount(0);
  await fresh.importLibrary(exported);
  expect(await names(fresh)).toEqual(await names(app));
  await fresh.ask(questions()[0]!.question);
  await fresh.set("Show top", 30);
  // `samples` holds the answer of the library that was read from the PDFs.
  const before = await fresh.rows(fresh.before);
  const after = await fresh.rows(fresh.after);
  expect(before.map(face)).toEqual(samples.before.map(face));
  expect(after.map(face)).toEqual(samples.after.map(face));
  const size = (readFileSync(exported).length / 1e6).toFixed(1);
  console.log(
    `library file of ${sampleIndex().length} documents: ${size} MB; ${before.length} + ${after.length} rows equal`,
  );
});

const refused: [title: string, code: string, make: (file: Buffer) => FilePayload][] = [
  [
    "one damaged byte in the last section",
    "IMPORT_DAMAGED",
    (file) => payload(changed(file, file.length - 1, (byte) => byte ^ 1)),
  ],
  ["a file that was cut off", "IMPORT_DAMAGED", (file) => payload(file.subarray(0, Math.floor(file.length / 2)))],
  ["a newer version", "IMPORT_TOO_NEW", (file) => payload(sealed(file, (header) => header, 99))],
  [
    "some other file",
    "IMPORT_NOT_A_LIBRARY",
    () => payload(readFileSync("public/samples/travel-policy.pdf"), "holiday.secondlook"),
  ],
  ["an empty file", "IMPORT_NOT_A_LIBRARY", () => payload(Buffer.alloc(0))],
];

test("T2 what is damaged, newer or something else is refused in words, and nothing is imported", async ({
  page,
  samples,
}) => {
  const app = await new AppPage(page).open();
  const good = readFileSync(samples.file);
  for (const [title, code, make] of refused) {
    await test.step(title, async () => {
      await app.chooseLibrary(make(good));
      const alert = page.getByRole("alert").filter({ has: page.locator(`[data-error-code=${code}]`) });
      await expect(alert).toBeVisible();
      await expect(alert).toContainText(/Nothing was (imported|changed)\./);
      await app.ready();
      await expect(app.library).toHaveCount(0);
      await alert.getByRole("button", { name: "Dismiss" }).click();
      await expect(alert).toHaveCount(0);
    });
  }
  // Not stored under the table either.
  await page.reload();
  await app.ready();
  await expect(app.library).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Try the sample library" })).toBeVisible();
});

test("T3 a refused file leaves the library that is there as it was", async ({ app, page, samples }) => {
  const was = await names(app);
  const good = readFileSync(samples.file);
  await app.chooseLibrary(payload(changed(good, good.length >> 1, (byte) => byte ^ 0x80)));
  await expect(page.locator("[data-error-code=IMPORT_DAMAGED]")).toBeVisible();
  await app.ready();
  expect(await names(app)).toEqual(was);
});

test("T4 vectors of another model are made anew, and that is said", async ({ page, samples }) => {
  const app = await new AppPage(page).open();
  const [first] = headerOf(readFileSync(samples.file)).documents;
  const other = sealed(readFileSync(samples.file), (header) => {
    header.documents[0]!.record.vectorStamp.model = "another-model";
    return header;
  });
  await app.chooseLibrary(payload(other));
  const notice = page.locator("[data-notice=imported]");
  await expect(notice).toContainText("6 documents imported", { timeout: 90_000 });
  await expect(notice).toContainText("1 document came from another model or other chunk settings and got new vectors");
  await app.settled();
  // The same text under the present model gives the vectors it had before: nothing of the answer changes.
  await app.ask(questions()[0]!.question);
  await app.set("Show top", 30);
  const before = await app.rows(app.before);
  expect(before.map(({ chunk, rank }) => [chunk, rank])).toEqual(
    samples.before.map(({ chunk, rank }) => [chunk, rank]),
  );
  expect(before.some(({ document }) => document === first!.record.id)).toBe(true);
  await page.reload();
  await app.ready();
  await app.settled();
  await expect(app.library.locator("[data-state=ready]")).toHaveCount(6);
});

test("T5 the settings come with the library", async ({ page, samples }) => {
  const app = await new AppPage(page).open();
  const other = sealed(readFileSync(samples.file), (header) => ({
    ...header,
    settings: { ...header.settings, retrieval: "keyword", pool: 12, top: 1e9 },
  }));
  await app.importLibrary(payload(other));
  await expect(page.getByLabel("Retrieval", { exact: true })).toHaveValue("keyword");
  await expect(page.getByLabel("Pool size", { exact: true })).toHaveValue("12");
  // Never more on top than the pool holds, whatever the file says.
  await expect(page.getByLabel("Show top", { exact: true })).toHaveValue("12");
});

interface Header {
  settings: Record<string, unknown>;
  documents: { record: { id: string; name: string; vectorStamp: { model: string } } }[];
}

const PREAMBLE = 48;

function headerOf(file: Buffer): Header {
  return JSON.parse(file.subarray(PREAMBLE, PREAMBLE + file.readUInt32LE(12)).toString("utf8")) as Header;
}

/** The file with another header or version and an honest seal: magic, version, header length, SHA-256 over them and it. */
function sealed(file: Buffer, edit: (header: Header) => Header, version = file.readUInt32LE(8)): Buffer {
  const body = file.subarray(PREAMBLE + file.readUInt32LE(12));
  const json = Buffer.from(JSON.stringify(edit(headerOf(file))));
  const front = Buffer.from(file.subarray(0, 16));
  front.writeUInt32LE(version, 8);
  front.writeUInt32LE(json.length, 12);
  const seal = createHash("sha256").update(front).update(json).digest();
  return Buffer.concat([front, seal, json, body]);
}

function changed(file: Buffer, at: number, how: (byte: number) => number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = how(copy[at]!);
  return copy;
}

function payload(buffer: Buffer, name = LIBRARY.name): FilePayload {
  return { ...LIBRARY, name, buffer };
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Scores to three digits: how a machine splits sums over threads may change the last ones. */
function face({ chunk, rank, score }: { chunk: string; rank: number; score: number | null }): unknown[] {
  return [chunk, rank, score?.toFixed(3) ?? null];
}

async function names(app: AppPage): Promise<string[]> {
  return app.library
    .getByRole("listitem")
    .evaluateAll((rows) =>
      rows.map(
        (row) => `${row.getAttribute("data-document-id")} ${row.querySelector("[title]")?.getAttribute("title")}`,
      ),
    );
}
