"""Step 7: exports the static embedder as a transformers.js folder with an int8 table and golden values.

The graph is built node by node: gather the row, times its scale, times the attention mask. Mean pooling and unit length are left to the
pipeline, as with any sentence-transformers export.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from hub_folder import (
    OPSET, QUANTISED, QUERY_EN, RELATED_EN, RELATED_ZH, UNRELATED_EN,
    bert_config, embed, open_session, write_json, write_tokenizer,
)  # fmt: skip
from static_model import load_embedder
from text import SPECIALS

IR_VERSION = 8
GOLDEN = (QUERY_EN, RELATED_EN, UNRELATED_EN, RELATED_ZH)


def quantise_rows(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8 rows and one float scale per row; a row of zeros has scale 1."""
    scales = np.abs(table).max(1) / 127
    scales[scales == 0] = 1
    return np.rint(table / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def build_graph(table: np.ndarray, scales: np.ndarray) -> onnx.ModelProto:
    """input_ids and attention_mask (batch × sequence, int64) to last_hidden_state (batch × sequence × dimension)."""
    node = helper.make_node
    nodes = [
        node("Gather", ["table", "input_ids"], ["rows"]),
        node("Cast", ["rows"], ["floats"], to=TensorProto.FLOAT),
        node("Gather", ["scale", "input_ids"], ["row_scales"]),
        node("Unsqueeze", ["row_scales", "last_axis"], ["scales_3d"]),
        node("Mul", ["floats", "scales_3d"], ["vectors"]),
        node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        node("Unsqueeze", ["mask", "last_axis"], ["mask_3d"]),
        node("Mul", ["vectors", "mask_3d"], ["last_hidden_state"]),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info(
        "last_hidden_state", TensorProto.FLOAT, ["batch", "sequence", table.shape[1]]
    )
    constants = [
        numpy_helper.from_array(table, "table"),
        numpy_helper.from_array(scales, "scale"),
        numpy_helper.from_array(np.array([2], np.int64), "last_axis"),
    ]
    graph = helper.make_graph(nodes, "static_embedder", inputs, [output], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="second-look")
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model, full_check=True)
    return model


def write_golden(folder: Path, tokenizer) -> None:
    """Golden vectors of the exported file: the first 8 numbers and the sum of all."""
    session = open_session(folder / QUANTISED)
    golden = []
    for text in GOLDEN:
        vector = embed(session, tokenizer, text)
        golden.append(
            {
                "text": text,
                "pooling": "mean",
                "normalize": True,
                "first8": [round(float(x), 6) for x in vector[:8]],
                "norm_sum": round(float(vector.sum()), 6),
            }
        )
    write_json(folder / "golden.json", golden)


def export(table: np.ndarray, pieces: list[str], folder: Path) -> None:
    """Writes the whole folder. Special tokens become zero vectors, so [CLS] and [SEP] do not count in the mean."""
    table = table.copy()
    table[: len(SPECIALS)] = 0
    tokenizer = write_tokenizer(folder, pieces)
    onnx.save(build_graph(*quantise_rows(table)), str(folder / QUANTISED))
    write_json(folder / "config.json", bert_config("BertModel", len(pieces), table.shape[1]))
    write_golden(folder, tokenizer)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embedder", type=Path, required=True, help="state dict of train_embedder.py, 512 dimensions")
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="model folder, named like the model")
    args = parser.parse_args()
    pieces = args.vocabulary.read_text(encoding="utf-8").split("\n")
    export(load_embedder(args.embedder).table().numpy(), pieces, args.out)


if __name__ == "__main__":
    main()
