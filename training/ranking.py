"""Question sets, BM25, rank fusion and MRR in numpy: to measure models with, apart from the app's own implementation."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from text import words

K1, B = 1.2, 0.75
RRF_K = 60


@dataclass(frozen=True)
class QuestionSet:
    """Queries with the indices of the passages that answer them."""

    name: str
    passages: list[str]
    queries: list[str]
    relevant: list[set[int]]

    @staticmethod
    def read(path: Path) -> QuestionSet:
        """Reads `{"passages": [text, …], "queries": [{"text": …, "relevant": [passage index, …]}, …]}`."""
        data = json.loads(path.read_text(encoding="utf-8"))
        queries = data["queries"]
        return QuestionSet(
            name=path.stem,
            passages=data["passages"],
            queries=[q["text"] for q in queries],
            relevant=[set(q["relevant"]) for q in queries],
        )


def bm25_scores(queries: list[str], passages: list[str]) -> np.ndarray:
    """BM25 (Robertson and Zaragoza 2009) over words and single Chinese characters: queries × passages."""
    counts = [Counter(words(p)) for p in passages]
    lengths = np.array([sum(c.values()) for c in counts], np.float64)
    norm = K1 * (1 - B + B * lengths / max(lengths.mean(), 1.0))
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, count in enumerate(counts):
        for word, n in count.items():
            postings[word].append((row, n))
    scores = np.zeros((len(queries), len(passages)))
    for q, query in enumerate(queries):
        for word in set(words(query)):
            found = postings.get(word, [])
            idf = math.log(1 + (len(passages) - len(found) + 0.5) / (len(found) + 0.5))
            for row, n in found:
                scores[q, row] += idf * n * (K1 + 1) / (n + norm[row])
    return scores


def ranks(scores: np.ndarray) -> np.ndarray:
    """1-based rank of every passage per query; ties keep the passage order."""
    order = np.argsort(-scores, axis=1, kind="stable")
    out = np.empty_like(order)
    np.put_along_axis(out, order, np.arange(1, scores.shape[1] + 1)[None, :].repeat(len(scores), 0), axis=1)
    return out


def fuse(*rankings: np.ndarray) -> np.ndarray:
    """Reciprocal rank fusion (Cormack et al. 2009) of score matrices."""
    return sum(1.0 / (RRF_K + ranks(r)) for r in rankings)


def mean_reciprocal_rank(scores: np.ndarray, relevant: list[set[int]], depth: int = 10) -> float:
    """MRR: the mean of 1 / rank of the first relevant passage, 0 where none is in the first `depth`."""
    total = 0.0
    for row, wanted in zip(scores, relevant):
        top = np.argsort(-row, kind="stable")[:depth]
        total += next((1.0 / (i + 1) for i, p in enumerate(top) if int(p) in wanted), 0.0)
    return total / len(relevant)
