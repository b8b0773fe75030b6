"""Cuts documents into chunks by characters, as a stand-in for the app's token chunker that needs no model yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ChunkRule:
    """Sizes in characters. A buffer longer than `longest` is cut after a full stop between `cut_from` and `cut_to`."""

    target: int
    longest: int
    cut_from: int
    cut_to: int
    shortest: int
    full_stop: str


# A Chinese character carries about as much as three English letters.
ENGLISH = ChunkRule(target=900, longest=1300, cut_from=400, cut_to=1000, shortest=80, full_stop=". ")
CHINESE = ChunkRule(target=320, longest=480, cut_from=150, cut_to=400, shortest=30, full_stop="。")


def chunk_section(paragraphs: list[str], rule: ChunkRule) -> list[str]:
    """Joins the paragraphs of one section up to the target size and cuts what is too long."""
    chunks: list[str] = []
    buffer = ""
    for paragraph in paragraphs:
        if buffer and len(buffer) + len(paragraph) > rule.target:
            chunks.append(buffer)
            buffer = ""
        buffer = f"{buffer} {paragraph}".strip()
        while len(buffer) > rule.longest:
            stop = buffer.rfind(rule.full_stop, rule.cut_from, rule.cut_to)
            cut = stop + 1 if stop > 0 else rule.cut_to
            chunks.append(buffer[:cut])
            buffer = buffer[cut:].strip()
    if len(buffer) > rule.shortest:
        chunks.append(buffer)
    return chunks
