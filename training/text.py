"""Lowercasing, word splitting and WordPiece in plain Python: the same ids as the exported tokenizer.json.

The exported tokenizer (BertNormalizer and BertPreTokenizer) is what runs in the browser. This copy exists because
counting 20 million words needs the words and not the pieces. The two agree but for symbols that are no punctuation
in Unicode (such as € or ×): here always a word of their own, there only beside a space.
`tests/test_text.py` holds them together.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

PAD, UNK, CLS, SEP, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
SPECIALS = (PAD, UNK, CLS, SEP, MASK)
UNK_ID = 1

LONGEST_WORD = 60

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_CJK}]|[^\\W_{_CJK}]+|[^\\w\\s]|_")


def normalise(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def words(text: str) -> list[str]:
    """Words, single Chinese characters and single punctuation marks of the normalised text."""
    return _WORD.findall(normalise(text))


class WordPiece:
    """Greedy longest-match WordPiece over a vocabulary file with one piece a line."""

    def __init__(self, vocabulary: Path) -> None:
        self.pieces = vocabulary.read_text(encoding="utf-8").split("\n")
        if tuple(self.pieces[: len(SPECIALS)]) != SPECIALS:
            raise SystemExit(f"{vocabulary}: must start with {', '.join(SPECIALS)}")
        self.ids = {piece: i for i, piece in enumerate(self.pieces)}
        self._word = functools.lru_cache(maxsize=400_000)(self._split)

    def __len__(self) -> int:
        return len(self.pieces)

    def encode(self, text: str) -> list[int]:
        """Token ids without special tokens."""
        return [i for word in words(text) for i in self._word(word)]

    def _split(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (UNK_ID,)
        out: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            end = next((e for e in range(len(word), start, -1) if prefix + word[start:e] in self.ids), None)
            if end is None:
                return (UNK_ID,)
            out.append(self.ids[prefix + word[start:end]])
            start = end
        return tuple(out)
