"""Step 8: exports the re-ranker as a transformers.js folder, fp32 and q8, with golden values."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from hub_folder import (
    FULL, NEAR_EN, OPSET, QUANTISED, QUERY_EN, QUERY_ZH, RELATED_EN, RELATED_ZH, UNRELATED_EN, UNRELATED_ZH,
    bert_config, open_session, pair_inputs, write_json, write_tokenizer,
)  # fmt: skip
from match_model import MatchReranker

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
QUERY_TOKENS = 61
GOLDEN = [
    (QUERY_EN, RELATED_EN),
    (QUERY_EN, UNRELATED_EN),
    (QUERY_EN, NEAR_EN),
    (QUERY_ZH, RELATED_ZH),
    (QUERY_ZH, UNRELATED_ZH),
]


def load_reranker(path: Path) -> MatchReranker:
    """A re-ranker from the file that `make_reranker.py` wrote."""
    state = torch.load(path, weights_only=True)
    model = MatchReranker(*state["vectors.weight"].shape)
    model.load_state_dict(state)
    return model.eval()


def export_graph(model: MatchReranker, example: dict, path: Path) -> None:
    """Writes the fp32 graph: three int64 inputs (batch × sequence), `logits` (batch × 1)."""
    axes = {name: {0: "batch", 1: "sequence"} for name in INPUTS}
    torch.onnx.export(
        model,
        tuple(torch.from_numpy(example[name]) for name in INPUTS),
        str(path),
        input_names=INPUTS,
        output_names=["logits"],
        dynamic_axes={**axes, "logits": {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )


def export(model: MatchReranker, pieces: list[str], folder: Path) -> None:
    """Writes the whole folder. Only the two look-up tables are quantised: the products are of activations."""
    tokenizer = write_tokenizer(folder, pieces)
    example = pair_inputs(tokenizer, GOLDEN, QUERY_TOKENS)
    export_graph(model, example, folder / FULL)
    quantize_dynamic(
        str(folder / FULL),
        str(folder / QUANTISED),
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
    )
    dimension = model.vectors.weight.shape[1]
    config = bert_config("BertForSequenceClassification", len(pieces), dimension)
    write_json(folder / "config.json", {**config, "id2label": {"0": "LABEL_0"}, "label2id": {"LABEL_0": 0}})
    sessions = {"fp32": open_session(folder / FULL), "q8": open_session(folder / QUANTISED)}
    golden = []
    for query, passage in GOLDEN:
        inputs = pair_inputs(tokenizer, [(query, passage)], QUERY_TOKENS)
        logits = {name: round(float(s.run(None, inputs)[0][0, 0]), 5) for name, s in sessions.items()}
        golden.append({"query": query, "passage": passage, **logits})
    write_json(folder / "golden.json", golden)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reranker", type=Path, required=True, help="state dict of make_reranker.py")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="model folder, named like the model")
    args = parser.parse_args()
    pieces = args.vocabulary.read_text(encoding="utf-8").split("\n")
    export(load_reranker(args.reranker), pieces, args.out)


if __name__ == "__main__":
    main()
