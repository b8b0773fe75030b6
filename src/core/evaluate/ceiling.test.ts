import { expect, test } from "vitest";
import { ceilingOf, gainsOf } from "./ceiling.ts";
import { toldRun } from "./report.fixture.ts";
import { reportOf } from "./report.ts";

const COUNTED = { preset: "beir", k: 10 } as const;

const RUN = toldRun([
  { reranker: "off", pool: 5, ranks: [1, 3, 5, 0, 2] },
  { reranker: "mini", pool: 3, ranks: [2, 1, 0, 0, 2] },
]);

test("P7 the ceiling: how many answers are among the first chunks, for every pool size", () => {
  const { points, questions } = ceilingOf(RUN, RUN.cells[0]!, COUNTED);
  expect(questions).toBe(5);
  expect(points.map(({ pool, found }) => [pool, found])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 3],
    [5, 4],
  ]);
  expect(points.map(({ recall }) => recall)).toEqual(
    [0.2, 0.4, 0.6, 0.6, 0.8].map((value) => expect.closeTo(value, 12)),
  );
  expect(reportOf(RUN, COUNTED, { draws: 10 }).ceilings).toEqual([{ cell: RUN.cells[0]!.cell, points, questions }]);
});

test("P7 pools count chunks, not items; several answers raise recall one by one; the unanswerable are left out", () => {
  const off = RUN.cells[0]!;
  const outcome = { ...off.outcomes[0]!, items: ["x", "answer", "b"], ranks: [1, 4, 5] };
  const run = {
    ...RUN,
    grades: new Map([
      [
        "q0",
        new Map([
          ["answer", 1],
          ["b", 2],
          ["x", 0],
        ]),
      ],
      ["q1", new Map([["answer", 0]])],
    ]),
    cells: [{ ...off, outcomes: [outcome, { ...outcome, questionId: "q1" }] }],
  };
  const { points, questions } = ceilingOf(run, run.cells[0]!, COUNTED);
  expect(questions).toBe(1);
  expect(points.map(({ found }) => found)).toEqual([0, 0, 0, 1, 1]);
  expect(points.map(({ recall }) => recall)).toEqual([0, 0, 0, 0.5, 1]);
});

test("P8 per question: where the answer was, where it ended, won, lost, out of the pool; best gain first", () => {
  const gains = gainsOf(RUN, "dense mini 3", "mrr", COUNTED);
  expect(gains.map(({ id, before, after, result }) => [id, before, after, result])).toEqual([
    ["q1", 3, 1, "won"],
    ["q3", null, null, "out-of-pool"],
    ["q4", 2, 2, "same"],
    ["q2", 5, null, "out-of-pool"],
    ["q0", 1, 2, "lost"],
  ]);
  expect(gains.map(({ gain }) => gain)).toEqual([2 / 3, 0, 0, -0.2, -0.5].map((value) => expect.closeTo(value, 12)));
});

test("P8 a question without an answer is the same; one that did not run in both is not there", () => {
  const run = { ...RUN, grades: new Map() };
  expect(gainsOf(run, "dense mini 3", "mrr", COUNTED).map(({ result }) => result)).toEqual(Array(5).fill("same"));
  const halfway = toldRun([
    { reranker: "off", pool: 5, ranks: [1, 3] },
    { reranker: "mini", pool: 3, ranks: [1, null] },
  ]);
  expect(gainsOf(halfway, "dense mini 3", "mrr", COUNTED).map(({ id }) => id)).toEqual(["q0"]);
});

test("P8 the row of off and unknown rows have no gains", () => {
  expect(gainsOf(RUN, "dense off 5", "mrr", COUNTED)).toEqual([]);
  expect(gainsOf(RUN, "nothing", "mrr", COUNTED)).toEqual([]);
});
