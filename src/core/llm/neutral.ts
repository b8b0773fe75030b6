/*
 * What a document or a question must not do to a prompt (rule A2): open or close a block, pass for a passage's number, or
 * be taken by a server's tokenizer for the mark of a turn (`<|im_start|>`, `[INST]`, `</s>`), which is done on the whole
 * prompt.
 */

/** Direction overrides, invisible spaces and joiners, tags (hidden ASCII) and control characters; joiners that letters need stay. */
const HIDDEN =
  /(?![\t\n])\p{Cc}|[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const LINE_END = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
/** Opens a tag or a special token; `a < b` does not. */
const TAG = /[<＜](?=[<＜/|｜!?]|[\p{L}\p{M}\u200c\u200d])/gu;
const TOKEN_END = /(?<=[|｜])[>＞]/g;
const NUMBER = /[[［【〔](\s{0,3}\p{Nd}[^[\]［］【】〔〕\n]{0,80})[\]］】〕]/gu;
/** Whatever opens with a number in a way that NUMBER does not see. */
const NUMBER_OPEN = /[[［【〔](?=\s*\p{Nd})/gu;
const TURN = /\[(\/?[A-Z_]{3,30})\]/g;

export function neutral(text: string): string {
  return text
    .replaceAll(/\p{Cs}/gu, "\ufffd")
    .replaceAll(LINE_END, "\n")
    .replaceAll(HIDDEN, "")
    .replaceAll(TAG, "‹")
    .replaceAll(TOKEN_END, "›")
    .replaceAll(TURN, "($1)")
    .replaceAll(NUMBER, "($1)")
    .replaceAll(NUMBER_OPEN, "(");
}

/** As one line. */
export function neutralLine(text: string): string {
  return neutral(text).replaceAll(/\s+/g, " ").trim();
}

/** Lines without blank ones between. */
export function neutralLines(text: string): string[] {
  return neutral(text)
    .split("\n")
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .filter((line) => line !== "");
}
