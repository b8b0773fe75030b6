import { plainDigits } from "./digits.ts";

/** What a reply to a listwise prompt is; as rank_llm's `response_analysis.py`. */
export type ReplyKind = "ok" | "wrong-format" | "missing" | "repetition";

/** How the identifiers were found. `none`: not at all, the order stays. */
export type ReplyFormat = "chain" | "brackets" | "labels" | "numbers" | "json" | "digits" | "unclosed-think" | "none";

export interface ParsedReply {
  /** Places of the items as they were shown, from 0: always a permutation (rule R1). */
  readonly order: readonly number[];
  readonly kind: ReplyKind;
  readonly format: ReplyFormat;
  readonly repairs: { readonly duplicates: number; readonly missing: number; readonly outOfRange: number };
  /** Nothing could be read: the order is the one that was shown, and says nothing. */
  readonly fallback: boolean;
  /** The order that was shown came back: valid, and no signal. */
  readonly identity: boolean;
}

export interface ReplyOptions {
  readonly parser: "robust" | "compat";
  /** Identifiers are A, B, C …. */
  readonly letters?: boolean;
  /** A JSON reply was asked for. */
  readonly json?: boolean;
}

const CHAIN = /^\[\d+\]( > \[\d+\])*$/;

/**
 * A reply as a permutation of n items, whatever it says. `compat` reads it as RankGPT and rank_llm do: every number is an
 * identifier, so prose and numbered lists mislead it. `robust` goes from the form that was asked for to ever looser ones.
 */
export function parseReply(
  reply: string,
  n: number,
  { parser, letters = false, json = false }: ReplyOptions,
): ParsedReply {
  const isOpen = reply.lastIndexOf("<think>") > reply.lastIndexOf("</think>");
  if (isOpen && parser === "robust") return permutation([], n, "unclosed-think", "wrong-format");
  const end = reply.lastIndexOf("</think>");
  const behind = end === -1 ? reply : reply.slice(end + "</think>".length);
  const plain = plainDigits(behind).trim();
  const text = letters ? lettersAsNumbers(plain, parser) : plain;
  const { ids, format } = parser === "compat" ? { ids: numbersOf(text), format: "digits" as const } : found(text, json);
  return permutation(ids, n, ids.length === 0 ? "none" : format, kindOf(text, ids, n, format));
}

/** The order that was shown, for a call that failed. */
export function unansweredReply(n: number): ParsedReply {
  return permutation([], n, "none", "wrong-format");
}

function kindOf(text: string, ids: readonly number[], n: number, format: ReplyFormat): ReplyKind {
  if (format !== "json" && !CHAIN.test(text)) return "wrong-format";
  if (ids.length < n) return "missing";
  return ids.length > n || new Set(ids).size < ids.length ? "repetition" : "ok";
}

function permutation(ids: readonly number[], n: number, format: ReplyFormat, kind: ReplyKind): ParsedReply {
  const seen = new Set<number>();
  let [duplicates, outOfRange] = [0, 0];
  for (const id of ids) {
    if (id < 1 || id > n) outOfRange += 1;
    else if (seen.has(id - 1)) duplicates += 1;
    else seen.add(id - 1);
  }
  const named = seen.size;
  const order = [...seen];
  for (let i = 0; i < n; i += 1) if (!seen.has(i)) order.push(i);
  return {
    order,
    kind,
    format,
    repairs: { duplicates, missing: n - named, outOfRange },
    fallback: named === 0 && n > 0,
    identity: n > 1 && order.every((place, i) => place === i),
  };
}

const numbersOf = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);

function found(text: string, json: boolean): { readonly ids: readonly number[]; readonly format: ReplyFormat } {
  const listed = json ? jsonIds(text) : null;
  if (listed !== null) return { ids: listed, format: "json" };
  const chain = (text.match(/\[\d+\](?:\s*>\s*\[\d+\])+/g) ?? []).at(-1);
  if (chain !== undefined) return { ids: numbersOf(chain), format: "chain" };
  const bracketed = [...text.matchAll(/\[(\d+)\]/g)].map(([, id]) => Number(id));
  // `[3]` alone is also a list of one number: the same.
  if (bracketed.length > 0) return { ids: bracketed, format: "brackets" };
  const labels = [...text.matchAll(/\b(?:passage|document|doc)\s*#?:?\s*(\d+)/gi)].map(([, id]) => Number(id));
  if (labels.length > 0) return { ids: labels, format: "labels" };
  const lines = text.split("\n").map((line) => /^\s*\d+[.)]\s*(\d+)\s*$/.exec(line)?.[1]);
  if (lines.length > 1 && lines.every((id) => id !== undefined)) return { ids: lines.map(Number), format: "numbers" };
  if (/^[[({]?\s*\d+(?:\s*[>,;\s]\s*\d+)*\s*[\])}]?\.?$/.test(text)) return { ids: numbersOf(text), format: "numbers" };
  return { ids: [], format: "none" };
}

/** Whole numbers of a JSON array, or of the first array in an object; null where it is neither. */
function jsonIds(text: string): number[] | null {
  const fenced = /```(?:json)?\s*([\s\S]*?)```/.exec(text)?.[1] ?? text;
  try {
    const value: unknown = JSON.parse(fenced);
    const list = Array.isArray(value)
      ? (value as unknown[])
      : typeof value === "object" && value !== null
        ? Object.values(value).find((it): it is unknown[] => Array.isArray(it))
        : undefined;
    if (list === undefined) return null;
    return list.flatMap((it) => {
      const id = typeof it === "number" ? it : typeof it === "string" ? Number(/\d+/.exec(it)?.[0]) : Number.NaN;
      return Number.isSafeInteger(id) ? [id] : [];
    });
  } catch {
    return null;
  }
}

/** `[B] > [A]` as `[2] > [1]`; letters that stand alone too where no bracket is and the reply is not read strictly. */
function lettersAsNumbers(text: string, parser: "robust" | "compat"): string {
  const number = (letter: string): string => String(letter.charCodeAt(0) - 64);
  const bracketed = text.replaceAll(/\[([A-Z])\]/g, (_, letter: string) => `[${number(letter)}]`);
  if (bracketed !== text || parser === "compat" || !/^[A-Z](?:[\s>,]+[A-Z])*\.?$/.test(text)) return bracketed;
  return [...text.matchAll(/[A-Z]/g)].map(([letter]) => `[${number(letter)}]`).join(" > ");
}
