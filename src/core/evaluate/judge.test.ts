import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DocumentId } from "../model.ts";
import { emptyJudgedSet, gradeOf, judge, mergeJudged, questionIdOf, reworded, type Judgement } from "./judge.ts";
import type { QuestionSet } from "./model.ts";
import { overlapsByHalf } from "./overlap.ts";

const A = "a".repeat(64) as DocumentId;
const B = "b".repeat(64) as DocumentId;
const span = (start: number, end: number, documentId = A) => ({ documentId, start, end });
const EMPTY = emptyJudgedSet(1);

function after(...judgements: readonly Judgement[]): QuestionSet {
  return judgements.reduce((set, judgement) => judge(set, judgement).set, EMPTY);
}

describe("grades given in Compare", () => {
  test("J1 a grade is found again by the words of the question, however spaced", () => {
    const set = after({ question: " Who  pays? ", passage: span(0, 100), grade: 2 });
    expect(gradeOf(set, "Who pays?", span(0, 100))).toBe(2);
    expect(gradeOf(set, "who pays?", span(0, 100))).toBeNull();
    expect(set.questions).toEqual([
      { id: questionIdOf("Who pays?"), text: "Who  pays?", targets: [{ kind: "passage", ...span(0, 100), grade: 2 }] },
    ]);
  });

  test("J2 it holds for what shares half of the shorter passage, in the same document only", () => {
    const set = after({ question: "q", passage: span(100, 200), grade: 1 });
    expect(gradeOf(set, "q", span(150, 400))).toBe(1);
    expect(gradeOf(set, "q", span(151, 400))).toBeNull();
    expect(gradeOf(set, "q", span(0, 1000))).toBe(1);
    expect(gradeOf(set, "q", span(100, 200, B))).toBeNull();
  });

  test("J3 the later judgement replaces every one that it covers", () => {
    const set = after(
      { question: "q", passage: span(0, 50), grade: 1 },
      { question: "q", passage: span(50, 100), grade: 2 },
      { question: "q", passage: span(0, 100), grade: 0 },
    );
    expect(set.questions[0]?.targets).toEqual([{ kind: "passage", ...span(0, 100), grade: 0 }]);
  });

  test("J4 a question without any grade left leaves the set", () => {
    const set = after(
      { question: "q", passage: span(0, 50), grade: 1 },
      { question: "q", passage: span(0, 50), grade: null },
    );
    expect(set).toEqual(EMPTY);
  });

  test("J5 undo brings back the same grades, whatever was done", () => {
    const passage = fc
      .record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 20 }), other: fc.boolean() })
      .map(({ start, length, other }) => span(start, start + length, other ? B : A));
    const judgement = fc.record({
      question: fc.constantFrom("q", "r"),
      passage,
      grade: fc.constantFrom(null, 0, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(judgement, { maxLength: 12 }), judgement, (before, last) => {
        const was = after(...before);
        const { set, undo } = judge(was, last);
        const back = undo.reduce((now, step) => judge(now, step).set, set);
        expect(grades(back)).toEqual(grades(was));
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  test("J14 merging keeps every grade that is here and takes what is new", () => {
    const own = after({ question: "q", passage: span(0, 100), grade: 2 });
    const other = after(
      { question: "q", passage: span(20, 90), grade: 0 },
      { question: "q", passage: span(200, 300), grade: 1 },
      { question: "r", passage: span(0, 100), grade: 1 },
    );
    const merged = mergeJudged(own, other);
    expect(gradeOf(merged, "q", span(0, 100))).toBe(2);
    expect(gradeOf(merged, "q", span(200, 300))).toBe(1);
    expect(gradeOf(merged, "r", span(0, 100))).toBe(1);
    expect(mergeJudged(merged, other)).toEqual(merged);
  });

  test("J16 a judged question in other words keeps its grades, under the words it has now", () => {
    const set = after(
      { question: "q", passage: span(0, 100), grade: 2 },
      { question: "r", passage: span(0, 100), grade: 1 },
      { question: "r", passage: span(200, 300), grade: 1 },
    );
    const changed = reworded(set, questionIdOf("q"), "better words");
    expect(gradeOf(changed, "better words", span(0, 100))).toBe(2);
    expect(gradeOf(changed, "q", span(0, 100))).toBeNull();
    const merged = reworded(set, questionIdOf("r"), "q");
    expect(merged.questions).toHaveLength(1);
    expect(gradeOf(merged, "q", span(0, 100))).toBe(2);
    expect(gradeOf(merged, "q", span(200, 300))).toBe(1);
    const imported = reworded({ ...set, origin: "imported" }, questionIdOf("q"), "x");
    expect(imported.questions.map(({ id, text }) => [id, text])).toEqual([
      [questionIdOf("q"), "x"],
      [questionIdOf("r"), "r"],
    ]);
  });

  test("J6 being the same answer is symmetric", () => {
    const any = fc
      .tuple(fc.nat(30), fc.integer({ min: 1, max: 30 }))
      .map(([start, length]) => span(start, start + length));
    fc.assert(
      fc.property(any, any, (a, b) => overlapsByHalf(a, b) === overlapsByHalf(b, a)),
      { seed: 7 },
    );
  });
});

/** Questions and their grades without order. */
function grades(set: QuestionSet): unknown {
  return new Map(
    set.questions
      .map(({ id, targets }) => [id, targets.map((target) => JSON.stringify(target)).toSorted()] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
