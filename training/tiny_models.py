"""Makes the small models of random weights that tests run: one of each architecture class, with PyTorch's numbers.

    python training/tiny_models.py src/workers/model/testing/site

They rank nothing; they show that tokens, padding, pooling and heads come out as PyTorch has them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertForSequenceClassification, BertModel, DynamicCache
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM, XLMRobertaConfig, XLMRobertaForSequenceClassification

OPSET = 17
DIMENSION = 32
POSITIONS = 96
Q8_TOLERANCE = 0.05
BERT_SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
XLMR_SPECIALS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]

TEXTS = [
    "The pump starts when the float rises above the mark.",
    "Clean the filter of the pump with vinegar every second week.",
    "重排序模型按照与问题的相关性重新排序。",
    "Reisekosten werden nach der Rückkehr abgerechnet.",
    "A hut warden opens the window, counts the blankets and writes the number into the book.",
    "Short.",
]
QUERY = "How is the filter of the pump cleaned?"


def words_and_letters(lower: bool) -> tuple[list[str], list[str]]:
    """Every second word, so that the others come in pieces. Not trained: trainers differ from run to run."""
    text = " ".join([*TEXTS, QUERY])
    words = sorted({word.strip(".,?。") for word in (text.lower() if lower else text).split()} - {""})
    letters = sorted(set(text.lower() if lower else text) - {" "})
    return words[::2], letters


def bert_tokenizer() -> PreTrainedTokenizerFast:
    words, letters = words_and_letters(lower=True)
    pieces = list(dict.fromkeys([*BERT_SPECIALS, *letters, *(f"##{letter}" for letter in letters), *words]))
    tokenizer = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(BERT_SPECIALS)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0", pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
        special_tokens=[("[CLS]", cls), ("[SEP]", sep)],
    )  # fmt: skip
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=POSITIONS, pad_token="[PAD]", unk_token="[UNK]",
        cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]",
    )  # fmt: skip


def xlmr_tokenizer() -> PreTrainedTokenizerFast:
    words, letters = words_and_letters(lower=False)
    pieces = [*XLMR_SPECIALS, "\u2581", *letters, *(f"\u2581{word}" for word in words)]
    scored = [(piece, 0.0 if piece in XLMR_SPECIALS else -10.0 + len(piece)) for piece in dict.fromkeys(pieces)]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=XLMR_SPECIALS.index("<unk>"), byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens(XLMR_SPECIALS)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=POSITIONS, bos_token="<s>", eos_token="</s>", cls_token="<s>",
        sep_token="</s>", unk_token="<unk>", pad_token="<pad>", mask_token="<mask>",
    )  # fmt: skip


def bert_config(vocabulary: int, **more: object) -> BertConfig:
    return BertConfig(
        vocab_size=vocabulary, hidden_size=DIMENSION, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=64, max_position_embeddings=POSITIONS, initializer_range=0.3, **more,
    )  # fmt: skip


def save_tokenizer(folder: Path, tokenizer: PreTrainedTokenizerFast, name: str) -> None:
    tokenizer.save_pretrained(folder)
    path = folder / "tokenizer_config.json"
    config = json.loads(path.read_text("utf-8"))
    # transformers.js gives token types only to the class that has them.
    config["tokenizer_class"] = name
    path.write_text(json.dumps(config, indent=1, ensure_ascii=False), encoding="utf-8")


def export(folder: Path, model: torch.nn.Module, inputs: dict[str, torch.Tensor], output: str) -> None:
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    # As the hub's configurations have it: what the weights are for.
    model.config.architectures = [type(model).__name__]
    model.config.save_pretrained(folder)
    names = list(inputs)
    axes = {name: {0: "batch", 1: "sequence"} for name in names}
    axes[output] = {0: "batch"} if output == "logits" else {0: "batch", 1: "sequence"}
    torch.onnx.export(
        Wrapped(model, output, names), tuple(inputs.values()), str(folder / "onnx/model.onnx"), input_names=names,
        output_names=[output], dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )  # fmt: skip


def files_of(folder: Path) -> list[dict[str, object]]:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "golden.json")
    return [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in found
    ]


def common(folder: Path, kind: str, dtype: str) -> dict[str, object]:
    files = files_of(folder)
    revision = hashlib.sha256("".join(str(file["sha256"]) for file in files).encode()).hexdigest()[:12]
    return {
        "id": folder.name, "kind": kind, "revision": revision, "files": files, "dtype": dtype,
        "maxTokens": POSITIONS, "languages": ["en"], "licence": "MIT",
    }  # fmt: skip


def pooled(states: torch.Tensor, mask: torch.Tensor, pooling: str) -> torch.Tensor:
    if pooling == "cls":
        return states[:, 0]
    if pooling == "last":
        return states[torch.arange(len(states)), mask.sum(1) - 1]
    weights = mask.unsqueeze(-1).float()
    return (states * weights).sum(1) / weights.sum(1)


def make_embedder(root: Path, name: str, pooling: str, dimension: int, layer_norm: bool, prefix: str) -> dict:
    """A BERT encoder; `dimension` below 32 is a Matryoshka cut, after the layer norm where there is one."""
    folder = root / name
    tokenizer = bert_tokenizer()
    model = BertModel(bert_config(len(tokenizer)), add_pooling_layer=False).eval()
    save_tokenizer(folder, tokenizer, "BertTokenizer")
    batch = tokenizer([prefix + text for text in TEXTS], padding=True, return_tensors="pt")
    with torch.no_grad():
        states = model(**batch).last_hidden_state
        # One at a time: padding must change nothing.
        rows = []
        for text in TEXTS:
            one = tokenizer([prefix + text], return_tensors="pt")
            vector = pooled(model(**one).last_hidden_state, one["attention_mask"], pooling)
            if layer_norm:
                vector = torch.nn.functional.layer_norm(vector, vector.shape[-1:])
            rows.append(torch.nn.functional.normalize(vector[:, :dimension])[0].tolist())
    assert states.shape[-1] == DIMENSION
    export(folder, model, dict(batch), "last_hidden_state")
    vectors = [{"text": text, "vector": row} for text, row in zip(TEXTS, rows)]
    (folder / "golden.json").write_text(json.dumps(vectors, ensure_ascii=False), encoding="utf-8")
    golden = [{"text": text, "first8": row[:8], "sum": sum(row)} for text, row in zip(TEXTS[:2], rows)]
    return {
        **common(folder, "embedder", "fp32"), "dimension": dimension, "pooling": pooling, "layerNorm": layer_norm,
        "queryPrefix": "", "passagePrefix": prefix, "golden": {"tolerance": 1e-4, "vectors": golden},
    }  # fmt: skip


def make_reranker(root: Path, name: str, model: torch.nn.Module, tokenizer: PreTrainedTokenizerFast, head: str) -> dict:
    """A pair classifier. `head`: `logit`, one output; `two-logits`, the second less the first."""
    folder = root / name
    is_bert = model.config.model_type == "bert"
    # Spread as a trained head spreads them: the q8 file has to keep the order.
    head_of(model).weight.data.mul_(10)
    save_tokenizer(folder, tokenizer, "BertTokenizer" if is_bert else "XLMRobertaTokenizer")
    keys = ["input_ids", "attention_mask", *(["token_type_ids"] if is_bert else [])]
    encode = lambda texts: tokenizer(  # noqa: E731
        [QUERY] * len(texts), texts, padding=True, return_tensors="pt", return_token_type_ids=is_bert
    )
    batch = encode(TEXTS)
    with torch.no_grad():
        logits = torch.cat([model(**{key: encode([text])[key] for key in keys}).logits for text in TEXTS])
    scores = (logits[:, 1] - logits[:, 0] if head == "two-logits" else logits[:, 0]).tolist()
    export(folder, model, {key: batch[key] for key in keys}, "logits")
    pairs = [{"query": QUERY, "passage": text, "logit": score} for text, score in zip(TEXTS, scores)]
    (folder / "golden.json").write_text(json.dumps(pairs, ensure_ascii=False), encoding="utf-8")
    return {
        **common(folder, "reranker", "fp32"), "head": head, "queryTokens": 40,
        "golden": {"tolerance": 1e-4, "pairs": pairs[:2]},
    }  # fmt: skip


YES_NO = {
    "before": "<|im_start|>system\nAnswer yes or no.<|im_end|>\n<|im_start|>user\n<Query>:",
    "between": "\n<Document>:",
    "after": "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
    "yes": "yes",
    "no": "no",
}


def byte_level_tokenizer() -> PreTrainedTokenizerFast:
    """Bytes, and some merges as a trained vocabulary has them: words with the space in front of them."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    pieces, merges = list(alphabet), []
    for word in ["yes", "no", "\u0120the", "\u0120pump", "\u0120filter", "Query", "Document", "\u0120of"]:
        for end in range(2, len(word) + 1):
            if (left := word[: end - 1]) + word[end - 1] not in pieces:
                pieces.append(word[:end])
                merges.append((left, word[end - 1]))
    tokenizer = Tokenizer(models.BPE({piece: i for i, piece in enumerate(pieces)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(
                Regex(
                    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
                    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
                ),
                "isolated",
            ),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    # As Qwen has them: nothing is added around a text, and there is no second one.
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=32 * POSITIONS, pad_token="<|endoftext|>", eos_token="<|im_end|>"
    )


class Causal(torch.nn.Module):
    """A language model as the hub's exports have it: caches go in and come out, and only the last logits if asked."""

    def __init__(self, model: Qwen2ForCausalLM) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, position_ids, num_logits_to_keep, *past):
        cache = DynamicCache()
        for layer in range(len(past) // 2):
            cache.update(past[2 * layer], past[2 * layer + 1], layer)
        out = self.model.model(
            input_ids=input_ids, attention_mask=attention_mask, position_ids=position_ids, past_key_values=cache,
            use_cache=True,
        )  # fmt: skip
        states = out.last_hidden_state
        length = torch.tensor(states.shape[1])
        # 0 keeps all of them, as in the hub's exports.
        first = torch.where(num_logits_to_keep == 0, torch.zeros_like(length), length - num_logits_to_keep)
        logits = self.model.lm_head(states[:, first:, :])
        presents = [part for layer in cache.layers for part in (layer.keys, layer.values)]
        return (logits, *presents)


def export_causal(folder: Path, model: Qwen2ForCausalLM, ids: torch.Tensor) -> None:
    """As the hub has them: a cache of each layer goes in and comes out."""
    config = model.config
    config.architectures = ["Qwen2ForCausalLM"]
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    config.save_pretrained(folder)
    heads, size = config.num_key_value_heads, DIMENSION // config.num_attention_heads
    past = tuple(torch.zeros(1, heads, 2, size) for _ in range(2 * config.num_hidden_layers))
    length = ids.shape[1]
    names = [f"past_key_values.{i}.{part}" for i in range(config.num_hidden_layers) for part in ("key", "value")]
    axes = {name: {0: "batch_size", 2: "past"} for name in names}
    axes |= {
        "input_ids": {0: "batch_size", 1: "sequence"}, "attention_mask": {0: "batch_size", 1: "total"},
        "position_ids": {0: "batch_size", 1: "sequence"}, "logits": {0: "batch_size", 1: "kept"},
    }  # fmt: skip
    presents = [name.replace("past_key_values", "present") for name in names]
    axes |= {name: {0: "batch_size", 2: "total"} for name in presents}
    torch.onnx.export(
        Causal(model),
        (ids, torch.ones(1, length + 2, dtype=torch.int64), torch.arange(2, length + 2)[None], torch.tensor(1), *past),
        str(folder / "onnx/model.onnx"), opset_version=OPSET, dynamo=False, dynamic_axes=axes,
        input_names=["input_ids", "attention_mask", "position_ids", "num_logits_to_keep", *names],
        output_names=["logits", *presents],
    )  # fmt: skip


def make_yes_no(root: Path, name: str) -> dict:
    """A causal model whose answer to a prompt is the logit of `yes` less that of `no`."""
    folder = root / name
    tokenizer = byte_level_tokenizer()
    config = Qwen2Config(
        vocab_size=len(tokenizer), hidden_size=DIMENSION, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, intermediate_size=64, max_position_embeddings=4 * POSITIONS, initializer_range=0.3,
        tie_word_embeddings=False, attn_implementation="eager",
    )  # fmt: skip
    model = Qwen2ForCausalLM(config).eval()
    save_tokenizer(folder, tokenizer, "Qwen2Tokenizer")
    yes, no = (tokenizer(YES_NO[answer])["input_ids"] for answer in ("yes", "no"))
    assert len(yes) == len(no) == 1
    # In one piece, as a person would write it: the app puts it together from parts.
    texts = [f"{YES_NO['before']} {QUERY}{YES_NO['between']} {text}{YES_NO['after']}" for text in TEXTS]
    ids = [tokenizer(text, return_tensors="pt")["input_ids"] for text in texts]
    with torch.no_grad():
        last = [model(input_ids=row).logits[0, -1] for row in ids]
    pairs = [
        {"query": QUERY, "passage": text, "logit": float(logits[yes[0]] - logits[no[0]]), "tokens": row[0].tolist()}
        for text, logits, row in zip(TEXTS, last, ids)
    ]
    export_causal(folder, model, ids[0])
    (folder / "golden.json").write_text(json.dumps(pairs, ensure_ascii=False), encoding="utf-8")
    golden = [{key: pair[key] for key in ("query", "passage", "logit")} for pair in pairs[:2]]
    return {
        **common(folder, "reranker", "fp32"), "maxTokens": 4 * POSITIONS, "head": "yes-no", "queryTokens": 64,
        "template": YES_NO, "golden": {"tolerance": 1e-4, "pairs": golden},
    }  # fmt: skip


CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
GOLDEN_TOKENS = 24


def make_generator(root: Path, name: str) -> dict:
    """A language model that writes nonsense, the same every time: greedy, by its chat template. Each token is a byte or
    a piece of a word, so that there is text to see."""
    folder = root / name
    tokenizer = byte_level_tokenizer()
    end = tokenizer.convert_tokens_to_ids("<|im_end|>")
    config = Qwen2Config(
        vocab_size=len(tokenizer), hidden_size=DIMENSION, num_hidden_layers=1, num_attention_heads=4,
        num_key_value_heads=1, intermediate_size=24, max_position_embeddings=32 * POSITIONS, initializer_range=0.3,
        tie_word_embeddings=False, attn_implementation="eager", eos_token_id=end,
    )  # fmt: skip
    model = Qwen2ForCausalLM(config).eval()
    # A random model writes half characters and never ends: ASCII is made likely, and the end where it would write "no".
    texts = [tokenizer.decode([i], skip_special_tokens=True) for i in range(len(tokenizer))]
    likely = [i for i, text in enumerate(texts) if text != "" and text.isascii() and text.isprintable()]
    quiet = torch.ones(len(tokenizer), dtype=torch.bool)
    quiet[likely] = False
    model.lm_head.weight.data[quiet] *= 0.1
    model.lm_head.weight.data[end] = 1.01 * model.lm_head.weight.data[tokenizer("no")["input_ids"][0]]
    save_tokenizer(folder, tokenizer, "Qwen2Tokenizer")
    path = folder / "tokenizer_config.json"
    settings = {**json.loads(path.read_text("utf-8")), "chat_template": CHAT_TEMPLATE}
    path.write_text(json.dumps(settings, indent=1, ensure_ascii=False), encoding="utf-8")
    # As Qwen's: what a greedy call has to overrule.
    sampling = {"do_sample": True, "temperature": 0.7, "top_k": 20, "repetition_penalty": 1.1, "eos_token_id": [end]}
    (folder / "generation_config.json").write_text(json.dumps(sampling, indent=1), encoding="utf-8")
    golden = []
    for text in [QUERY, *TEXTS[:3]]:
        prompt = f"<|im_start|>system\nRank.<|im_end|>\n<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n"
        ids = tokenizer(prompt, return_tensors="pt")["input_ids"]
        row, chances = ids, []
        with torch.no_grad():
            for _ in range(GOLDEN_TOKENS):
                last = torch.log_softmax(model(input_ids=row).logits[0, -1], -1)
                if int(last.argmax()) == end:
                    break
                chances.append(float(last.max()))
                row = torch.cat([row, last.argmax()[None, None]], 1)
        reply = row[0, ids.shape[1] :].tolist()
        golden.append({
            "messages": [{"role": "system", "content": "Rank."}, {"role": "user", "content": text}],
            "tokensIn": ids.shape[1], "tokens": reply, "text": tokenizer.decode(reply), "logprobs": chances,
        })  # fmt: skip
    export_causal(folder, model, ids)
    (folder / "golden.json").write_text(json.dumps(golden, ensure_ascii=False), encoding="utf-8")
    return {**common(folder, "generator", "fp32"), "maxTokens": 32 * POSITIONS}


def make_faulty(root: Path, name: str, fault: str) -> dict:
    """A pair classifier that loads and then fails in its first run: `memory` asks for more than there is, `index` reads
    outside of a tensor. No golden values: it never gives any."""
    folder = root / name
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    save_tokenizer(folder, bert_tokenizer(), "BertTokenizer")
    config = bert_config(len(bert_tokenizer()), num_labels=1)
    config.architectures = ["BertForSequenceClassification"]
    config.save_pretrained(folder)
    node, constant = helper.make_node, lambda name, values: numpy_helper.from_array(np.array(values, np.int64), name)
    if fault == "memory":
        # Of the input, so that nothing is folded away when it loads: 4 GB for each token, more than WebAssembly can have.
        nodes = [
            node("Shape", ["input_ids"], ["shape"]), node("Gather", ["shape", "one"], ["tokens"]),
            node("Mul", ["tokens", "many"], ["size"]), node("ConstantOfShape", ["size"], ["huge"]),
            node("ReduceMax", ["huge"], ["top"], keepdims=0), node("Reshape", ["top", "pair"], ["logits"]),
        ]  # fmt: skip
    else:
        nodes = [
            node("Add", ["input_ids", "many"], ["outside"]), node("Gather", ["table", "outside"], ["rows"]),
            node("ReduceMax", ["rows"], ["top"], keepdims=0), node("Reshape", ["top", "pair"], ["logits"]),
        ]  # fmt: skip
    table = numpy_helper.from_array(np.ones(4, np.float32), "table")
    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "sequence"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 1])],
        [constant("one", [1]), constant("many", [2**30]), constant("pair", [1, 1]), table],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, folder / "onnx/model.onnx")
    return {**common(folder, "reranker", "fp32"), "head": "logit", "queryTokens": 40}


def head_of(model: torch.nn.Module) -> torch.nn.Linear:
    return model.classifier if isinstance(model.classifier, torch.nn.Linear) else model.classifier.out_proj


def make_quantised(root: Path, name: str, source: str, entry: dict) -> dict:
    """The q8 file of a model: its numbers are near the full ones, its order is the same."""
    folder = root / name
    shutil.copytree(root / source, folder)
    quantize_dynamic(
        folder / "onnx/model.onnx", folder / "onnx/model_quantized.onnx", weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
    (folder / "onnx/model.onnx").unlink()
    session = onnxruntime.InferenceSession(folder / "onnx/model_quantized.onnx", providers=["CPUExecutionProvider"])
    pairs = json.loads((folder / "golden.json").read_text("utf-8"))
    for pair in pairs:
        batch = bert_tokenizer()(pair["query"], pair["passage"], return_tensors="np", return_token_type_ids=True)
        q8 = session.run(None, {key: batch[key] for key in ["input_ids", "attention_mask", "token_type_ids"]})
        pair["q8"] = float(q8[0][0, 0])
    (folder / "golden.json").write_text(json.dumps(pairs, ensure_ascii=False), encoding="utf-8")
    golden = [{"query": pair["query"], "passage": pair["passage"], "logit": pair["q8"]} for pair in pairs[:2]]
    # Processors round int8 products in different ways.
    tolerance = {"tolerance": Q8_TOLERANCE, "pairs": golden}
    return {**entry, **common(folder, "reranker", "q8"), "golden": tolerance}


class Wrapped(torch.nn.Module):
    """Gives one tensor, so that the graph has one output."""

    def __init__(self, model: torch.nn.Module, output: str, names: list[str]) -> None:
        super().__init__()
        self.names = names
        self.model = model
        self.output = output

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        return getattr(self.model(**dict(zip(self.names, inputs))), self.output)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    root = parser.parse_args().site / "models"
    shutil.rmtree(root, ignore_errors=True)
    warnings.filterwarnings("ignore")
    torch.manual_seed(2026)
    bert, xlmr = bert_tokenizer(), xlmr_tokenizer()
    pair = lambda labels: BertForSequenceClassification(bert_config(len(bert), num_labels=labels)).eval()  # noqa: E731
    roberta = XLMRobertaConfig(
        vocab_size=len(xlmr), hidden_size=DIMENSION, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=POSITIONS + 2, type_vocab_size=1, pad_token_id=1, initializer_range=0.3, num_labels=1,
    )  # fmt: skip
    one = make_reranker(root, "tiny-bert-logit", pair(1), bert, "logit")
    entries = [
        make_embedder(root, "tiny-bert-mean", "mean", DIMENSION, False, ""),
        make_embedder(root, "tiny-bert-cls", "cls", DIMENSION, False, "passage: "),
        make_embedder(root, "tiny-bert-last", "last", DIMENSION, False, ""),
        make_embedder(root, "tiny-bert-matryoshka", "mean", 16, True, "search_document: "),
        one,
        make_reranker(root, "tiny-bert-two-logits", pair(2), bert, "two-logits"),
        make_reranker(root, "tiny-xlmr-logit", XLMRobertaForSequenceClassification(roberta).eval(), xlmr, "logit"),
        make_quantised(root, "tiny-bert-logit-q8", "tiny-bert-logit", one),
        make_yes_no(root, "tiny-qwen-yes-no"),
        make_faulty(root, "tiny-out-of-memory", "memory"),
        make_faulty(root, "tiny-out-of-range", "index"),
        # Last: the others keep their weights.
        make_generator(root, "tiny-generator"),
    ]
    manifest = json.dumps({"version": 1, "models": entries}, indent=1, ensure_ascii=False)
    (root / "manifest.json").write_text(manifest, encoding="utf-8")
    print(f"{len(entries)} models, {sum(f['bytes'] for e in entries for f in e['files']) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
