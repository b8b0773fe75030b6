import type { Cancel } from "../base/errors.ts";
import type { CharOffset, TokenCount } from "../model.ts";
import { atomsOf } from "./atoms.ts";
import type { AtomLimits } from "./atoms.ts";
import type { TokenCounter } from "./token-counter.ts";
import { NOT_FIRST } from "./units.ts";
import type { EndQuality, Unit } from "./units.ts";

export interface Span {
  readonly start: CharOffset;
  readonly end: CharOffset;
  readonly tokens: TokenCount;
}

export interface PackSizes {
  /** What a chunk aims at. */
  readonly size: TokenCount;
  /** What it may hold at most; not below `size`. */
  readonly cap: TokenCount;
  /** At most half of `size`. */
  readonly overlap: TokenCount;
}

/** Where a chunk begins: at a unit, or inside the unit `unit` when only a part of it is repeated. */
interface Lead {
  readonly start: CharOffset;
  readonly unit: number;
  readonly tokens: TokenCount;
}

/**
 * What an end costs, as a share of the target size, beside the tokens it leaves unused:
 * a paragraph end is worth giving up a half of a chunk against a cut sentence, a quarter against a sentence end.
 * Nothing is worth a heading that stands at the end, away from its text.
 */
const END_COST: Readonly<Record<EndQuality, number>> = { paragraph: 0, sentence: 1 / 4, inside: 1 / 2, heading: 2 };
/** For the last two chunks equal halves matter more than where exactly. */
const BALANCE_COST: Readonly<Record<EndQuality, number>> = {
  paragraph: 0,
  sentence: 1 / 16,
  inside: 1 / 8,
  heading: 2,
};
/** A last chunk with less new text than this share of the size is a tail to be balanced away. */
const TINY_TAIL = 1 / 4;

/** Packs the units of one section into chunks, each with the end of the chunk before in front (rules C1, C3, C4, C7). */
export class Packer {
  readonly #text: string;
  readonly #units: readonly Unit[];
  readonly #sizes: PackSizes;
  readonly #counter: TokenCounter;
  readonly #limits: AtomLimits;
  /** Tokens of all units before unit i. */
  readonly #before: Float64Array;

  constructor(text: string, units: readonly Unit[], sizes: PackSizes, counter: TokenCounter, limits: AtomLimits) {
    this.#text = text;
    this.#units = units;
    this.#sizes = sizes;
    this.#counter = counter;
    this.#limits = limits;
    this.#before = new Float64Array(units.length + 1);
    for (const [i, unit] of units.entries()) this.#before[i + 1] = this.#before[i]! + unit.tokens;
  }

  pack(cancel: Cancel | undefined): Span[] {
    const { cap } = this.#sizes;
    const spans: Span[] = [];
    for (let next = 0; next < this.#units.length;) {
      cancel?.throwIfAborted();
      const bare: Lead = { start: this.#units[next]!.start, unit: next, tokens: 0 };
      const previous = spans.at(-1);
      let lead = previous === undefined ? bare : (this.#overlap(next, previous.start) ?? bare);
      let last = this.#furthest(lead, next);
      if (last < next) {
        lead = bare;
        last = Math.max(next, this.#furthest(lead, next));
      }
      last = this.#bestEnd(lead, next, last);
      let tokens = this.#tokens(lead, next, last);
      for (; tokens > cap && last > next; tokens = this.#tokens(lead, next, last)) last--;
      if (tokens > cap) tokens = this.#tokens((lead = bare), next, last);
      spans.push({ start: lead.start, end: this.#units[last]!.end, tokens });
      next = last + 1;
    }
    return spans;
  }

  /** Whole units where one fits; else, inside a paragraph, the end of the unit before, from a clause or at least a word. */
  #overlap(next: number, previousStart: CharOffset): Lead | undefined {
    const { overlap } = this.#sizes;
    // What stands before a heading does not lead into it.
    if (this.#units[next]!.opens > 0) return undefined;
    let unit = next;
    let tokens = 0;
    for (let i = next - 1; i >= 0; i--) {
      const { start, tokens: more } = this.#units[i]!;
      if (tokens + more > overlap || start <= previousStart) break;
      tokens += more;
      unit = i;
    }
    if (unit < next) return { start: this.#units[unit]!.start, unit, tokens };

    const { start, end, endQuality } = this.#units[next - 1]!;
    if (endQuality === "paragraph" || endQuality === "heading") return undefined;
    let lead: Lead | undefined;
    for (const atom of atomsOf(this.#text, start, end, this.#counter, this.#limits).toReversed()) {
      if (tokens + atom.tokens > overlap || atom.start <= previousStart) break;
      tokens += atom.tokens;
      if (NOT_FIRST.test(this.#text.slice(atom.start, atom.start + 1))) continue;
      const afterClause = /[,;:，、；：]\s?$/.test(this.#text.slice(atom.start - 2, atom.start));
      if (afterClause && 2 * tokens >= overlap) return { start: atom.start, unit: next - 1, tokens };
      lead = { start: atom.start, unit: next - 1, tokens };
    }
    return lead;
  }

  /** The last unit that fits behind the lead; below `next` where none does. */
  #furthest(lead: Lead, next: number): number {
    let last = next - 1;
    for (let unit = this.#units[last + 1]; unit !== undefined; unit = this.#units[last + 1]) {
      if (this.#sum(lead, next, last + 1) > this.#sizes.cap) break;
      if (unit.end - lead.start > 2 * this.#limits.chars) break;
      last++;
    }
    return last;
  }

  /** The cheapest end from `next` to `furthest`: near full, and a good place; near half where a tiny tail would remain. */
  #bestEnd(lead: Lead, next: number, furthest: number): number {
    const { size } = this.#sizes;
    const end = this.#units.length - 1;
    if (furthest === end) return end;
    const tiny = this.#before[end + 1]! - this.#before[furthest + 1]! < size * TINY_TAIL;
    const target = tiny ? this.#sum(lead, next, end) / 2 : size;
    const cost = tiny ? BALANCE_COST : END_COST;
    let best = furthest;
    let least = Infinity;
    for (let i = furthest; i >= next; i--) {
      const price = Math.abs(this.#sum(lead, next, i) - target) + cost[this.#units[i]!.endQuality] * size;
      if (price < least) {
        least = price;
        best = i;
      }
    }
    return best;
  }

  #sum(lead: Lead, next: number, last: number): TokenCount {
    return lead.tokens + this.#before[last + 1]! - this.#before[next]!;
  }

  /** Exact: where parts of one word meet inside, the text is counted anew, word by word. */
  #tokens(lead: Lead, next: number, last: number): TokenCount {
    for (let i = lead.unit + 1; i <= last; i++) {
      if (this.#units[i]!.glued) return this.#counter.measure(this.#text, lead.start, this.#units[last]!.end);
    }
    return this.#sum(lead, next, last);
  }
}
