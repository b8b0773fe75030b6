import * as fc from "fast-check";
import { expect, test } from "vitest";
import { plainPage } from "../page/plain-page.ts";
import { documentText } from "../chunk/page-spans.ts";
import type { DocumentId, Page } from "../model.ts";
import type { NamedDocument } from "./document-names.ts";
import { NEVER } from "./formats/files.fixture.ts";
import type { ImportedSet, ImportedTarget } from "./formats/imported.ts";
import { findByEnds, findQuote, lettersOf } from "./quoted.ts";
import { resolveSet, type Resolution } from "./resolve.ts";
import type { QuestionSet } from "./model.ts";
import { writtenSet } from "./written-set.ts";

const id = (digit: string): DocumentId => digit.repeat(64) as DocumentId;
const PUMP: NamedDocument = {
  id: id("a"),
  name: "Pump-Manual.pdf",
  title: "The Pump",
  pageCount: 3,
  pageLabels: ["i", "1", "2"],
};
const POLICY: NamedDocument = { id: id("b"), name: "policy.pdf", title: null, pageCount: 2, pageLabels: null };
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  [PUMP.id]: [
    "Before you start",
    "The pump starts when the café valve\nis open, not before. Art is long.",
    "The valve: see above.",
  ],
  [POLICY.id]: ["Travel is paid. The valve: see above.", "汽车站在城市的北边。"],
};
const pagesOf = (document: DocumentId): Page[] => (TEXTS[document] ?? []).map((text, i) => plainPage(i, text));
const library = { documents: [PUMP, POLICY], pages: async (one: DocumentId) => pagesOf(one) };

const target = (given: Partial<ImportedTarget>): ImportedTarget => ({
  document: null,
  page: null,
  text: null,
  grade: 1,
  line: 2,
  file: "x.csv",
  ...given,
});
const setOf = (level: ImportedSet["level"], ...targets: readonly Partial<ImportedTarget>[]): ImportedSet => ({
  name: "x",
  format: "csv",
  level,
  questions: targets.map((one, i) => ({ id: `q${i}`, text: "why?", targets: [target(one)] })),
  corpus: null,
  report: { read: { questions: 0, judgements: 0, documents: 0 }, counts: {}, problems: [] },
});
const resolve = (set: ImportedSet, level?: ImportedSet["level"]): Promise<Resolution> =>
  resolveSet(set, library, { id: "s", name: "x", madeAt: 5, ...(level === undefined ? {} : { level }) }, NEVER);

const outcome = ({ set, unresolved }: Resolution): string[] => [
  ...set.questions.flatMap((question) =>
    question.targets.map((one) => {
      const where = `${question.id} ${one.documentId.slice(0, 1)}`;
      if (one.kind === "document") return where;
      if (one.kind === "page") return `${where} p${one.page}`;
      return `${where} ${documentText(pagesOf(one.documentId)).slice(one.start, one.end)}`;
    }),
  ),
  ...unresolved.map(({ question, reason }) => `${question} ${reason}`),
];

test("T1 documents by name, id, name without case and ending, title; T2 unknown is said", async () => {
  const names = [
    "Pump-Manual.pdf",
    id("b"),
    "b".repeat(16),
    "docs/PUMP-manual.pdf",
    "pump-manual",
    "the pump",
    "nothing",
  ];
  const found = await resolve(setOf("document", ...names.map((document) => ({ document }))));
  expect(outcome(found)).toEqual(["q0 a", "q1 b", "q2 b", "q3 a", "q4 a", "q5 a", "q6 document-unknown"]);
  expect(found.lost).toEqual(["q6"]);
});

test("T2 a name that two documents have is ambiguous, not guessed", async () => {
  const twice = { ...library, documents: [PUMP, { ...POLICY, name: "pump-manual.md" }] };
  const set = setOf("document", { document: "Pump-Manual.pdf" }, { document: "pump-manual" });
  const options = { id: "s", name: "x", madeAt: 0 };
  expect(outcome(await resolveSet(set, twice, options, NEVER))).toEqual(["q0 a", "q1 document-ambiguous"]);
});

test("T3 a page is its label, else its number counted from 1", async () => {
  const page = (document: string, written: string): Partial<ImportedTarget> => ({ document, page: written });
  const written = [
    page("the pump", "I"),
    page("the pump", "1"),
    page("the pump", "p. 3"),
    page("policy", "2"),
    page("policy", "9"),
  ];
  expect(outcome(await resolve(setOf("page", ...written)))).toEqual([
    "q0 a p0",
    "q1 a p1",
    "q2 a p2",
    "q3 b p1",
    "q4 page-unknown",
  ]);
});

test("T4 a quote is found without regard to white space, case, accents and punctuation, as whole words only", async () => {
  const quotes = [
    { text: "the PUMP starts when the cafe valve is open" },
    { document: "policy", text: "“The valve – see above”" },
    { document: "pump", text: "nowhere" },
    { document: "the pump", text: "rt is lo" },
    { document: "the pump", text: "Art is long" },
    { text: "车站在城市的北" },
    { text: "valve" },
    { text: "this is in no document at all" },
  ];
  expect(outcome(await resolve(setOf("passage", ...quotes)))).toEqual([
    "q0 a The pump starts when the café valve\nis open",
    "q1 b The valve: see above",
    "q4 a Art is long",
    "q5 b 车站在城市的北",
    "q2 document-unknown",
    "q6 text-too-short",
    "q3 text-not-found",
    "q7 text-not-found",
  ]);
});

test("T6 a text leads to its page, and to its document", async () => {
  const quote = { text: "starts when the café valve" };
  expect(outcome(await resolve(setOf("page", quote)))).toEqual(["q0 a p1"]);
  expect(outcome(await resolve(setOf("document", quote)))).toEqual(["q0 a"]);
});

test("T5 a long quote whose middle reads otherwise is found by its ends", () => {
  const words = Array.from({ length: 80 }, (_, i) => `word${i}`);
  const quote = words.join(" ");
  const page = `Before it. ${words.with(40, "MISREAD").join(" ")} Behind it.`;
  const letters = lettersOf(page);
  expect(findQuote(letters, lettersOf(quote).text, 1)).toEqual([]);
  const span = findByEnds(letters, lettersOf(quote).text)!;
  expect(page.slice(span.start, span.end)).toBe(words.with(40, "MISREAD").join(" "));
  expect(findByEnds(lettersOf(words.slice(0, 30).join(" ")), lettersOf(quote).text)).toBeNull();
  expect(
    findByEnds(
      lettersOf(`${words.slice(0, 40).join(" ")} ${"much else ".repeat(90)} ${words.slice(40).join(" ")}`),
      lettersOf(quote).text,
    ),
  ).toBeNull();
});

test("T7 judgements in the app's own ids are pages or passages again", async () => {
  const a = "a".repeat(16);
  expect((await resolve(setOf("document", { document: `${a}#2` }))).set.questions[0]!.targets).toEqual([
    { kind: "page", documentId: id("a"), page: 2, grade: 1 },
  ]);
  expect((await resolve(setOf("document", { document: `${a}@3-9`, grade: 2 }))).set).toMatchObject({
    level: "passage",
    questions: [{ targets: [{ kind: "passage", documentId: id("a"), start: 3, end: 9, grade: 2 }] }],
  });
  expect(outcome(await resolve(setOf("document", { document: `${a}#7` })))).toEqual(["q0 document-unknown"]);
});

test("T4 LlamaIndex nodes are found in a library by their texts, whatever their ids are", async () => {
  const set = {
    ...setOf("document", { document: "node-1", text: "Travel is paid. The valve" }),
    format: "llamaindex" as const,
  };
  expect(outcome(await resolve(set, "passage"))).toEqual(["q0 b Travel is paid. The valve"]);
});

test("T4 every run of whole words of a text is found, at itself or at its twin", () => {
  const word = fc.constantFrom("pump", "Café", "ﬁne", "the", "ＡＢ", "ǆ", "İz", "x²");
  fc.assert(
    fc.property(fc.array(word, { minLength: 4, maxLength: 30 }), fc.nat(), fc.nat(), (words, a, b) => {
      const text = words.join(" \n");
      const from = a % words.length;
      const to = from + 1 + (b % (words.length - from));
      const quote = words.slice(from, to).join(" ").toUpperCase();
      const wanted = lettersOf(quote).text;
      const [span] = findQuote(lettersOf(text), wanted, 1);
      expect(lettersOf(text.slice(span!.start, span!.end)).text).toBe(wanted);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("T8 a set that is written in words is found again, at every level", async () => {
  const passage = { kind: "passage", documentId: PUMP.id, start: 17, end: 41, grade: 2 } as const;
  const page = { kind: "page", documentId: POLICY.id, page: 1, grade: 1 } as const;
  const document = { kind: "document", documentId: POLICY.id, grade: 0 } as const;
  for (const one of [passage, page, document]) {
    const set: QuestionSet = {
      id: "s",
      name: "x",
      origin: "imported",
      level: one.kind,
      madeAt: 5,
      masked: [],
      questions: [{ id: "q", text: "why?", targets: [one] }],
    };
    const questions = await writtenSet(set, library);
    expect((await resolve({ ...setOf(one.kind), questions })).set).toEqual(set);
  }
});
