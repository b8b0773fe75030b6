"""Step 2: adds Chinese characters and punctuation to the English vocabulary, one piece each.

First the characters of the corpus, most frequent first, then the rest of GB2312 level 1 (the 3,755 most common ones): a character
without an id would be `[UNK]`, and all unknown characters would then match each other.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus import paragraphs, read_documents

PUNCTUATION = frozenset("，。！？；：、（）《》“”‘’—…·￥％")
RAREST = 2


def gb2312_level_1() -> Iterator[str]:
    """The characters of GB2312 rows 16 to 55, in code order."""
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                yield bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue  # row 55 ends five cells early


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True, help="the English vocabulary of step 1")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="documents per corpus file, for a trial run")
    args = parser.parse_args()
    counts: Counter[str] = Counter()
    for document in read_documents(args.corpus, "zh", args.limit):
        for paragraph in paragraphs(document):
            counts.update(c for c in paragraph if "\u3400" <= c <= "\u9fff" or c in PUNCTUATION)
    base = args.vocabulary.read_text(encoding="utf-8").split("\n")
    frequent = (c for c, n in counts.most_common() if n >= RAREST)
    pieces = list(dict.fromkeys([*base, *frequent, *gb2312_level_1()]))
    args.out.write_text("\n".join(pieces), encoding="utf-8")
    print(f"{len(base):,} pieces and {len(pieces) - len(base):,} more")


if __name__ == "__main__":
    main()
