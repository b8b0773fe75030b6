"""Step 6: the re-ranker's weights, from a trained static embedder (vectors) and the pairs' passages (idf)."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from match_model import PAIR_WEIGHT, MatchReranker
from static_model import load_embedder

# Document frequencies are counted on every fourth chunk.
SAMPLING = 4
LOWEST_IDF = 0.05
LOWEST_BEFORE_LOG = 1e-3


def inverse_document_frequency(passages: np.ndarray, vocabulary: int) -> np.ndarray:
    """log(N / (df + 1)) per token id, at least 0.05 so that no token is worth nothing."""
    tokens = np.concatenate([np.unique(row) for row in passages[::SAMPLING]])
    frequency = np.bincount(tokens, minlength=vocabulary) * SAMPLING
    return np.log(len(passages) / (frequency + 1.0)).clip(LOWEST_IDF)


def build(embedder: Path, passages: np.ndarray, pair_weight: float) -> MatchReranker:
    """A re-ranker ready to export."""
    vectors = load_embedder(embedder).vectors.weight.detach()
    model = MatchReranker(*vectors.shape)
    model.vectors.weight.data = F.normalize(vectors, dim=-1)
    idf = torch.from_numpy(inverse_document_frequency(passages, len(vectors))).float()
    model.idf.data = idf.expm1().clamp(min=LOWEST_BEFORE_LOG).log()
    model.mix.data[3] = pair_weight
    return model


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embedder", type=Path, required=True, help="state dict of train_embedder.py, 256 dimensions")
    parser.add_argument("--pairs", type=Path, required=True, help="npz of combine_pairs.py")
    parser.add_argument("--out", type=Path, required=True, help="state dict (.pt)")
    parser.add_argument("--pair-weight", type=float, default=PAIR_WEIGHT)
    args = parser.parse_args()
    with np.load(args.pairs) as pairs:
        passages = pairs["passages"]
    model = build(args.embedder, passages, args.pair_weight)
    torch.save(model.state_dict(), args.out)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters")


if __name__ == "__main__":
    main()
