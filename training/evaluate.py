"""Step 9: MRR@10 of the exported folders on question sets, before and after re-ranking the top of each first stage.

What runs is the exported ONNX with the exported tokenizer, not the PyTorch model.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from export_reranker import QUERY_TOKENS
from hub_folder import QUANTISED, embed, open_session, pair_inputs
from ranking import QuestionSet, bm25_scores, fuse, mean_reciprocal_rank


class Folder:
    """A model folder: its tokenizer and a session of its q8 file."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.session = open_session(folder / QUANTISED)


def dense_scores(model: Folder, questions: QuestionSet) -> np.ndarray:
    """Cosines, queries × passages."""
    passages = np.stack([embed(model.session, model.tokenizer, p) for p in questions.passages])
    queries = np.stack([embed(model.session, model.tokenizer, q) for q in questions.queries])
    return queries @ passages.T


def rerank(model: Folder, questions: QuestionSet, scores: np.ndarray, pool: int) -> np.ndarray:
    """The re-ranker's logits for the top `pool` of each query; every other passage is out of the list."""
    out = np.full_like(scores, -np.inf)
    for row, query in enumerate(questions.queries):
        top = np.argsort(-scores[row], kind="stable")[:pool]
        inputs = pair_inputs(model.tokenizer, [(query, questions.passages[p]) for p in top], QUERY_TOKENS)
        out[row, top] = model.session.run(None, inputs)[0][:, 0]
    return out


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embedder", type=Path, required=True, help="model folder")
    parser.add_argument("--reranker", type=Path, required=True, help="model folder")
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--pool", type=int, default=20)
    args = parser.parse_args()
    embedder, reranker = Folder(args.embedder), Folder(args.reranker)
    for path in args.questions:
        questions = QuestionSet.read(path)
        keyword, dense = bm25_scores(questions.queries, questions.passages), dense_scores(embedder, questions)
        print(f"{questions.name}: {len(questions.queries)} queries, {len(questions.passages)} passages")
        for name, scores in {"bm25": keyword, "dense": dense, "fused": fuse(keyword, dense)}.items():
            before = mean_reciprocal_rank(scores, questions.relevant)
            after = mean_reciprocal_rank(rerank(reranker, questions, scores, args.pool), questions.relevant)
            print(f"  {name:6} {before:.3f} -> {after:.3f}")


if __name__ == "__main__":
    main()
