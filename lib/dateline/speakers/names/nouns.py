"""From a text to the noun phrases in it that name nobody: `the mayor`, `progressive divers`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from dateline.speakers.names.listed import is_word, load_kinds
from dateline.words import Span, singular

_OPENING = re.compile(
    r"[\s“‘\"'(*_]*"
    r"(?:(?:But|And|Then|Meanwhile,?|(?:In|On|At|After|From|By|Last) [^,.\n]{0,40},) )?"
    r"((?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Bb]oth|[Ss]ome|[A-Z][\w-]+['’]s?)\s)"
)
_PRONOUN = re.compile(
    r"[\s“‘\"'(*_]*(?:(?:But|And|So|Yet|Then|Instead,|Meanwhile,?|"
    r"(?:In|On|At|After|From|By|For|Last|As|When|While|Earlier) [^,.\n]{0,60},) )?([Hh]e|[Ss]he)\b"
)
_TOKEN = re.compile(r"[\w-]+(?!\w*['’])")
_WORD = re.compile(r"[\w’'-]+")
_STOPS = ("opener", "preposition", "verbal")
_NOUNS = ("role", "relation", "person", "title", "epithet", "group", "organisation", "document")
_HUMAN = ("role", "relation", "person", "epithet", "label", "group")
_BEFORE_VERB = re.compile(
    r"i|s?he|it|they|we|you|who|which|are|be|did|does|ha[ds]|have|is|was|were|will|would",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r" (?:who|named|called|from|in|at|with|asked|came|got|had|held|left|sat|said|"
    r"shouted|stood|told|walked|was|went|[a-z]+ed)\b"
)
_BRINGS_IN = re.compile(
    r"(?<![,–—] )(?<!\bis )(?<!\bwas )(?<!\bas )(?<!\blike )(?<!became )\b(?:an?|one|another) $",
    re.IGNORECASE,
)
_MOST_WORDS = 3  # before a head, as far as a phrase is sought to begin
OPENS, ASIDE, FURTHER, GOVERNED = 2.0, 1.0, 0.5, 0.0


class Plain(NamedTuple):
    """A noun phrase: its place, whether it is a group, document or person, and its salience."""

    start: int
    end: int
    kind: str
    salience: float


def find_subjects(text: str, sentences: Iterable[int]) -> list[Span]:
    """Find the roles and groups that open a sentence: `The mayor`, `Orr's mayor`."""
    found = []
    for begin in sentences:
        opening = _OPENING.match(text, begin)
        if opening and (head := _find_head(text, opening.end())):
            found.append((opening.start(1), head.end()))
    return found


def find_pronouns(text: str, sentences: Iterable[int]) -> list[Span]:
    """Find the `he` and `she` that open a sentence: who it goes on with."""
    found = (_PRONOUN.match(text, begin) for begin in sentences)
    return [match.span(1) for match in found if match]


def _find_head(text: str, start: int) -> re.Match | None:
    """The noun of a phrase, which names a person, a group or a body, among its first words."""
    head = None
    for word in list(_TOKEN.finditer(text, start, start + 70))[:6]:
        if head and text[head.end() : word.start()] != " ":
            break
        if is_word(word.group(), *_NOUNS) or is_word(singular(word.group()), *_NOUNS):
            head = word
        elif head or (word.group() != "former" and is_word(word.group(), *_STOPS)):
            break
    return head


def find_plain(text: str, begin: int, end: int) -> Iterator[Plain]:
    """Find what `they`, `it`, `he` and `she` can mean that has no name, between two places.

    Args:
        text: An article's text.
        begin: Where the first of some sentences begins.
        end: How far to look.

    Returns:
        One Plain a noun phrase, in the order of the text. It begins where a word bounds it
        (`that | progressive divers`), else with its head alone: it may be that what stands before
        is a verb.
    """
    words = list(_WORD.finditer(text, begin, end))
    for i, word in enumerate(words):
        kind = _kind_of(word.group())
        if not kind:
            continue
        after = words[i + 1] if i + 1 < len(words) and text[word.end()] == " " else None
        if after and is_word(after.group(), *_NOUNS):
            continue
        first, salience = _find_begin(text, words, i)
        if kind == "person" and not (
            _BRINGS_IN.search(text, begin, words[first].start()) and _TOLD.match(text, word.end())
        ):
            continue  # `the man`, `, a man`, `was a man` are somebody known, `a man and` is anybody
        yield Plain(words[first].start(), word.end(), kind, salience)


def _find_begin(text: str, words: list[re.Match], head: int) -> tuple[int, float]:
    """With which word the phrase of a head begins, and how salient it is there."""
    for j in range(head - 1, max(-1, head - 2 - _MOST_WORDS), -1):
        before = words[j].group()
        gap = text[words[j].end() : words[j + 1].start()]
        if gap != " ":
            return j + 1, OPENS if set(gap) & set(".!?\n") else ASIDE
        if _BEFORE_VERB.fullmatch(before):
            return head, FURTHER if j + 1 < head else ASIDE
        if is_word(before, "preposition"):
            return j + 1, GOVERNED
        if is_word(before, *_STOPS, "cue"):
            # `One letter`, `The crews`: an article that opens the sentence.
            return j + 1, OPENS if before[0].isupper() else FURTHER
    return (0, OPENS) if head <= _MOST_WORDS else (head, FURTHER)


@lru_cache(maxsize=2**16)
def _kind_of(word: str) -> str:
    """Whether a word is the head of a group, a document, or of one who is a he or a she."""
    single = singular(word.casefold())
    if is_word(word, "group") or (single != word.casefold() and is_word(single, *_HUMAN)):
        return "group"
    if is_word(word, "document"):
        return "document"
    return "person" if load_kinds()["person"].get(single) else ""
