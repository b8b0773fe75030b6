"""The models of this folder against the shipped files and against slow oracles."""

import json
import math
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

import export_embedder  # noqa: E402
import export_reranker  # noqa: E402
from compare_folders import contract  # noqa: E402
from hub_folder import QUANTISED, pair_inputs  # noqa: E402
from match_model import B, K1, USUAL_LENGTH, MatchReranker  # noqa: E402
from static_model import StaticEmbedder  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

MODELS = TRAINING.parent / "public/models"
EMBEDDER = MODELS / "second-look-embed-static-v0"
RERANKER = MODELS / "second-look-rerank-match-v0"


def constants(folder: Path) -> dict[str, np.ndarray]:
    graph = onnx.load(str(folder / QUANTISED)).graph
    return {i.name: numpy_helper.to_array(i) for i in graph.initializer}


def golden(folder: Path) -> list[dict]:
    return json.loads((folder / "golden.json").read_text(encoding="utf-8"))


def pieces(folder: Path) -> list[str]:
    ids = Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab()
    return sorted(ids, key=ids.get)


def shipped_reranker() -> MatchReranker:
    """The shipped q8 weights, made floats again, in the model of this folder."""
    found = constants(RERANKER)

    def floats(name: str) -> torch.Tensor:
        levels = found[f"{name}_quantized"].astype(np.float32) - float(found[f"{name}_zero_point"])
        return torch.from_numpy(levels * found[f"{name}_scale"])

    vectors = floats("m.e.weight")
    model = MatchReranker(*vectors.shape)
    model.vectors.weight.data = vectors
    model.idf.data = floats("m.idf")
    return model.eval()


def slow_logit(model: MatchReranker, query: list[int], passage: list[int]) -> float:
    """The definition, one token at a time."""
    idf = [math.log1p(math.exp(float(model.idf[t]))) for t in query]
    unit = torch.nn.functional.normalize(model.vectors.weight.detach(), dim=-1)

    def saturate(n: float) -> float:
        return n * (K1 + 1) / (n + K1 * (1 - B + B * len(passage) / USUAL_LENGTH))

    exact = sum(w * saturate(passage.count(t)) for t, w in zip(query, idf))
    following = list(zip(passage, passage[1:]))
    ordered = sum(
        math.sqrt(idf[i] * idf[i + 1]) * saturate(following.count((query[i], query[i + 1])))
        for i in range(len(query) - 1)
    )
    soft = sum(w * max(0.0, max(float(unit[t] @ unit[p]) for p in passage)) for t, w in zip(query, idf))
    matched, total = exact + 0.15 * ordered, sum(idf) + 1e-3
    return 0.2 * matched / math.sqrt(total) + 4 * matched / total + 2 * soft / total


class EmbedderTest(unittest.TestCase):
    def test_shipped_table_through_this_export_gives_the_shipped_folder(self) -> None:
        found = constants(EMBEDDER)
        table = found["table"].astype(np.float32) * found["scale"][:, None]
        with tempfile.TemporaryDirectory() as out:
            folder = Path(out)
            export_embedder.export(table, pieces(EMBEDDER), folder)
            self.assertEqual(contract(folder), contract(EMBEDDER))
            np.testing.assert_array_equal(constants(folder)["table"], found["table"])
            for new, old in zip(golden(folder), golden(EMBEDDER), strict=True):
                self.assertEqual(new["text"], old["text"])
                np.testing.assert_allclose(new["first8"], old["first8"], atol=2e-6)
                self.assertAlmostEqual(new["norm_sum"], old["norm_sum"], delta=2e-5)

    def test_mean_of_the_table_points_where_the_trained_model_does(self) -> None:
        torch.manual_seed(1)
        model = StaticEmbedder(50, 8)
        model.log_weights.data = torch.randn(50)
        ids = torch.tensor([[3, 9, 9, 40, 0, 0], [7, 0, 0, 0, 0, 0], [5, 6, 7, 8, 9, 10]])
        with torch.no_grad():
            for row, vector in zip(ids, model(ids)):
                mean = model.table()[row[row > 0]].mean(0)
                torch.testing.assert_close(mean / mean.norm(), vector, atol=1e-6, rtol=1e-5)


class RerankerTest(unittest.TestCase):
    def test_shipped_weights_in_this_model_give_the_shipped_logits(self) -> None:
        model, tokenizer = shipped_reranker(), Tokenizer.from_file(str(RERANKER / "tokenizer.json"))
        pairs = [(g["query"], g["passage"]) for g in golden(RERANKER)]
        batch = pair_inputs(tokenizer, pairs, export_reranker.QUERY_TOKENS)
        with torch.no_grad():
            logits = model(*(torch.from_numpy(batch[name]) for name in export_reranker.INPUTS))[:, 0]
        np.testing.assert_allclose(logits.numpy(), [g["q8"] for g in golden(RERANKER)], atol=5e-5)

    def test_model_is_its_definition(self) -> None:
        torch.manual_seed(2)
        rng = np.random.default_rng(2)
        model = MatchReranker(30, 8)
        model.idf.data = torch.randn(30)
        for _ in range(100):
            query = rng.integers(5, 30, rng.integers(1, 12)).tolist()
            passage = rng.integers(5, 30, rng.integers(1, 60)).tolist()
            # Padding must change nothing.
            padding = int(rng.integers(0, 9))
            ids = torch.tensor([[2, *query, 3, *passage, 3] + [0] * padding])
            types = torch.tensor([[0] * (len(query) + 2) + [1] * (len(passage) + 1) + [0] * padding])
            mask = (torch.arange(ids.shape[1]) < ids.shape[1] - padding).long()[None]
            with torch.no_grad():
                logit = float(model(ids, mask, types))
            self.assertAlmostEqual(logit, slow_logit(model, query, passage), delta=2e-4)

    def test_export_has_the_shipped_contract_and_the_models_logits(self) -> None:
        model, tokenizer = shipped_reranker(), Tokenizer.from_file(str(RERANKER / "tokenizer.json"))
        with tempfile.TemporaryDirectory() as out:
            folder = Path(out)
            export_reranker.export(model, pieces(RERANKER), folder)
            self.assertEqual(contract(folder), contract(RERANKER))
            for new, old in zip(golden(folder), golden(RERANKER), strict=True):
                self.assertAlmostEqual(new["fp32"], old["q8"], delta=5e-5)
                self.assertAlmostEqual(new["q8"], old["q8"], delta=0.02)
            # Other shapes than the one it was traced with: a long query, a full-length pair.
            long = pair_inputs(tokenizer, [("what is a map " * 40, "a map of the town " * 200)], 61)
            self.assertEqual(long["input_ids"].shape, (1, 512))
            with torch.no_grad():
                expected = float(model(*(torch.from_numpy(long[name]) for name in export_reranker.INPUTS)))
            session = export_reranker.open_session(folder / "onnx/model.onnx")
            self.assertAlmostEqual(float(session.run(None, long)[0][0, 0]), expected, delta=1e-3)


if __name__ == "__main__":
    unittest.main()
