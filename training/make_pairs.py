"""Step 3: chunks and rule-made (query, chunk) pairs of one language, as token ids in one npz.

Arrays: `passages` (n × 192, uint16, zero-padded), `passage_lengths`, `queries` (m × 48), `query_lengths`, `answers` (row of the
right passage for each query) and `kinds` (rule that made it, `zh` in front for Chinese).
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from pathlib import Path
from random import Random

import numpy as np

import chunks
import pair_rules
from corpus import LANGUAGES, read_documents
from text import WordPiece, words

PASSAGE_TOKENS = 192
QUERY_TOKENS = 48
# Words in more than this share of the chunks are no keywords.
COMMON_SHARE = 0.08

CHUNK_RULES = {"en": chunks.ENGLISH, "zh": chunks.CHINESE}
TEXT_RULES = {"en": pair_rules.ENGLISH, "zh": pair_rules.CHINESE}

Pair = tuple[str, int, str]  # query, passage row, kind


def from_structure(corpus: Path, language: str, limit: int | None, rng: Random) -> tuple[list[str], list[Pair], Counter[str]]:
    """All chunks, the pairs that follow from titles, headings, glossaries and exercises, and in how many chunks each word is."""
    passages: list[str] = []
    pairs: list[Pair] = []
    frequency: Counter[str] = Counter()
    for document in read_documents(corpus, language, limit):
        first = len(passages)
        for heading, texts in document["sections"]:
            for number, chunk in enumerate(chunks.chunk_section(texts, CHUNK_RULES[language])):
                row = len(passages)
                passages.append(chunk)
                frequency.update(set(words(chunk)))
                if number == 0:
                    pairs += [(q, row, kind) for q, kind in pair_rules.heading_queries(rng, heading, document["title"])]
        own = {row: passages[row] for row in range(first, len(passages))}
        if own and document.get("desc"):
            pairs.append((document["desc"], first, "desc"))
        lower = {row: text.lower() for row, text in own.items()}
        for term, meaning in document.get("glossary", []):
            row = next((r for r, text in lower.items() if term.lower() in text), None)
            if row is not None:
                pairs += [(q, row, kind) for q, kind in pair_rules.glossary_queries(rng, term, meaning)]
        for exercise, solution in document.get("qa", []):
            row = pair_rules.exercise_chunk(exercise, solution, own, frequency)
            if row is not None:
                pairs.append((exercise, row, "qa"))
    return passages, pairs, frequency


def from_text(passages: list[str], frequency: Counter[str], language: str, rng: Random) -> list[Pair]:
    """The pairs that follow from the text of each chunk."""
    total = len(passages)
    idf = {word: math.log(total / (1 + count)) for word, count in frequency.items()}
    common = {word for word, count in frequency.items() if count > total * COMMON_SHARE}
    rules = pair_rules.TextRules(TEXT_RULES[language], rng, idf, common)
    return [(query, row, kind) for row, chunk in enumerate(passages) for query, kind in rules.queries(chunk)]


def pack(pieces: WordPiece, texts: list[str], width: int) -> tuple[np.ndarray, np.ndarray]:
    """Token ids of each text, cut and zero-padded to `width`, and their lengths."""
    ids = np.zeros((len(texts), width), np.uint16)
    lengths = np.zeros(len(texts), np.int32)
    for row, text in enumerate(texts):
        encoded = pieces.encode(text)[:width]
        ids[row, : len(encoded)] = encoded
        lengths[row] = len(encoded)
    return ids, lengths


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--language", choices=LANGUAGES, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="documents per corpus file, for a trial run")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    rng = Random(args.seed)
    pieces = WordPiece(args.vocabulary)
    texts, pairs, frequency = from_structure(args.corpus, args.language, args.limit, rng)
    pairs += from_text(texts, frequency, args.language, rng)
    passages, passage_lengths = pack(pieces, texts, PASSAGE_TOKENS)
    queries, query_lengths = pack(pieces, [query for query, _, _ in pairs], QUERY_TOKENS)
    prefix = "zh" if args.language == "zh" else ""
    np.savez(
        args.out,
        passages=passages,
        passage_lengths=passage_lengths,
        queries=queries,
        query_lengths=query_lengths,
        answers=np.array([row for _, row, _ in pairs], np.int64),
        kinds=np.array([prefix + kind for _, _, kind in pairs]),
    )
    print(f"{len(texts):,} chunks of {passage_lengths.mean():.0f} tokens, {len(pairs):,} pairs")
    print(dict(Counter(kind for _, _, kind in pairs).most_common()))


if __name__ == "__main__":
    main()
