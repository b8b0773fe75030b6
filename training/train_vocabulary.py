"""Step 1: learns the English WordPiece vocabulary by byte-pair merges over word counts.

Pairs of neighbouring pieces are merged most frequent first (Sennrich et al. 2016), with ties broken by the pair itself, so the
result depends on nothing but the corpus.
"""

from __future__ import annotations

import argparse
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from corpus import paragraphs, read_documents
from text import SPECIALS, words

RAREST = 3
LONGEST = 24

Pair = tuple[str, str]


def count_words(documents: Iterable[dict]) -> Counter[str]:
    """How often each word occurs in headings and paragraphs."""
    counts: Counter[str] = Counter()
    for document in documents:
        for heading, _ in document["sections"]:
            counts.update(words(heading))
        for paragraph in paragraphs(document):
            counts.update(words(paragraph))
    return counts


def merge(sequence: list[str], pair: Pair, merged: str) -> list[str]:
    """The sequence with every occurrence of the pair, left to right, replaced by the merged piece."""
    out: list[str] = []
    i = 0
    while i < len(sequence):
        if i + 1 < len(sequence) and (sequence[i], sequence[i + 1]) == pair:
            out.append(merged)
            i += 2
        else:
            out.append(sequence[i])
            i += 1
    return out


def learn(counts: Counter[str], size: int) -> list[str]:
    """A vocabulary of at most `size` pieces: specials, single characters, then merges by frequency.

    A heap entry is stale when its count is no longer the pair's count; it is then skipped instead of searched and removed.
    """
    kept = [(w, c) for w, c in counts.items() if c >= RAREST and len(w) <= LONGEST and w.isascii()]
    sequences = [[w[0], *("##" + letter for letter in w[1:])] for w, _ in kept]
    weights = [c for _, c in kept]
    pairs: Counter[Pair] = Counter()
    where: defaultdict[Pair, set[int]] = defaultdict(set)
    for i, sequence in enumerate(sequences):
        for pair in zip(sequence, sequence[1:]):
            pairs[pair] += weights[i]
            where[pair].add(i)
    heap = [(-count, pair) for pair, count in pairs.items()]
    heapq.heapify(heap)
    vocabulary = [*SPECIALS, *sorted({piece for sequence in sequences for piece in sequence})]
    seen = set(vocabulary)
    while len(vocabulary) < size and heap:
        count, best = heapq.heappop(heap)
        if pairs.get(best, 0) != -count:
            continue
        merged = best[0] + best[1].removeprefix("##")
        if merged not in seen:
            vocabulary.append(merged)
            seen.add(merged)
        changed: set[Pair] = set()
        for i in list(where[best]):
            for pair in zip(sequences[i], sequences[i][1:]):
                pairs[pair] -= weights[i]
                where[pair].discard(i)
                changed.add(pair)
            sequences[i] = merge(sequences[i], best, merged)
            for pair in zip(sequences[i], sequences[i][1:]):
                pairs[pair] += weights[i]
                where[pair].add(i)
                changed.add(pair)
        for pair in changed:
            if pairs[pair] > 0:
                heapq.heappush(heap, (-pairs[pair], pair))
            else:
                pairs.pop(pair, None)
    return vocabulary


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="vocabulary file, one piece a line")
    parser.add_argument("--size", type=int, default=12_000)
    parser.add_argument("--limit", type=int, help="documents per corpus file, for a trial run")
    args = parser.parse_args()
    counts = count_words(read_documents(args.corpus, "en", args.limit))
    vocabulary = learn(counts, args.size)
    args.out.write_text("\n".join(vocabulary), encoding="utf-8")
    print(f"{sum(counts.values()):,} words, {len(counts):,} different, {len(vocabulary):,} pieces")


if __name__ == "__main__":
    main()
