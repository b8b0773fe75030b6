import * as fc from "fast-check";
import { parse, type DefaultTreeAdapterTypes } from "parse5";
import { expect, test } from "vitest";
import { proofOf } from "#core/evaluate/proof/proof.fixture.ts";
import { chunksOfProof, everythingJson } from "#core/evaluate/proof/proof.ts";
import { proofFiles } from "./proof-file.ts";

const EVIL = [
  "</script><script>alert(1)</script>",
  "<!-- <img src=x onerror=alert(1)>",
  `"'&amp;<b>`,
  '<script type="application/json" id="second-look-proof">{}</script>',
  "\u2028\u0000\uD800",
  "]]></style>",
];
const html = async (data = proofOf(["why?"], ["text"])): Promise<string> => (await proofFiles.encode(data)).text();
const decode = (text: string): ReturnType<typeof proofFiles.decode> => proofFiles.decode(new Blob([text]));

function elements(node: DefaultTreeAdapterTypes.Node): DefaultTreeAdapterTypes.Element[] {
  const children = "childNodes" in node ? node.childNodes.flatMap(elements) : [];
  return "tagName" in node ? [node, ...children] : children;
}

test("B3 what was written is read again, maps and scores that are no numbers included", async () => {
  const data = proofOf(["why?", "how?"], ["one", "two", "three"]);
  expect(await proofFiles.decode(await proofFiles.encode(data))).toEqual(data);
});

test("B3 whatever the texts hold", async () => {
  const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 12 }), fc.constantFrom(...EVIL));
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 3 }),
      fc.array(text, { minLength: 1, maxLength: 3 }),
      async (questions, texts) => {
        const data = proofOf(questions, texts, questions[0]);
        expect(await proofFiles.decode(await proofFiles.encode(data))).toEqual(data);
      },
    ),
    { seed: 15, numRuns: 50 },
  );
});

test("B1 B2 no text of a document becomes an element", async () => {
  const count = async (texts: readonly string[]): Promise<number> =>
    elements(parse(await html(proofOf([texts[0]!], texts, texts[1])))).length;
  expect(await count(EVIL)).toBe(await count(EVIL.map(() => "plain")));
  const all = elements(parse(await html(proofOf([EVIL[0]!], EVIL, EVIL[1]))));
  expect(all.filter(({ tagName }) => tagName === "script").map(({ attrs }) => attrs[0]?.value)).toEqual([
    "application/json",
  ]);
});

test("B4 nothing is fetched and nothing runs: the policy, and no address anywhere", async () => {
  const text = await html();
  expect(text).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none';`);
  const all = elements(parse(text));
  const attributes = new Set(all.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
  for (const name of ["src", "href", "action", "onclick", "srcset"]) expect(attributes).not.toContain(name);
  expect(text).not.toMatch(/@import|url\(/);
});

test.each<[string, (text: string) => string, string]>([
  ["a changed number", (text) => text.replace('"grade":2', '"grade":3'), "PROOF_DAMAGED"],
  ["a file that breaks off", (text) => text.slice(0, text.indexOf('"grid"')), "PROOF_DAMAGED"],
  ["another page", () => "<!doctype html><p>hello", "PROOF_NOT_ONE"],
  ["an empty file", () => "", "PROOF_NOT_ONE"],
])("B5 refused: %s", async (_, change, code) => {
  await expect(decode(change(await html()))).rejects.toMatchObject({ code });
});

async function signed(change: (json: string) => string): Promise<string> {
  const text = await html();
  const open = 'id="second-look-proof">';
  const start = text.indexOf(open) + open.length;
  const end = text.indexOf("</script>", start);
  const json = change(text.slice(start, end));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(json));
  const sum = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const rest = `${text.slice(0, start)}${json}${text.slice(end)}`;
  return rest.replace(/content="sha256-[0-9a-f]{64}"/, `content="sha256-${sum}"`);
}

test.each<[string, (json: string) => string, string]>([
  ["as it was", (json) => json, "none"],
  ["of a newer version", (json) => json.replace('"version":1', '"version":2'), "PROOF_TOO_NEW"],
  ["with a column too short", (json) => json.replace('"ranks":[1]', '"ranks":[]'), "PROOF_DAMAGED"],
  ["with a kind that is none", (json) => json.replace('"kind":"passage"', '"kind":"song"'), "PROOF_DAMAGED"],
  ["that is no JSON", () => "{", "PROOF_DAMAGED"],
])("B5 with a fitting checksum: %s", async (_, change, code) => {
  const outcome = decode(await signed(change)).then(
    () => "none",
    (error: unknown) => (error as { code: string }).code,
  );
  expect(await outcome).toBe(code);
});

test("B6 the texts of the first k of both lists are needed, each once", () => {
  const data = proofOf(["why?", "how?"], ["a", "b", "c", "d", "e", "f", "g", "h"]);
  const ordinals = [...chunksOfProof({ ...data, k: 2 })]
    .map((id) => Number(id.split(":")[1]))
    .toSorted((a, b) => a - b);
  expect(ordinals).toEqual([0, 1, 6, 7]);
});

test("W5 everything as JSON has the same data, with versions and settings", async () => {
  const data = proofOf(["why?"], ["one", "two"]);
  const value: unknown = JSON.parse(everythingJson(data));
  expect(value).toMatchObject({
    format: "second-look-proof",
    version: 1,
    appVersion: data.appVersion,
    settings: data.settings,
  });
  const compact = JSON.stringify(value);
  expect(await html(data)).toContain(compact.replaceAll("<", String.raw`\u003c`));
});
