"""Vocabulary, chunks, pairs, duplicates and ranking on small inputs whose answers are known."""

import sys
import unittest
from collections import Counter
from pathlib import Path
from random import Random

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

import chunks  # noqa: E402
import pair_rules  # noqa: E402
from combine_pairs import without_copies  # noqa: E402
from extend_vocabulary import gb2312_level_1  # noqa: E402
from ranking import bm25_scores, fuse, mean_reciprocal_rank  # noqa: E402
from train_vocabulary import learn  # noqa: E402


def slow_merges(counts: dict[str, int], merges: int) -> list[str]:
    """Byte-pair merges without a heap: counts all pairs again after each merge."""
    split = {w: [w[0], *("##" + c for c in w[1:])] for w in counts}
    made = []
    for _ in range(merges):
        pairs: Counter[tuple[str, str]] = Counter()
        for word, sequence in split.items():
            for pair in zip(sequence, sequence[1:]):
                pairs[pair] += counts[word]
        if not pairs:
            break
        best = min(pairs, key=lambda p: (-pairs[p], p))
        merged = best[0] + best[1][2:]
        made.append(merged)
        for word, sequence in split.items():
            out: list[str] = []
            while sequence:
                whole = tuple(sequence[:2]) == best
                out.append(merged if whole else sequence[0])
                sequence = sequence[2 if whole else 1 :]
            split[word] = out
    return list(dict.fromkeys(made))


class StepsTest(unittest.TestCase):
    def test_vocabulary_is_that_of_the_slow_learner(self) -> None:
        rng = Random(5)
        counts = {"".join(rng.choice("abc") for _ in range(rng.randint(1, 7))): rng.randint(3, 40) for _ in range(80)}
        start = 5 + len({"##" * (i > 0) + c for w in counts for i, c in enumerate(w)})
        self.assertEqual(learn(Counter(counts), start + 25)[start:], slow_merges(counts, 60)[:25])

    def test_gb2312_level_1_has_3755_characters(self) -> None:
        self.assertEqual(len(set(gb2312_level_1())), 3755)

    def test_chunks_lose_no_text_and_keep_their_size(self) -> None:
        rng = Random(3)
        text = [" ".join(rng.choice(["one", "two.", "three"]) for _ in range(rng.randint(1, 700))) for _ in range(30)]
        made = chunks.chunk_section(text, chunks.ENGLISH)
        self.assertLessEqual(max(map(len, made)), chunks.ENGLISH.longest)
        self.assertTrue("".join(" ".join(text).split()).startswith("".join(" ".join(made).split())))

    def test_definition_questions(self) -> None:
        rules = pair_rules.TextRules(pair_rules.ENGLISH, Random(0), {}, set())
        made = dict((k, q) for q, k in rules.queries("A vector index is a structure that finds the nearest neighbours."))
        self.assertEqual(made["defq"], "what is vector index")
        self.assertTrue(made["defr"].startswith("what is a structure that finds"))
        self.assertNotIn("defq", [k for _, k in rules.queries("This is not a definition of anything at all.")])

    def test_copies_go_with_their_queries(self) -> None:
        passages = np.array([[1, 2], [1, 4], [1, 2], [5, 6]], np.uint16)
        pairs = {
            "passages": passages,
            "passage_lengths": np.full(4, 2),
            "queries": np.arange(8, dtype=np.uint16).reshape(4, 2),
            "query_lengths": np.full(4, 2),
            "answers": np.array([3, 2, 1, 0]),
            "kinds": np.array(["a", "b", "c", "d"]),
        }
        kept = without_copies(pairs)
        self.assertEqual(kept["passages"].tolist(), [[1, 2], [1, 4], [5, 6]])
        self.assertEqual(kept["answers"].tolist(), [2, 1, 0])
        self.assertEqual(kept["kinds"].tolist(), ["a", "c", "d"])

    def test_ranking(self) -> None:
        scores = bm25_scores(["red fox"], ["a red fox", "a red door", "nothing here"])
        self.assertEqual(np.argsort(-scores[0]).tolist(), [0, 1, 2])
        self.assertEqual(mean_reciprocal_rank(np.array([[3.0, 2, 1], [3, 2, 1]]), [{1}, {0}]), 0.75)
        self.assertEqual(mean_reciprocal_rank(np.array([[3.0, 2, 1]]), [{2}], depth=2), 0.0)
        fused = fuse(np.array([[2.0, 1.0, 0.0]]), np.array([[2.0, 0.0, 1.0]]))
        np.testing.assert_allclose(fused[0], [2 / 61, 1 / 62 + 1 / 63, 1 / 63 + 1 / 62])


if __name__ == "__main__":
    unittest.main()
