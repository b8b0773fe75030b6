import * as fc from "fast-check";
import { expect, test } from "vitest";
import { all, fileOf, NEVER } from "./files.fixture.ts";
import { LIMITS, type ImportedSet, type InputFile } from "./imported.ts";
import { readQuestionSet } from "./read-set.ts";

type Files = Readonly<Record<string, string>>;

const filesOf = (files: Files): InputFile[] => Object.entries(files).map(([path, text]) => fileOf(path, text));
const read = (files: Files): Promise<ImportedSet> => readQuestionSet(filesOf(files), NEVER);
const brief = ({ questions }: ImportedSet): string[] =>
  questions.flatMap(({ id, text, targets }) =>
    targets.map((one) =>
      [id, text, one.document, one.page, one.text, one.grade].filter((cell) => cell !== null).join("|"),
    ),
  );
const problems = ({ report }: ImportedSet): string[] =>
  report.problems.map(({ file, line, reason, excerpt }) => `${file}:${line} ${reason} ${excerpt}`.trim());

const json = (...objects: readonly object[]): string => objects.map((one) => JSON.stringify(one)).join("\n");
const BEIR = {
  "mini/corpus.jsonl": json(
    { _id: "d1", title: "Pumps", text: "The pump starts." },
    { _id: "d 2", text: "It stops." },
    { _id: "d3", title: "Only a title", text: "" },
  ),
  "mini/queries.jsonl": json({ _id: "q1", text: "when does it start?" }, { _id: "q2", text: "when does it stop?" }),
  "mini/qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td 2\t0\nq2\td 2\t1\n",
} as const;

test("F2 a BEIR folder", async () => {
  const set = await read(BEIR);
  expect(set).toMatchObject({ name: "mini", format: "beir", level: "document" });
  expect(brief(set)).toEqual([
    "q1|when does it start?|d1|2",
    "q1|when does it start?|d 2|0",
    "q2|when does it stop?|d 2|1",
  ]);
  expect(set.report).toEqual({ read: { questions: 2, judgements: 3, documents: 3 }, counts: {}, problems: [] });
  expect(set.corpus!.documents).toBe(3);
  for (const _ of [1, 2])
    expect(await all(set.corpus!.read())).toEqual([
      { id: "d1", title: "Pumps", text: "The pump starts." },
      { id: "d 2", title: "", text: "It stops." },
      { id: "d3", title: "Only a title", text: "" },
    ]);
});

test("F3 CRLF and byte order marks change nothing", async () => {
  const marked = Object.fromEntries(
    Object.entries(BEIR).map(([path, text]) => [path, `\uFEFF${text.replaceAll("\n", "\r\n")}`]),
  );
  const set = await read(marked);
  expect(brief(set)).toEqual(brief(await read(BEIR)));
  expect(set.report.counts).toEqual({});
});

test("F2 of several splits test is read, what is not read is noted", async () => {
  const set = await read({
    ...BEIR,
    "mini/qrels/dev.tsv": "query-id\tcorpus-id\tscore\nq1\td3\t1\n",
    "mini/README.md": "about",
  });
  expect(brief(set)).toHaveLength(3);
  expect(problems(set)).toEqual(["mini/qrels/dev.tsv:0 file-unused", "mini/README.md:0 file-unused"]);
});

test("F6 line 317 is malformed: it is skipped, named, and the rest is read", async () => {
  const lines = Array.from({ length: 400 }, (_, i) => JSON.stringify({ _id: `d${i + 1}`, text: `text ${i + 1}` }));
  lines[316] = '{"_id": "d317", "text": "broken';
  const set = await read({ ...BEIR, "mini/corpus.jsonl": `${lines.join("\r\n")}\r\n` });
  expect(set.report.read.documents).toBe(399);
  expect(problems(set)).toEqual([
    'mini/corpus.jsonl:317 line-malformed {"_id": "d317", "text": "broken',
    "mini/qrels/test.tsv:3 document-unknown d 2",
    "mini/qrels/test.tsv:4 document-unknown d 2",
  ]);
});

test("F7 F9 F10 F11 F12 every bad line is named and counted", async () => {
  const set = await read({
    "x/corpus.jsonl": [
      ...["d1", "d2", "d1"].map((_id) => JSON.stringify({ _id, text: `text of ${_id}` })),
      '{"text":"no id"}',
      '{"_id":"d4","text":"  "}',
      '{"_id":"d5","text":7}',
      "[1]",
    ].join("\n"),
    "x/queries.jsonl": json(
      { _id: "q1", text: "one" },
      { _id: "q1", text: "again" },
      { _id: "q2", text: " " },
      { _id: "q3", text: "nobody judged this" },
      { _id: 4, text: "a number is an id" },
    ),
    "x/qrels.tsv": [
      "query-id\tcorpus-id\tscore",
      "q1\td1\t1",
      "q1\td1\t2",
      "q1\td2\t-1",
      "q1\td9\t1",
      "q9\td1\t1",
      "q2\td1\t1",
      "q1\td2",
      "q1\td3\thigh",
      "\td2\t1",
      "4\td2\t2.0",
    ].join("\n"),
  });
  expect(brief(set)).toEqual(["q1|one|d1|1", "q1|one|d2|-1", "4|a number is an id|d2|2"]);
  expect(problems(set)).toEqual([
    "x/qrels.tsv:3 judgement-duplicate q1 d1",
    "x/qrels.tsv:4 grade-negative q1\td2\t-1",
    "x/qrels.tsv:8 line-malformed q1\td2",
    "x/qrels.tsv:9 grade-invalid q1\td3\thigh",
    "x/qrels.tsv:10 id-missing \td2\t1",
    "x/queries.jsonl:2 id-duplicate q1",
    "x/queries.jsonl:3 question-empty q2",
    "x/queries.jsonl:4 question-unjudged q3",
    "x/corpus.jsonl:3 id-duplicate d1",
    'x/corpus.jsonl:4 id-missing {"text":"no id"}',
    "x/corpus.jsonl:5 document-empty d4",
    "x/corpus.jsonl:6 line-malformed d5",
    "x/corpus.jsonl:7 line-malformed [1]",
    "x/qrels.tsv:5 document-unknown d9",
    "x/qrels.tsv:6 question-unknown q9",
    "x/qrels.tsv:7 question-unknown q2",
  ]);
});

test("F8 BEIR judgements without a header are read, and it is said", async () => {
  const set = await read({ ...BEIR, "mini/qrels/test.tsv": "q1\td1\t2\nq2\td3\t1\n" });
  expect(brief(set)).toHaveLength(2);
  expect(problems(set)).toEqual(["mini/qrels/test.tsv:1 header-missing q1\td1\t2"]);
});

const CLASSIC = `<top>
<num> Number: 301
<title> International Organized Crime

<desc> Description:
Identify organizations.

<narr> Narrative:
A relevant document must…
</top>
<top>
<num> Number: 302
<desc> Description:
Is the disease
under control?
</top>
`;

test("F13 F8 TREC topics and qrels, with a header that should not be there", async () => {
  const set = await read({
    "topics.301-302": CLASSIC,
    "qrels.txt": "topic_id iter doc rel\n301 0 FR941 1\n301\t0\tmy%20file.pdf\t0\n302 Q0 FR942 2\n# a comment\n",
  });
  expect(set.format).toBe("trec");
  expect(brief(set)).toEqual([
    "301|International Organized Crime|FR941|1",
    "301|International Organized Crime|my file.pdf|0",
    "302|Is the disease under control?|FR942|2",
  ]);
  expect(problems(set)).toEqual(["qrels.txt:1 header-unexpected topic_id iter doc rel"]);
});

test("F14 topics as id and text", async () => {
  const set = await read({ "topics.tsv": "qid\tquery\n1\thow many?\n2\t\nbroken\n", qrels: "1 0 a 1\n2 0 b 1\n" });
  expect(brief(set)).toEqual(["1|how many?|a|1"]);
  expect(problems(set)).toEqual([
    "topics.tsv:1 header-unexpected qid\tquery",
    "topics.tsv:3 question-empty 2",
    "topics.tsv:4 line-malformed broken",
    "qrels:2 question-unknown 2",
  ]);
});

test("F20 a LlamaIndex dataset", async () => {
  const set = await read({
    "pairs.json": JSON.stringify({
      queries: { a: "one?", b: " ", c: "three?", d: "four?" },
      corpus: { n1: "first node", n2: "second node", n3: "" },
      relevant_docs: { a: ["n1", "n1", "n9"], b: ["n1"], c: [], e: ["n2"] },
      mode: "text",
    }),
  });
  expect(brief(set)).toEqual(["a|one?|n1|first node|1"]);
  expect(set.corpus!.documents).toBe(2);
  expect(set.report.counts).toEqual({
    "document-empty": 1,
    "judgement-duplicate": 1,
    "document-unknown": 1,
    "question-empty": 1,
    "target-missing": 1,
    "question-unjudged": 1,
    "question-unknown": 1,
  });
});

test("F21 a LlamaIndex dataset that breaks off names the line", async () => {
  const broken = '{\n  "queries": {\n    "a": "one"\n    "b": "two"\n  },\n "corpus": {}}';
  await expect(read({ "x.json": broken })).rejects.toMatchObject({
    code: "SET_BROKEN",
    facts: { file: "x.json", line: 4 },
  });
});

test.each([
  [
    "question,document,page,text\nwhy?,a.pdf,iv,\nhow?,b.pdf,2,",
    "page",
    ["row-2|why?|a.pdf|iv|1", "row-3|how?|b.pdf|2|1"],
  ],
  ["Question;Expected document\nwhy?;a.pdf\nwhy?;b.pdf", "document", ["row-2|why?|a.pdf|1", "row-2|why?|b.pdf|1"]],
  ["query\tanswer\tgrade\nwhy?\tbecause of it\t2", "passage", ["row-2|why?|because of it|2"]],
  [
    "id,question,document,page,text\n7,why?,a.pdf,,quoted\n7,why?,a.pdf,3,",
    "page",
    ["7|why?|a.pdf|quoted|1", "7|why?|a.pdf|3|1"],
  ],
])("F15 F17 F19 a CSV %j is a set of level %s", async (text, level, expected) => {
  const set = await read({ "set.csv": text });
  expect(set).toMatchObject({ format: "csv", level, name: "set" });
  expect(brief(set)).toEqual(expected);
  expect(set.report.counts).toEqual({});
});

test("F16 F17 F18 a CSV without names, and rows that cannot be used", async () => {
  const set = await read({
    "set.csv": 'why?,a.pdf\n,b.pdf\nhow?,\nwhen?,c.pdf,,,much\nwhy?,a.pdf\n"x"y,d.pdf\nwho?,e.pdf,,,-1\n',
  });
  expect(brief(set)).toEqual(["row-1|why?|a.pdf|1", "row-7|who?|e.pdf|-1"]);
  expect(problems(set)).toEqual([
    "set.csv:1 header-missing why? a.pdf",
    "set.csv:2 question-empty b.pdf",
    "set.csv:3 target-missing how?",
    "set.csv:4 grade-invalid when? c.pdf   much",
    "set.csv:5 judgement-duplicate why? a.pdf",
    "set.csv:6 line-malformed xy d.pdf",
    "set.csv:7 grade-negative who? e.pdf   -1",
  ]);
});

test.each<[string, Files, object]>([
  ["no set", { "a.txt": "Some prose.\nMore of it." }, { code: "SET_UNKNOWN_FORMAT", facts: { names: "a.txt" } }],
  ["no file", {}, { code: "SET_UNKNOWN_FORMAT" }],
  ["a run is no set", { "run.txt": "q1 Q0 d1 1 3 tag\n" }, { code: "SET_UNKNOWN_FORMAT" }],
  [
    "no judgements",
    { "queries.jsonl": BEIR["mini/queries.jsonl"] },
    { code: "SET_INCOMPLETE", facts: { missing: "judgements" } },
  ],
  [
    "no questions",
    { "qrels.tsv": BEIR["mini/qrels/test.tsv"] },
    { code: "SET_INCOMPLETE", facts: { missing: "questions" } },
  ],
  [
    "corpus alone",
    { "corpus.jsonl": BEIR["mini/corpus.jsonl"] },
    { code: "SET_INCOMPLETE", facts: { missing: "both" } },
  ],
  [
    "nothing fits",
    { ...BEIR, "mini/qrels/test.tsv": "query-id\tcorpus-id\tscore\nq8\td1\t1" },
    { code: "SET_EMPTY", facts: { file: "mini/qrels/test.tsv", skipped: 3, reason: "question-unjudged" } },
  ],
])("F21 refused: %s", async (_, files, error) => {
  await expect(read(files)).rejects.toMatchObject(error);
});

test("F21 two gigabytes are refused before they are read", async () => {
  let asked = 0;
  const corpus = {
    path: "x/corpus.jsonl",
    bytes: 2 * 1024 ** 3,
    text: async function* () {
      for (;;) {
        asked += 1;
        yield `${JSON.stringify({ _id: `d${asked}`, text: "x".repeat(20_000) })}\n`;
      }
    },
  };
  const files = filesOf({ "x/queries.jsonl": BEIR["mini/queries.jsonl"], "x/qrels.tsv": BEIR["mini/qrels/test.tsv"] });
  await expect(readQuestionSet([corpus, ...files], NEVER)).rejects.toMatchObject({
    code: "SET_TOO_LARGE",
    facts: { what: "bytes", file: "x/corpus.jsonl", bytes: 2_147_483_648, limit: LIMITS.corpusBytes },
  });
  expect(asked).toBeLessThan(10);
});

test("F21 a corpus of too many documents is refused when the limit is passed, not at its end", async () => {
  let made = 0;
  const corpus = {
    path: "corpus.jsonl",
    bytes: 1000,
    text: async function* () {
      for (;;) yield `{"_id":"d${made++}","text":"t"}\n`.padEnd(40);
    },
  };
  const files = filesOf({ "queries.jsonl": BEIR["mini/queries.jsonl"], "qrels.tsv": BEIR["mini/qrels/test.tsv"] });
  await expect(readQuestionSet([corpus, ...files], NEVER)).rejects.toMatchObject({
    code: "SET_TOO_LARGE",
    facts: { what: "documents", limit: LIMITS.documents },
  });
  expect(made).toBeLessThan(LIMITS.documents + 5_000);
});

test("F21 reading stops where it is cancelled", async () => {
  let left = 5;
  const cancel = {
    throwIfAborted: () => {
      if (left-- === 0) throw new DOMException("stop", "AbortError");
    },
  };
  await expect(readQuestionSet(filesOf(BEIR), cancel)).rejects.toThrow("stop");
});

test("F22 every line is a document, or counted, or blank", async () => {
  const line = fc.oneof(
    fc
      .record({ _id: fc.constantFrom("a", "b", "c", ""), text: fc.constantFrom("", "x", " ") })
      .map((one) => JSON.stringify(one)),
    fc.constantFrom("", "  ", "{", '{"_id":"z"}', '{"text":"t"}', "null", '"a"', "[]"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
      const text = [JSON.stringify({ _id: "d1", text: "first" }), ...lines].join("\n");
      const { report, corpus } = await read({ ...BEIR, "mini/corpus.jsonl": text });
      const skipped = (["line-malformed", "id-missing", "id-duplicate", "document-empty"] as const).reduce(
        (sum, reason) => sum + (report.counts[reason] ?? 0),
        0,
      );
      const written = text.split("\n").filter((one) => one.trim() !== "").length;
      expect(report.read.documents + skipped).toBe(written);
      expect(await all(corpus!.read())).toHaveLength(report.read.documents);
    }),
    { seed: 6, numRuns: 200 },
  );
});

test("F22 the list is bounded for each reason, the counts are not", async () => {
  const bad = Array.from({ length: 500 }, () => "{").join("\n");
  const { report } = await read({ ...BEIR, "mini/corpus.jsonl": `${BEIR["mini/corpus.jsonl"]}\n${bad}` });
  expect(report.counts).toEqual({ "line-malformed": 500 });
  expect(report.problems).toHaveLength(LIMITS.problems);
});
