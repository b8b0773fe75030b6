"""The rules that make queries out of a document or of one of its chunks.

Twelve kinds. From the structure of a document: `head`, `thead` (heading with title), `title`, `desc`, `gloss` (asks for a glossary
term), `glossdef` (its meaning), `qa` (a textbook exercise). From the text of a chunk: `ict` (a sentence with words dropped, after
the inverse cloze task), `kw` (rare words), `defq` and `defr` ("what is X", "what is <the rest of the definition>"), `cloze` (part of
a sentence behind a question word).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from text import words

Query = tuple[str, str]  # text, kind

LONGEST_HEADING = 120
LONGEST_TITLE = 150
LONGEST_EXERCISE = 400
# Above that many chunks, word overlap finds the chunk of an exercise no longer reliably.
MOST_CHUNKS_FOR_EXERCISE = 60

_DEFINITION = re.compile(
    r"^(?:The |A |An )?([A-Z]?[\w\- ]{3,50}?) "
    r"(is|are|was|were|refers to|means|describes|occurs when|provides|allows|involves) "
)
# "This is …" defines nothing.
_NO_TERM = (
    "this", "that", "it ", "these", "there", "they", "he ", "she", "we", "you", "if", "when", "in ", "on ",
)  # fmt: skip


@dataclass(frozen=True)
class LanguageRules:
    """What differs between languages."""

    sentence_end: re.Pattern[str]
    shortest_sentence: int
    longest_sentence: int
    shortest_keyword: int
    spaced: bool
    question_words: tuple[str, ...]


ENGLISH = LanguageRules(
    sentence_end=re.compile(r'(?<=[.!?])\s+(?=[A-Z"(])'),
    shortest_sentence=25,
    longest_sentence=300,
    shortest_keyword=3,
    spaced=True,
    question_words=("what", "which", "who", "when", "where", "how", "why", "how many"),
)
CHINESE = LanguageRules(
    sentence_end=re.compile(r'(?<=[。！？；])|(?<=[.!?])\s+(?=[A-Z"(])'),
    shortest_sentence=12,
    longest_sentence=160,
    shortest_keyword=1,
    spaced=False,
    question_words=("什么是", "如何", "为什么", "哪个", "怎样", "什么时候"),
)


def heading_queries(rng: Random, heading: str, title: str) -> Iterator[Query]:
    """Queries for the first chunk of a section."""
    if heading and len(heading) < LONGEST_HEADING:
        yield heading, "head"
        if title:
            yield (f"{title} {heading}" if rng.random() < 0.5 else f"{heading} {title}"), "thead"
    elif title and len(title) < LONGEST_TITLE:
        yield title, "title"


def glossary_queries(rng: Random, term: str, meaning: str) -> Iterator[Query]:
    """Queries for the first chunk that names a glossary term."""
    forms = (f"What is {term}?", f"define {term}", term, f"{term} meaning", f"What does {term} mean?")
    yield rng.choice(forms), "gloss"
    yield meaning, "glossdef"


def exercise_chunk(exercise: str, solution: str, chunks: dict[int, str], frequency: Counter[str]) -> int | None:
    """The chunk that shares most rare words with an exercise and its solution, or None."""
    if len(chunks) >= MOST_CHUNKS_FOR_EXERCISE or len(exercise) >= LONGEST_EXERCISE:
        return None
    asked = set(words(f"{exercise} {solution}"))
    best, best_score = None, 0.0
    for index, chunk in chunks.items():
        score = sum(1 / (1 + frequency[w]) for w in asked & set(words(chunk)))
        if score > best_score:
            best, best_score = index, score
    return best


class TextRules:
    """Queries from the text of one chunk; `idf` and `common` describe the words of the whole corpus."""

    def __init__(self, rules: LanguageRules, rng: Random, idf: dict[str, float], common: set[str]) -> None:
        self.rules = rules
        self.rng = rng
        self.idf = idf
        self.common = common

    def queries(self, chunk: str) -> Iterator[Query]:
        """All queries of a chunk; none where it has no sentence of a usable length."""
        rules = self.rules
        sentences = [
            s
            for s in rules.sentence_end.split(chunk)
            if rules.shortest_sentence < len(s) < rules.longest_sentence
        ]
        if not sentences:
            return
        yield self._dropped_words(self.rng.choice(sentences)), "ict"
        keywords = self._keywords(chunk)
        if keywords:
            yield keywords, "kw"
        yield from self._definition(sentences)
        cloze = self._cloze(self.rng.choice(sentences))
        if cloze:
            yield cloze, "cloze"

    def _dropped_words(self, sentence: str) -> str:
        if self.rules.spaced:
            parts = sentence.split()
            return " ".join([w for w in parts if self.rng.random() < 0.7] or parts)
        start = self.rng.randint(0, max(0, len(sentence) - 24))
        window = sentence[start : start + self.rng.randint(8, 24)]
        return "".join(c for c in window if self.rng.random() < 0.85)

    def _keywords(self, chunk: str) -> str:
        rare = [
            w
            for w in dict.fromkeys(words(chunk))
            if len(w) >= self.rules.shortest_keyword and w not in self.common
        ]
        if len(rare) < 3:
            return ""
        rare.sort(key=lambda w: -self.idf.get(w, 8.0) * self.rng.random())
        return " ".join(rare[: self.rng.randint(2, 6)])

    def _definition(self, sentences: list[str]) -> Iterator[Query]:
        for sentence in sentences:
            found = _DEFINITION.match(sentence)
            if not found or found[1].lower().startswith(_NO_TERM):
                continue
            term, verb = found[1].strip(), found[2]
            rest = sentence[found.end() :].strip(" .").split()
            if verb in ("is", "are", "refers to", "means", "describes"):
                yield f"what {'are' if verb == 'are' else 'is'} {term}", "defq"
            elif verb in ("was", "were"):
                yield f"who or what {verb} {term}", "defq"
            else:
                yield f"what does {term} do", "defq"
            if len(rest) > 4:
                yield f"what {verb} " + " ".join(rest[: self.rng.randint(4, 12)]), "defr"
            return

    def _cloze(self, sentence: str) -> str:
        ask = self.rng.choice(self.rules.question_words)
        if not self.rules.spaced:
            start = self.rng.randint(0, max(0, len(sentence) - 20))
            return ask + sentence[start : start + self.rng.randint(5, 20)]
        parts = sentence.split()
        if not 6 < len(parts) < 40:
            return ""
        # The word that is asked for: mostly a rare one.
        weight = [self.idf.get(re.sub(r"\W", "", w.lower()), 0.0) * self.rng.random() for w in parts]
        asked = max(range(len(parts)), key=weight.__getitem__)
        left = parts[:asked] + parts[asked + 1 :]
        start = self.rng.randint(0, max(0, len(left) - 8))
        return f"{ask} " + " ".join(left[start : start + self.rng.randint(6, 14)])
