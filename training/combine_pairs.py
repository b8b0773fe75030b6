"""Step 4: English chunks without duplicates, followed by the Chinese ones, in one npz.

The English corpus holds several versions of the same manuals (206,914 distinct of 254,818 chunks); a copy of the right chunk among
the negatives teaches that a good match is bad. Chunks are the same when their first 48 token ids are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

KEY_TOKENS = 48


def first_copies(passages: np.ndarray) -> np.ndarray:
    """Rows of the first copy of each distinct chunk, in order."""
    seen: set[bytes] = set()
    rows: list[int] = []
    for row, ids in enumerate(passages):
        key = ids[:KEY_TOKENS].tobytes()
        if key not in seen:
            seen.add(key)
            rows.append(row)
    return np.array(rows, np.int64)


def without_copies(pairs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Drops every chunk that is a copy, with its queries."""
    rows = first_copies(pairs["passages"])
    renumbered = np.full(len(pairs["passages"]), -1, np.int64)
    renumbered[rows] = np.arange(len(rows))
    kept = renumbered[pairs["answers"]] >= 0
    return {
        "passages": pairs["passages"][rows],
        "passage_lengths": pairs["passage_lengths"][rows],
        "queries": pairs["queries"][kept],
        "query_lengths": pairs["query_lengths"][kept],
        "answers": renumbered[pairs["answers"][kept]],
        "kinds": pairs["kinds"][kept],
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--english", type=Path, required=True)
    parser.add_argument("--chinese", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    with np.load(args.english) as english, np.load(args.chinese) as chinese:
        first = without_copies(dict(english))
        second = dict(chinese)
    second["answers"] = second["answers"] + len(first["passages"])
    joined = {name: np.concatenate([first[name], second[name]]) for name in first}
    np.savez(args.out, **joined)
    print(f"{len(joined['passages']):,} chunks, {len(joined['queries']):,} pairs")


if __name__ == "__main__":
    main()
