import type { Points } from "../model.ts";
import type { NamedHeading } from "./heading-lines.ts";
import type { Numbering } from "./numbering.ts";

/** A heading, before it has a level. */
export interface Found {
  /** Equal for headings that look alike. */
  readonly style: string;
  readonly size: Points;
  readonly numbering: Numbering | null;
  readonly named: NamedHeading | null;
}

const INNERMOST = 6;
/** Sizes closer than this are one rank. */
const SAME_SIZE = 0.96;

/**
 * A level for each, 1 to 6: what the file says, else the depth of its number, else that of its style's numbered
 * headings, else its rank by size below the larger ones.
 */
export function toLevels(found: readonly Found[]): number[] {
  const ranks = [...new Set(found.flatMap(({ numbering, named }) => (named || !numbering ? [] : [numbering.rank])))];
  const depths = new Map(ranks.toSorted((a, b) => a - b).map((rank, i) => [rank, i + 1]));
  const own = found.map(({ named, numbering }) => named?.level ?? (numbering && depths.get(numbering.rank)) ?? null);

  const byStyle = new Map<string, { size: Points; votes: Map<number, number> }>();
  for (const [i, { style, size }] of found.entries()) {
    const seen = byStyle.get(style) ?? { size, votes: new Map<number, number>() };
    byStyle.set(style, seen);
    const level = own[i];
    if (level) seen.votes.set(level, (seen.votes.get(level) ?? 0) + 1);
  }
  const levels = new Map<string, number>();
  const sized: { size: Points; level: number }[] = [];
  for (const [style, { size, votes }] of byStyle) {
    if (votes.size === 0) continue;
    const level = Array.from(votes).reduce((best, vote) => (vote[1] > best[1] ? vote : best))[0];
    levels.set(style, level);
    sized.push({ size, level });
  }
  // The rest, largest first: each below the innermost that is larger, beside one of its own size.
  const rest = Array.from(byStyle).filter(([style]) => !levels.has(style));
  for (const [style, { size }] of rest.toSorted((a, b) => b[1].size - a[1].size)) {
    const same = sized.find((other) => Math.min(size, other.size) >= SAME_SIZE * Math.max(size, other.size));
    const larger = sized.filter((other) => other.size > size).map(({ level }) => level);
    const level = same?.level ?? Math.min(INNERMOST, 1 + Math.max(0, ...larger));
    levels.set(style, level);
    sized.push({ size, level });
  }
  return found.map(({ style }, i) => Math.min(INNERMOST, own[i] ?? levels.get(style) ?? 1));
}
