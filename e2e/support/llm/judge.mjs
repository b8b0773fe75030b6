/**
 * How good a passage is for a query: the number behind the word "truth" where the text has one, else the number of the
 * query's words that it holds; and a fraction made of its text, so that no two are alike.
 */
export function relevance(query, text) {
  const truth = /\btruth (\d+(?:\.\d+)?)\b/.exec(text)?.[1];
  const tie = hash(text) / 2 ** 32 / 1000;
  if (truth !== undefined) return Number(truth) + tie;
  const words = new Set(query.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
  const held = text.toLowerCase();
  return [...words].filter((word) => held.includes(word)).length + tie;
}

/** FNV-1a, 32 bits: the same text gives the same number on every machine. */
export function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

const userText = (messages) =>
  messages
    .filter(({ role }) => role === "user")
    .map(({ content }) => content)
    .join("\n");

const queryOf = (text) => /^(?:Search Query|Query|Question): (.*)$/m.exec(text)?.[1] ?? "";

/** What a prompt shows, best first: passages with their labels. */
export function shownIn(messages) {
  const text = userText(messages);
  const query = queryOf(text);
  return [...text.matchAll(/^(?:\[(\w+)\]|Passage( [A-Z])?:) (.*)$/gm)]
    .map(([, id, letter, passage]) => ({
      label: id ?? letter?.trim() ?? "",
      passage,
      worth: relevance(query, passage),
    }))
    .toSorted((a, b) => b.worth - a.worth);
}

/** What kind of a question a prompt is. */
export function kindOf(messages) {
  const last = messages.at(-1)?.content ?? "";
  if (last.includes("two passages")) return "pair";
  if (last.includes("letter of the most relevant passage")) return "set";
  if (last.includes("yes or no only")) return "yes-no";
  if (last.includes("from 0 to 10")) return "relevance";
  if (/Rank the \d+ passages/.test(last)) return "ranking";
  if (/^-{5,}$/m.test(last)) return "questions";
  return "answer";
}

/** A judge that is never wrong. */
export function perfect(messages, model) {
  const shown = shownIn(messages);
  const [best] = shown;
  switch (kindOf(messages)) {
    case "ranking":
      return shown.map(({ label }) => `[${label}]`).join(" > ");
    case "pair":
      return `Passage ${best.label}`;
    case "set":
      return best.label;
    case "yes-no":
      return best.worth >= 1 ? "yes" : "no";
    case "relevance":
      return String(Math.max(0, Math.min(10, Math.round(best.worth))));
    case "questions":
      return questions(messages);
    default:
      return answer(messages, model);
  }
}

function questions(messages) {
  const last = messages.at(-1).content;
  const [, context = ""] = /^-{5,}\n([\s\S]*?)\n-{5,}$/m.exec(last) ?? [];
  const count = Number(/(\d+) (?:different )?questions?/i.exec(last)?.[1] ?? 2);
  const words = context.match(/\p{L}{4,}/gu) ?? [];
  const lines = Array.from(
    { length: count },
    (_, i) => `${i + 1}. What is said of ${words.slice(3 * i, 3 * i + 4).join(" ")}?`,
  );
  return `Here are ${count} questions:\n${lines.join("\n")}`;
}

/** The first sentences of the two best passages, each cited; `citing-wrong` cites one more that nobody showed. */
function answer(messages, model) {
  const shown = shownIn(messages)
    .filter(({ label }) => /^\d+$/.test(label))
    .slice(0, 2);
  const said = shown.map(({ label, passage }) => `${/^.*?[.!?](?=\s|$)/.exec(passage)?.[0] ?? passage} [${label}]`);
  if (said.length === 0) return "ready";
  return [...said, ...(model === "citing-wrong" ? ["This is said elsewhere. [99]"] : [])].join(" ");
}

/** The likeliest tokens of a reply's first word, in OpenAI's form. */
export function chances(messages, count) {
  const shown = shownIn(messages);
  const list =
    kindOf(messages) === "yes-no"
      ? yesNo(shown[0]?.worth ?? 0)
      : shown.map(({ label }, i) => ({ token: label, logprob: -0.5 * (i + 1) }));
  return list.toSorted((a, b) => b.logprob - a.logprob).slice(0, count);
}

function yesNo(worth) {
  const logit = worth - 1;
  return [
    { token: "yes", logprob: -Math.log1p(Math.exp(-logit)) },
    { token: "no", logprob: -Math.log1p(Math.exp(logit)) },
  ];
}
