"""Compares an exported model folder with the shipped one: file names, graph inputs and outputs, tokenizer settings, config keys.

Weights and vocabulary may differ, what the app relies on may not. Exit status 1 on a difference.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import onnx

from hub_folder import QUANTISED


def contract(folder: Path) -> dict[str, object]:
    """Everything of a folder that the app's code depends on."""
    model = onnx.load(str(folder / QUANTISED))
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["model"].pop("vocab")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    golden = json.loads((folder / "golden.json").read_text(encoding="utf-8"))
    return {
        "graph": [signature(v) for v in [*model.graph.input, *model.graph.output]],
        "opset": [(o.domain, o.version) for o in model.opset_import],
        "tokenizer": tokenizer,
        "tokenizer config": json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8")),
        "config": {key: value for key, value in config.items() if key != "vocab_size"},
        "golden": [sorted(entry) for entry in golden],
    }


def signature(value: onnx.ValueInfoProto) -> tuple[str, int, list[str | int]]:
    """Name, element type and shape of a graph input or output."""
    tensor = value.type.tensor_type
    return value.name, tensor.elem_type, [d.dim_param or d.dim_value for d in tensor.shape.dim]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shipped", type=Path)
    parser.add_argument("exported", type=Path)
    args = parser.parse_args()
    shipped, exported = contract(args.shipped), contract(args.exported)
    different = [part for part in shipped if shipped[part] != exported[part]]
    for part in different:
        print(f"{part}: shipped {shipped[part]}\n{' ' * len(part)}  exported {exported[part]}")
    print(f"{args.exported.name}: {'DIFFERENT' if different else 'same contract'}")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
