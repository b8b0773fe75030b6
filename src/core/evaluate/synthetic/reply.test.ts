import * as fc from "fast-check";
import { expect, test } from "vitest";
import { foldedQuestion, questionsOf } from "./reply.ts";

const of = (reply: string, count = 2, taken = new Set<string>(), isCut = false): readonly string[] =>
  questionsOf(reply, count, taken, isCut).questions;

const A = "What drives the pump?";
const B = "Why was the valve replaced?";

test.each([
  ["closed", `<think>\nWhat about dates?\n</think>\n${A}\n${B}`],
  ["without its opening mark", `What about dates?\n</think>\n\n${A}\n${B}`],
  ["not closed, behind the questions", `${A}\n${B}\n<think>\nWhat about dates?`],
  ["a code fence", `\`\`\`text\n${A}\n${B}\n\`\`\``],
])("Q2 thinking does not count: %s", (_, reply) => expect(of(reply, 3)).toEqual([A, B]));

test("Q2 a reply that was cut loses its last line; thinking that was cut leaves nothing", () => {
  expect(of(`${A}\nWhy was the val`, 2, new Set(), true)).toEqual([A]);
  expect(questionsOf("<think>\nWhat about dates?", 2, new Set(), true)).toEqual({ questions: [], fewer: 2 });
});

test.each([
  [`1. ${A}\n2) ${B}`],
  [`(1) ${A}\n[2] ${B}`],
  [`1 ${A}\r\n2 ${B}`],
  [`Q1: ${A}\nQ2: ${B}`],
  [`**Question 1:** ${A}\n**Question 2:** ${B}`],
  [`### Frage 1. ${A}\n- Frage 2 – ${B}`],
  [`- "${A}"\n* “${B}”`],
  [`1. Q1: **"${A}"**\n\n2. Q2: *${B}*`.replace("*Why", "Why").replace("?*", "?")],
])("Q3 a question without its marks: %j", (reply) => expect(of(reply)).toEqual([A, B]));

test("Q3 numbers and words that belong to the question stay", () => {
  const reply =
    "1990 was the year of which treaty?\nQuestion time lasts how long in the house?\n3.5 bar is whose limit?";
  expect(of(reply, 3)).toEqual([
    "1990 was the year of which treaty?",
    "Question time lasts how long in the house?",
    "3.5 bar is whose limit?",
  ]);
});

test("Q3 other scripts", () => {
  expect(of("1、水泵什么时候清洗？\n问题2：阀门为什么更换？")).toEqual(["水泵什么时候清洗？", "阀门为什么更换？"]);
});

test.each([
  [`Here are 2 questions for the quiz:\n${A}\n${B}`],
  [`Here are two questions based on the context\n${A}\n${B}`],
  [`Sure, happy to help!\nQuestions:\n\n${A}\n${B}\n---`],
  [`Question 1:\n${A}\nQuestion 2:\n${B}`],
  [`${A}\nA) a motor\nB) a belt\n(c) nothing\n${B}\nAnswer: its seal`],
  [`${A} (A) a motor (B) a belt\n${B} Answer: its seal`],
  [`${A}\nA. A motor\nB. A belt.\n${B}`],
])("Q4 what is no question goes: %j", (reply) => expect(of(reply, 9)).toEqual([A, B]));

test("Q5 never more than n, those that ask first; the rest is counted", () => {
  expect(of(`I hope that these help your class.\n${A}\n${B}\nAnd what else?`)).toEqual([A, B]);
  expect(of("Explain the role of the pump.", 1)).toEqual(["Explain the role of the pump."]);
  expect(questionsOf(A, 3, new Set(), false)).toEqual({ questions: [A], fewer: 2 });
  expect(questionsOf("", 2, new Set(), false)).toEqual({ questions: [], fewer: 2 });
});

test("Q6 no question twice, also not one of an earlier passage", () => {
  const taken = new Set<string>([foldedQuestion(B)]);
  expect(of(`${A}\nWHAT drives the pump\n${B}\nWhat does it cost?`, 3, taken)).toEqual([A, "What does it cost?"]);
  expect(of(A, 1, taken)).toEqual([]);
});

const piece = fc.oneof(
  fc.constantFrom(
    "1. ",
    "Q1: ",
    "- ",
    "**",
    '"',
    "<think>",
    "</think>",
    "```",
    "\n",
    "\r",
    "\u2028",
    "Here are 2",
    "A) ",
  ),
  fc.constantFrom(A, B, "什么？", "Question:", "\u0000", "\u200b", "(a) x", " ? ", "Answer: y"),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

test("Q3 Q4 Q5 any reply gives at most n clean questions, each one line, none twice", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), fc.boolean(), (parts, n, isCut) => {
      const { questions, fewer } = questionsOf(parts.join(""), n, new Set(), isCut);
      expect(questions.length + fewer).toBe(n);
      expect(fewer).toBeGreaterThanOrEqual(0);
      expect(new Set(questions.map(foldedQuestion)).size).toBe(questions.length);
      for (const question of questions) {
        expect(question).toBe(question.trim());
        expect(question).not.toMatch(/[\p{Cc}\u2028\u2029]|^\d+[).]\s|^Q\d*:|^[-*•]|<\/?think>|[:：]$/iu);
        expect(question).toMatch(/\p{L}|\p{N}/u);
        expect(of(question, 1)).toEqual([question]);
      }
    }),
    { numRuns: 500, seed: 9 },
  );
});
