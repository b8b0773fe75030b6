import { lettersOf, weightOf } from "../quoted.ts";

export interface CleanReply {
  readonly questions: readonly string[];
  /** How many fewer than were asked for. */
  readonly fewer: number;
}

const LINES = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;
const NAMES = "q|question|frage|pregunta|domanda|pergunta|vraag|вопрос|问题|問題|質問|问|問";
/** "Q1:", "Question 2 -", "Q: "; without a mark behind it is a word of the question. */
const LABEL = new RegExp(`^(?:${NAMES})\\s*\\d*\\s*[:：.)\\]–-]\\s*`, "iu");
const NUMBER = /^[([]?\d+\s*(?:[).\]、．:：](?!\d)|-\s)\s*/u;
const BARE_NUMBER = /^(\d)\s+/u;
const BULLET = /^(?:[-–—*•‣◦▪·#>]+)\s*/u;
const OPTION = /^(?:[([]?[a-h][)\]]|[A-H][.:](?=\s)(?!.*[?？]$))/iu;
const ANSWER =
  /^(?:(?:correct|right)\s+)?(?:a|answer|antwort|respuesta|réponse|risposta|resposta|答|答案|回答)\s*\d*\s*[:：]/iu;
const ANNOUNCED =
  /^(?:sure|certainly|of course|okay|ok)\b[^?？]*$|\bhere (?:are|is) (?:\d+|one|two|three|four|five|the|your|some|a)\b/iu;
const ASKS = /[?？؟\u037e]["'”’»」』)\]]*$/u;
/** What stands behind the question on its own line: options, or the answer. */
const BEHIND = /([?？؟])\s*(?:[([]?A[).\]]\s.*|\(?(?:answer|antwort|respuesta|réponse|答案)\s*[:：].*)$/iu;
const QUOTES = [`""`, `''`, "“”", "‘’", "„“", "«»", "»«", "「」", "『』", "__", "``"];
/** In `weightOf`: a label says less. */
const LEAST = 6;
/** A paragraph is no question. */
const LONGEST = 500;

/**
 * Rules Q2 to Q6.
 * @param taken folded questions of the set; what is kept is added
 * @param isCut the reply ended at its most tokens
 */
export function questionsOf(reply: string, count: number, taken: Set<string>, isCut: boolean): CleanReply {
  const lines = spoken(reply).split(LINES);
  if (isCut) lines.pop();
  const candidates = lines.map((line) => cleaned(line, count)).filter(isQuestion);
  const asking = candidates.filter((line) => ASKS.test(line));
  const ordered = candidates.length > count ? [...new Set([...asking, ...candidates])] : candidates;
  const questions: string[] = [];
  for (const question of ordered) {
    const key = foldedQuestion(question);
    if (questions.length === count || taken.has(key)) continue;
    taken.add(key);
    questions.push(question);
  }
  return { questions, fewer: count - questions.length };
}

export function foldedQuestion(text: string): string {
  return lettersOf(text).text;
}

/** Q2; some servers leave the opening mark out, a reply that is cut leaves the closing one out. */
function spoken(reply: string): string {
  const closed = reply.replaceAll(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/giu, "\n");
  const behind = closed.split(/<\/think(?:ing)?>/iu).at(-1) ?? "";
  return (behind.split(/<think(?:ing)?>/iu)[0] ?? "").replaceAll(/^\s*```.*$/gmu, "");
}

/** Q3, until nothing changes: marks stand in any order. */
function cleaned(line: string, count: number): string {
  let text = line;
  for (let before: string | null = null; before !== text;) {
    before = text;
    text = text
      .replaceAll(/\*\*|```|[\u200b\ufeff]/gu, "")
      .replaceAll(/[\p{Cc}\s]+/gu, " ")
      .trim();
    text = text.replace(BULLET, "").replace(NUMBER, "").replace(LABEL, "").replace(BEHIND, "$1");
    text = text.replace(BARE_NUMBER, (mark, digit) => (Number(digit) <= count ? "" : mark)).trim();
    if (isWrapped(text)) text = text.slice(1, -1).trim();
  }
  return text;
}

function isWrapped(text: string): boolean {
  const inner = text.slice(1, -1);
  return QUOTES.some(
    ([open, close]) =>
      text.length > 1 && text[0] === open && text.at(-1) === close && !inner.includes(open!) && !inner.includes(close!),
  );
}

/** Q4 */
function isQuestion(text: string): boolean {
  if (weightOf(text) < LEAST || text.length > LONGEST || /[:：]$/u.test(text)) return false;
  return !OPTION.test(text) && !ANSWER.test(text) && !ANNOUNCED.test(text);
}
