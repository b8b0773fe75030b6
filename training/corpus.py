"""Reads the training corpus: one JSON object a line in `*.jsonl` or `*.jsonl.xz` files."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("en", "zh")


def corpus_files(folder: Path, language: str) -> list[Path]:
    """The files of one language in name order. Files named `zh-*` are Chinese, all others English."""
    files = sorted(p for p in folder.iterdir() if p.name.endswith((".jsonl", ".jsonl.xz")))
    chosen = [p for p in files if p.name.startswith("zh-") == (language == "zh")]
    if not chosen:
        raise SystemExit(f"no {language} corpus files in {folder}")
    return chosen


def read_documents(folder: Path, language: str, limit: int | None = None) -> Iterator[dict]:
    """Documents of one language; `limit` takes only the first ones of each file (for a trial run).

    A document has `title`, optional `desc`, `sections: [[heading, [paragraph, …]], …]`,
    `glossary: [[term, meaning], …]` and `qa: [[problem, solution], …]`.
    """
    for path in corpus_files(folder, language):
        opener = lzma.open if path.suffix == ".xz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if limit is not None and number >= limit:
                    break
                yield json.loads(line)


def paragraphs(document: dict) -> Iterator[str]:
    """All paragraphs of a document, without headings."""
    for _heading, texts in document["sections"]:
        yield from texts
