"""The Python tokenizer against its oracle, the tokenizers library with the shipped tokenizer.json."""

import sys
import tempfile
import unittest
from pathlib import Path
from random import Random

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

from hub_folder import build_tokenizer  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

from text import WordPiece  # noqa: E402

SHIPPED = TRAINING.parent / "public/models/second-look-embed-static-v0/tokenizer.json"
ALPHABET = "aAeéEÉiïnñ gG1 290 .,;:?!()-_'\"/ 中文的。，重排序 \n\t"


class TextTest(unittest.TestCase):
    def setUp(self) -> None:
        self.library = Tokenizer.from_file(str(SHIPPED))
        ids = self.library.get_vocab()
        self.pieces = sorted(ids, key=ids.get)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "vocabulary.txt"
        path.write_text("\n".join(self.pieces), encoding="utf-8")
        self.own = WordPiece(path)

    def test_same_ids_on_random_text(self) -> None:
        rng = Random(7)
        for _ in range(2000):
            text = "".join(rng.choice(ALPHABET) for _ in range(rng.randint(0, 60)))
            expected = self.library.encode(text, add_special_tokens=False).ids
            self.assertEqual(self.own.encode(text), expected, repr(text))

    def test_long_and_unknown_words(self) -> None:
        for text in ("a" * 60, "a" * 61, "سلام", "re-ranking isn't naïve", "什么是重排序？"):
            self.assertEqual(self.own.encode(text), self.library.encode(text, add_special_tokens=False).ids, text)

    def test_built_tokenizer_is_the_shipped_one(self) -> None:
        self.assertEqual(build_tokenizer(self.pieces).to_str(), self.library.to_str())


if __name__ == "__main__":
    unittest.main()
