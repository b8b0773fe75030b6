"""The parts of a transformers.js model folder that both models share: tokenizer, config, golden texts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from text import CLS, LONGEST_WORD, MASK, PAD, SEP, SPECIALS, UNK

MAX_TOKENS = 512
OPSET = 17
QUANTISED = "onnx/model_quantized.onnx"
FULL = "onnx/model.onnx"

QUERY_EN = "What does a re-ranker do?"
QUERY_ZH = "重排序模型有什么作用？"
RELATED_EN = "A re-ranker orders retrieved passages by their relevance to the query."
RELATED_ZH = "重排序模型按照与问题的相关性对检索到的段落重新排序。"
NEAR_EN = "A vector index returns the nearest neighbours of the query embedding."
UNRELATED_EN = "Sleep is distinguished by low levels of physical activity."
UNRELATED_ZH = "睡眠的特点是身体活动水平低。"


def build_tokenizer(pieces: list[str]) -> Tokenizer:
    """A BERT tokenizer (lower case, no accents, Chinese characters apart) over the given WordPiece vocabulary."""
    ids = {piece: i for i, piece in enumerate(pieces)}
    wordpiece = models.WordPiece(
        ids, unk_token=UNK, continuing_subword_prefix="##", max_input_chars_per_word=LONGEST_WORD
    )
    tokenizer = Tokenizer(wordpiece)
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{CLS}:0 $A:0 {SEP}:0",
        pair=f"{CLS}:0 $A:0 {SEP}:0 $B:1 {SEP}:1",
        special_tokens=[(CLS, ids[CLS]), (SEP, ids[SEP])],
    )
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    tokenizer.add_special_tokens(list(SPECIALS))
    return tokenizer


def write_json(path: Path, value: object) -> None:
    """Writes JSON as the shipped folders have it: one space of indentation, ASCII, no final newline."""
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")


def write_tokenizer(folder: Path, pieces: list[str]) -> Tokenizer:
    """Writes `tokenizer.json` and `tokenizer_config.json`, makes `onnx/`, and returns the tokenizer.

    `BertTokenizer` makes transformers.js produce token types; it also strips accents and lowers case by itself.
    """
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    tokenizer = build_tokenizer(pieces)
    tokenizer.save(str(folder / "tokenizer.json"))
    write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "BertTokenizer",
            "do_lower_case": True,
            "strip_accents": True,
            "tokenize_chinese_chars": True,
            "model_max_length": MAX_TOKENS,
            "pad_token": PAD,
            "unk_token": UNK,
            "cls_token": CLS,
            "sep_token": SEP,
            "mask_token": MASK,
            "clean_up_tokenization_spaces": True,
        },
    )
    return tokenizer


def bert_config(architecture: str, vocabulary: int, dimension: int) -> dict[str, object]:
    """A `config.json` that makes transformers.js load the graph as a BERT model: it has none of BERT's layers."""
    return {
        "model_type": "bert",
        "architectures": [architecture],
        "vocab_size": vocabulary,
        "hidden_size": dimension,
        "num_hidden_layers": 0,
        "num_attention_heads": 1,
        "intermediate_size": 0,
        "max_position_embeddings": MAX_TOKENS,
        "pad_token_id": 0,
        "type_vocab_size": 2,
    }


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """An onnxruntime session on one thread, so that golden values do not depend on the machine's cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def embed(session: onnxruntime.InferenceSession, tokenizer: Tokenizer, text: str) -> np.ndarray:
    """The text's vector: mean over all positions, unit length, as transformers.js computes it."""
    ids = np.array([tokenizer.encode(text).ids[:MAX_TOKENS]], np.int64)
    states = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
    mean = states[0].mean(0)
    return mean / np.maximum(np.linalg.norm(mean), 1e-12)


def pair_inputs(tokenizer: Tokenizer, pairs: list[tuple[str, str]], query_tokens: int) -> dict[str, np.ndarray]:
    """A padded batch of (query, passage) pairs: the query cut to `query_tokens`, then the passage to what is left of 512."""
    rows = []
    for query, passage in pairs:
        asked = tokenizer.encode(query, add_special_tokens=False).ids[:query_tokens]
        answer = tokenizer.encode(passage, add_special_tokens=False).ids[: MAX_TOKENS - 3 - len(asked)]
        cls, sep = tokenizer.token_to_id(CLS), tokenizer.token_to_id(SEP)
        rows.append(([cls, *asked, sep, *answer, sep], [0] * (len(asked) + 2) + [1] * (len(answer) + 1)))
    width = max(len(ids) for ids, _ in rows)
    batch = {
        name: np.zeros((len(rows), width), np.int64) for name in ("input_ids", "attention_mask", "token_type_ids")
    }
    for row, (ids, types) in enumerate(rows):
        batch["input_ids"][row, : len(ids)] = ids
        batch["attention_mask"][row, : len(ids)] = 1
        batch["token_type_ids"][row, : len(ids)] = types
    return batch
