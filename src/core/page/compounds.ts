import type { Vocabulary } from "./hyphen.ts";

/** In how many different words of a document something is a half of a compound, and in how many it is grown together. */
interface Uses {
  hyphenated: number;
  closed: number;
}

/** Shorter rests are endings: "high-er" says nothing of "high-dimensional". */
const SHORTEST = 4;
/** One compound may be a name; two are a habit. */
const FEWEST = 2;
/** What English sets before a hyphen whatever follows, and the words that only look so. */
const PREFIX = /^(?:self|well|non|half|quasi)$/i;
const NO_COMPOUND = /^(?:ness|less|ish|hood|etheless|sense|sensical|chalant|descript|entit|stop)/i;

const known = new WeakMap<Vocabulary, Compounds>();

/** Whether the document, or English, writes such words with a hyphen. Both halves without hyphens of their own. */
export function isCompound(head: string, tail: string, vocabulary: Vocabulary): boolean {
  // Nobody leaves one letter behind: "φ-nodes".
  if (/^\p{L}$/u.test(head)) return true;
  if (tail.length < SHORTEST) return false;
  if (PREFIX.test(head) && !NO_COMPOUND.test(tail)) return true;
  const compounds = known.get(vocabulary) ?? new Compounds(vocabulary);
  known.set(vocabulary, compounds);
  return compounds.usual(head.toLowerCase(), tail.toLowerCase());
}

/** Built once a document: the halves of its compounds, each held against its plain words. */
class Compounds {
  readonly #heads = new Map<string, Uses>();
  readonly #tails = new Map<string, Uses>();
  readonly #vocabulary: Vocabulary;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    const plain: string[] = [];
    for (const word of vocabulary.keys()) {
      const halves = word.split("-");
      if (halves.length === 1) plain.push(word);
      if (halves.length < 2) continue;
      count(this.#heads, halves[0] ?? "");
      count(this.#tails, halves.at(-1) ?? "");
    }
    for (const word of plain) {
      for (let at = 2; at <= word.length - 2; at += 1) {
        const head = word.length - at < SHORTEST ? undefined : this.#heads.get(word.slice(0, at));
        if (head !== undefined) head.closed += 1;
        const tail = this.#tails.get(word.slice(at));
        if (tail !== undefined) tail.closed += 1;
      }
    }
  }

  usual(head: string, tail: string): boolean {
    if (!this.#vocabulary.has(head)) return false;
    return isHabit(this.#heads.get(head)) || isHabit(this.#tails.get(tail));
  }
}

function count(halves: Map<string, Uses>, half: string): void {
  const uses = halves.get(half) ?? { hyphenated: 0, closed: 0 };
  uses.hyphenated += 1;
  halves.set(half, uses);
}

function isHabit(uses: Uses | undefined): boolean {
  return uses !== undefined && uses.hyphenated >= FEWEST && uses.hyphenated > uses.closed;
}
