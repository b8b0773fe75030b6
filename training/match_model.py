"""The interaction re-ranker: every query token against every passage token, no transformer layer.

Three features, each from one question: how much of the query's idf is matched exactly, with BM25's saturation; how much of it in
ordered neighbours (the sequential dependence model of Metzler and Croft 2005); how close the nearest passage token of each query token is.
Nothing is learned here: token vectors come from the static embedder, idf from the corpus, the mixing weights were set by hand.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# [CLS], at most 62 query tokens, [SEP]: positions beyond are not read as query, which bounds the match matrix.
# The app sends at most 61.
QUERY_POSITIONS = 64
SPECIALS = 5
K1, B = 1.2, 0.75
# Passage length at which BM25's length normalisation is neutral, in tokens.
USUAL_LENGTH = 110.0
EPSILON = 1e-6

SUM_WEIGHT, SHARE_WEIGHT, SOFT_WEIGHT = 0.2, 4.0, 2.0
PAIR_WEIGHT = 0.15


class MatchReranker(nn.Module):
    """Scores (query, passage) pairs laid out as `[CLS] query [SEP] passage [SEP]` with token types 0 and 1.

    `vectors` is vocabulary × dimension; `idf` holds softplus⁻¹ of each token's idf, so that an optimiser could keep it positive.
    """

    def __init__(self, vocabulary: int, dimension: int) -> None:
        super().__init__()
        self.vectors = nn.Embedding(vocabulary, dimension, padding_idx=0)
        self.idf = nn.Parameter(torch.ones(vocabulary))
        self.mix = nn.Parameter(torch.tensor([SUM_WEIGHT, SHARE_WEIGHT, SOFT_WEIGHT, PAIR_WEIGHT]))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Three int64 tensors (batch × length) to logits (batch × 1)."""
        live = (input_ids >= SPECIALS).float() * attention_mask
        in_query = ((token_type_ids == 0).float() * live)[:, :QUERY_POSITIONS]
        in_passage = (token_type_ids == 1).float() * live
        asked = input_ids[:, :QUERY_POSITIONS]
        both = in_query.unsqueeze(2) * in_passage.unsqueeze(1)
        exact = (asked.unsqueeze(2) == input_ids.unsqueeze(1)).float() * both
        vectors = self.vectors(input_ids)
        units = vectors / (vectors.norm(dim=-1, keepdim=True) + EPSILON)
        soft = (units[:, :QUERY_POSITIONS] @ units.transpose(1, 2)) * both

        weight = F.softplus(self.idf[asked]) * in_query
        passage_length = in_passage.sum(1, keepdim=True)
        single = weight * saturate(exact.sum(2), passage_length)
        neighbours = exact[:, :-1, :-1] * exact[:, 1:, 1:]
        pair_weight = (weight[:, :-1] * weight[:, 1:]).sqrt()
        pairs = pair_weight * saturate(neighbours.sum(2), passage_length)

        total = weight.sum(1) + 1e-3
        matched = single.sum(1) + self.mix[3] * pairs.sum(1)
        nearest = (weight * soft.amax(2)).sum(1) / total
        logit = self.mix[0] * matched / total.sqrt() + self.mix[1] * matched / total + self.mix[2] * nearest
        return logit.unsqueeze(-1)


def saturate(count: Tensor, passage_length: Tensor) -> Tensor:
    """BM25's term frequency: from 0 towards K1 + 1, slower in long passages."""
    return count * (K1 + 1) / (count + K1 * (1 - B + B * passage_length / USUAL_LENGTH))
