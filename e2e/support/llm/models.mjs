import { hash, kindOf, perfect, shownIn } from "./judge.mjs";

/** What each model says to a prompt; those that fail on the way there are in `faults.mjs`. */
export const REPLIES = {
  perfect,
  "citing-wrong": perfect,
  slow: perfect,
  "no-logprobs": perfect,
  "no-schema": perfect,
  noisy,
  identity: (messages) => ranking(messages, (labels) => labels.toSorted(byLabel)),
  "nasty-prose": (messages) => ranking(messages, (labels) => labels, "Here are the 3 passages ranked: "),
  "nasty-numbered": (messages) =>
    labelsOf(messages)
      .map((label, i) => `${i + 1}. [${label}]`)
      .join("\n"),
  "nasty-duplicates": (messages) => ranking(messages, (labels) => labels.flatMap((label) => [label, label])),
  "nasty-missing": (messages) => ranking(messages, (labels) => labels.slice(0, 1)),
  "nasty-range": (messages) => ranking(messages, (labels) => ["0", "99", ...labels]),
  "nasty-think": (messages) => `<think>First [1] > [2], but ${perfect(messages)}`,
  "nasty-empty": () => "",
};

const MIXED = [
  "nasty-prose",
  "nasty-duplicates",
  "nasty-missing",
  "nasty-range",
  "nasty-think",
  "nasty-empty",
  "nasty-numbered",
];
REPLIES["nasty-mixed"] = (messages) => REPLIES[MIXED[hash(JSON.stringify(messages)) % MIXED.length]](messages);

const labelsOf = (messages) => shownIn(messages).map(({ label }) => label);

function byLabel(a, b) {
  return a.length - b.length || (a < b ? -1 : 1);
}

function ranking(messages, change, before = "") {
  if (kindOf(messages) !== "ranking") return before + perfect(messages);
  return (
    before +
    change(labelsOf(messages))
      .map((label) => `[${label}]`)
      .join(" > ")
  );
}

/** Every fifth pair of neighbours changes places, by a hash of the prompt: noise that is the same on every run. */
function noisy(messages) {
  const seed = hash(JSON.stringify(messages));
  return ranking(messages, (labels) => {
    const result = [...labels];
    for (let i = 0; i + 1 < result.length; i += 1) {
      if (hash(`${seed} ${i}`) % 5 === 0) [result[i], result[i + 1]] = [result[i + 1], result[i]];
    }
    return result;
  });
}
