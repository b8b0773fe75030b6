"""The static embedder: one learned vector and one learned weight per token, no position, no context."""

from __future__ import annotations

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# A token in this many chunks starts with weight 1; log-weights start between these bounds.
NEUTRAL_FREQUENCY = 1000
WEIGHT_BOUNDS = (-4.0, 2.0)


class StaticEmbedder(nn.Module):
    """Weighted mean of token vectors, unit length. Token id 0 is padding."""

    def __init__(self, vocabulary: int, dimension: int) -> None:
        super().__init__()
        self.vectors = nn.Embedding(vocabulary, dimension, padding_idx=0)
        nn.init.normal_(self.vectors.weight, std=0.1)
        self.log_weights = nn.Parameter(torch.zeros(vocabulary))

    def start_from_frequency(self, passages: Tensor) -> None:
        """Sets the log-weights to half the negative log of each token's frequency in `passages` (ids, n × length)."""
        counts = torch.bincount(passages.flatten(), minlength=len(self.log_weights)).float()
        log_weights = -0.5 * (torch.log1p(counts) - math.log(NEUTRAL_FREQUENCY))
        self.log_weights.data = log_weights.clamp(*WEIGHT_BOUNDS)

    def forward(self, ids: Tensor) -> Tensor:
        """Ids (n × length) to unit vectors (n × dimension). The division by the number of tokens cancels out."""
        live = ids > 0
        lengths = live.sum(1)
        offsets = lengths.cumsum(0) - lengths
        tokens = ids[live]
        weights = self.log_weights[tokens].exp()
        total = F.embedding_bag(tokens, self.vectors.weight, offsets, mode="sum", per_sample_weights=weights)
        return F.normalize(total, dim=-1)

    def table(self) -> Tensor:
        """Vectors with their weights folded in: a plain mean of these rows points where `forward` does."""
        return (self.vectors.weight * self.log_weights.exp()[:, None]).detach()


def load_embedder(path: Path) -> StaticEmbedder:
    """An embedder from the file that `train_embedder.py` wrote."""
    state = torch.load(path, weights_only=True)
    model = StaticEmbedder(*state["vectors.weight"].shape)
    model.load_state_dict(state)
    return model.eval()
