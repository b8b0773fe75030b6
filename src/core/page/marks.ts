import type { Line } from "./line.ts";

/** What opens an item of a list. */
export const BULLET = /^[•‣▪▫■□●○◦◆◇►▶✓✔➢–—*-] /;
export const NUMBERED = /^(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\[\d{1,3}\]|\d+(?:\.\d+)+) /i;
const HAN_ITEM = /^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳])/;

export function opensItem(text: string): boolean {
  return BULLET.test(text) || NUMBERED.test(text) || HAN_ITEM.test(text);
}

const NUMBER = "(?:[A-Z]\\.?)?\\d{1,3}(?:[.-]\\d{1,3})*|[IVX]{1,5}";
const WORD =
  "figure|fig\\.?|table|tab\\.|listing|algorithm|chart|scheme|exhibit|abbildung|abb\\.|tabelle|tableau|figura|tabla|tabella|рис\\.|рисунок|таблица|그림|표|شكل|جدول";
/** `Figure 3: …`, `Table 1. …`, `FIG. 1 – …`, `图 2 …`. */
const LABEL = new RegExp(
  `^(?:(?:${WORD})\\s*(?:${NUMBER})|[图圖図表]\\s*(?:${NUMBER}|[一二三四五六七八九十]{1,3}))`,
  "iu",
);
const HAN_LABEL = /^[图圖図表]/;
const AFTER_LABEL = /^\s*[:：.．|–—-](?!\d)|^\s*$/;

/**
 * How sure it is that a line opens a caption. `certain`: a colon or dash follows the number. `likely`: a full stop, or
 * nothing but the title follows, as it may in running text ("… in / Figure 3. We").
 */
export function opensCaption(line: Line): "certain" | "likely" | "no" {
  const label = LABEL.exec(line.text)?.[0];
  if (label === undefined) return "no";
  const rest = line.text.slice(label.length);
  if (/^\s*[:：|–—]/.test(rest)) return "certain";
  if (AFTER_LABEL.test(rest) || (HAN_LABEL.test(label) && /^[\s\u3000]/.test(rest))) return "likely";
  return labelFont(line, label.length) ? "likely" : "no";
}

/** Whether the label stands in a font of its own. */
function labelFont(line: Line, length: number): boolean {
  const inside = line.runs.filter((placed) => placed.start < length);
  const after = line.runs.find((placed) => placed.start >= length);
  return after !== undefined && inside.every(({ run, end }) => run.font !== after.run.font && end <= length + 1);
}

/** Superscripts that open a footnote are smaller than its text by this. */
const RAISED = 0.85;
const SYMBOL = /^[*∗†‡§¶#①-⑳] ?\S/;
const GLUED = /^\d{1,3}(?=\p{Lu}|\p{Script=Han})/u;
const PLAIN = /^(?:\d{1,3}[.)]? |\[\d{1,3}\] )(?=[\p{L}"“‘«(])/u;

/** The mark that opens a footnote: `sure` by its form, `maybe` where a list or a table may begin so too. */
export function opensFootnote(line: Line): "sure" | "maybe" | "no" {
  const first = line.runs[0]?.run;
  const raised = first !== undefined && first.size < RAISED * line.size && /^[\d*∗†‡a-z]{1,3}$/.test(first.text.trim());
  if (raised || SYMBOL.test(line.text) || GLUED.test(line.text)) return "sure";
  return PLAIN.test(line.text) ? "maybe" : "no";
}
