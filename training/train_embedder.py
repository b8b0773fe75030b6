"""Step 5: trains the static embedder with an in-batch contrastive loss over the rule-made pairs.

Every other passage of the batch is a negative, in both directions (query to passage and back), with a learned temperature. Run it
twice: 512 dimensions for the embedder, 256 for the re-ranker's soft match.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from ranking import QuestionSet, mean_reciprocal_rank
from static_model import StaticEmbedder
from text import WordPiece

RATE = 6e-3
TEMPERATURE_RATE = 1e-2
FLOOR = 1e-5
FIRST_LOG_SCALE = 3.0
QUESTION_SET_TOKENS = 320

# How often each kind is drawn. Keywords and mutilated sentences are easy and plenty; questions are scarce.
KIND_WEIGHTS = {
    "kw": 0.7, "ict": 0.5, "cloze": 1.0, "head": 1.0, "thead": 0.7, "title": 1.0, "desc": 1.0,
    "gloss": 1.5, "glossdef": 1.0, "qa": 1.5, "defq": 1.5, "defr": 1.5,
    "zhkw": 1.0, "zhict": 1.0, "zhcloze": 1.5, "zhhead": 1.0, "zhthead": 0.8, "zhtitle": 1.0, "zhdesc": 1.0,
    "zhgloss": 1.5, "zhglossdef": 1.0, "zhqa": 1.5, "zhdefq": 1.0, "zhdefr": 1.0,
}  # fmt: skip
# Chinese is a twentieth of the corpus and a user's language as much as English is.
CHINESE_BOOST = 1.6


def draw_chances(kinds: np.ndarray) -> np.ndarray:
    """Cumulated chance of each pair to be drawn."""
    weights = np.array([KIND_WEIGHTS[k] * (CHINESE_BOOST if k.startswith("zh") else 1.0) for k in map(str, kinds)])
    return np.cumsum(weights / weights.sum())


def encode_all(model: StaticEmbedder, pieces: WordPiece, texts: list[str], batch: int = 256) -> np.ndarray:
    """Unit vectors of texts, in order."""
    out = []
    for start in range(0, len(texts), batch):
        encoded = [pieces.encode(t)[:QUESTION_SET_TOKENS] for t in texts[start : start + batch]]
        ids = torch.zeros(len(encoded), QUESTION_SET_TOKENS, dtype=torch.long)
        for row, tokens in enumerate(encoded):
            ids[row, : len(tokens)] = torch.tensor(tokens, dtype=torch.long)
        with torch.no_grad():
            out.append(model(ids).numpy())
    return np.concatenate(out)


def report(model: StaticEmbedder, pieces: WordPiece, sets: list[QuestionSet]) -> None:
    """Prints MRR@10 on each question set: the number to stop by, since the loss keeps falling long after."""
    for questions in sets:
        scores = encode_all(model, pieces, questions.queries) @ encode_all(model, pieces, questions.passages).T
        print(f"    {questions.name}: MRR@10 {mean_reciprocal_rank(scores, questions.relevant):.4f}", flush=True)


def train(args: argparse.Namespace) -> StaticEmbedder:
    """The whole run; the same arguments and thread count give the same model."""
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    pieces = WordPiece(args.vocabulary)
    sets = [QuestionSet.read(path) for path in args.questions]
    with np.load(args.pairs) as pairs:
        passages = torch.from_numpy(pairs["passages"].astype(np.int64))
        queries = torch.from_numpy(pairs["queries"].astype(np.int64))
        lengths, answers, chances = pairs["passage_lengths"], pairs["answers"], draw_chances(pairs["kinds"])
    model = StaticEmbedder(len(pieces), args.dimension)
    model.start_from_frequency(passages)
    log_scale = torch.nn.Parameter(torch.tensor(FIRST_LOG_SCALE))
    optimiser = torch.optim.Adam([{"params": model.parameters()}, {"params": [log_scale]}])
    started, losses = time.monotonic(), []
    for step in range(args.steps):
        for group, rate in zip(optimiser.param_groups, (args.rate, TEMPERATURE_RATE)):
            group["lr"] = rate * (1 - step / args.steps) + FLOOR
        drawn = np.searchsorted(chances, rng.random(args.batch)).clip(max=len(answers) - 1)
        # Two queries of one passage would be each other's false negatives.
        rows, first = np.unique(answers[drawn], return_index=True)
        query_vectors = model(queries[drawn[first]])
        passage_vectors = model(passages[rows][:, : int(lengths[rows].max())])
        scores = query_vectors @ passage_vectors.T * log_scale.exp()
        target = torch.arange(len(rows))
        loss = (F.cross_entropy(scores, target) + F.cross_entropy(scores.T, target)) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
        if (step + 1) % args.report_every == 0 or step + 1 == args.steps:
            print(f"step {step + 1} loss {np.mean(losses):.4f} after {time.monotonic() - started:.0f} s", flush=True)
            losses = []
            report(model, pieces, sets)
    return model


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True, help="npz of combine_pairs.py")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="state dict (.pt)")
    parser.add_argument("--dimension", type=int, default=512)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--questions", type=Path, nargs="*", default=[], help="question sets to report on")
    parser.add_argument("--report-every", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.save(train(args).state_dict(), args.out)


if __name__ == "__main__":
    main()
