import { count, plural } from "./numbers.ts";

export const SYNTHETIC_BIAS =
  "One passage counts as the answer even where another says the same, and the model borrows the passage's words: such questions are easier to find than those that people ask.";

/** Tokens around a passage in the prompt, and of a question. */
const PROMPT = 170;
const QUESTION = 25;

/** What writing costs, said before it begins. @param host null: the text stays in the browser */
export function synthesisCost(chunks: number, perChunk: number, passageTokens: number, host: string | null): string {
  const [sent, back] = [chunks * (passageTokens + PROMPT), chunks * perChunk * QUESTION];
  const where = host === null ? "Nothing leaves this browser" : `Sent to ${host}`;
  return `${where}: ${plural(chunks, "call")}, about ${count(sent)} tokens in and ${count(back)} out.`;
}
