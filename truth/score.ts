/** How well a reading keeps a text whose letters are known. Pure; used by tests and by the bench. */

/** What is compared: words, or characters where the script puts no spaces between words. */
export type Unit = "word" | "character";

export interface Truth {
  /** In reading order, headings and table rows among them. */
  readonly sentences: readonly string[];
  readonly unit: Unit;
}

export interface Score {
  /** 2·LCS / (a + b) over the units of truth and reading, 0 to 1. */
  readonly order: number;
  /** Share of the truth's sentences found whole, white space collapsed, 0 to 1. */
  readonly sentences: number;
  readonly missing: readonly string[];
}

/** A file of `texts/`: one sentence a line, `#` before headings, cells of a table row between `|`. */
export function toTruth(source: string, unit: Unit): Truth {
  const lines = source.split("\n").map((line) => collapse(line.replace(/^#+ /, "").replaceAll("|", " ")));
  return { sentences: lines.filter((line) => line !== ""), unit };
}

export function score({ sentences, unit }: Truth, reading: string): Score {
  const flat = collapse(reading);
  const missing = sentences.filter((sentence) => !flat.includes(collapse(sentence)));
  const one = unitsOf(sentences.join(" "), unit);
  const other = unitsOf(reading, unit);
  const total = one.length + other.length;
  return {
    order: total === 0 ? 1 : (2 * longestCommon(one, other)) / total,
    sentences: sentences.length === 0 ? 1 : (sentences.length - missing.length) / sentences.length,
    missing,
  };
}

/** 2·(common words, each as often as in both) / all words: agreement without order, 0 to 1. */
export function bagF1(one: string, other: string): number {
  const [a, b] = [unitsOf(one, "word"), unitsOf(other, "word")];
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count > 0) common += 1;
    left.set(word, count - 1);
  }
  return a.length + b.length === 0 ? 1 : (2 * common) / (a.length + b.length);
}

function collapse(text: string): string {
  return text.normalize("NFKC").replaceAll(/\s+/g, " ").trim();
}

function unitsOf(text: string, unit: Unit): string[] {
  const flat = collapse(text);
  if (flat === "") return [];
  return unit === "word" ? flat.split(" ") : Array.from(flat.replaceAll(" ", ""));
}

/**
 * Length of the longest common subsequence, by Hunt and Szymanski: O(matches · log n) time, O(n + alphabet) memory. The
 * ends of the best chains, one per length, are kept ascending; each match extends the longest chain that ends before it.
 */
export function longestCommon(one: readonly string[], other: readonly string[]): number {
  const places = new Map<string, number[]>();
  for (const [at, unit] of other.entries()) {
    const list = places.get(unit);
    if (list) list.push(at);
    else places.set(unit, [at]);
  }
  const ends: number[] = [];
  for (const unit of one) {
    // From the back: two matches of one unit cannot stand in the same chain.
    const list = places.get(unit) ?? [];
    for (let i = list.length - 1; i >= 0; i -= 1) {
      const at = list[i]!;
      let low = 0;
      let high = ends.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (ends[middle]! < at) low = middle + 1;
        else high = middle;
      }
      ends[low] = at;
    }
  }
  return ends.length;
}
