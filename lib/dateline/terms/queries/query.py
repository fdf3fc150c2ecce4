"""From a query, in the language of docs/queries.md, to the terms that it stands for in tokens."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from fnmatch import translate
from itertools import product
from typing import NamedTuple

import pandas as pd

from dateline.terms.tokenise.classes import TOKEN
from dateline.terms.tokenise.folding import (
    POSSESSIVES,
    Folding,
    find_folding,
    fold_typography,
    fold_word,
)
from dateline.terms.tokenise.mapping import find_lemma, make_stemmer

WILDCARDS = frozenset("*?")
SECONDS = 5.0  # for a regular expression: one such as (a|aa)+b takes longer than anyone waits
_MARKS = '"“”„«»'
# How a regular expression and a stretch in marks stand in a line of queries.
REGEX = r"(?<![^\s|;])/(?:\\.|[^/\\])+/(?=[\s|;]|$)"
MARKED = rf"[{_MARKS}][^{_MARKS}]*[{_MARKS}]"
# A mark without a partner is punctuation: a phrase is one without marks, too.
_PIECE = re.compile(
    rf"(?P<regex>{REGEX})|(?P<set>\[[^\[\]|{_MARKS}]+\](?=[\s|]|$))|(?P<marked>{MARKED})"
    rf"|(?P<bar>\|)|(?P<word>[^\s|{_MARKS}]+)"
)
_RESERVED = ("AND", "NOT", "NEAR")


class Item(NamedTuple):
    """What stands between two spaces of a query."""

    kind: str  # word (or wildcard), regex or set
    text: str


Phrase = tuple[Item, ...]


def parse_query(query: str) -> list[Phrase]:
    """The alternatives of a query, each of items that follow each other.

    Between two alternatives stands | or OR. Quotation marks hide what would be read otherwise:
    `"ROCK AND ROLL"`. What leaves something out (`-word`, NOT) is no part of the language yet, and
    is refused, so that it can become one: an alternative would get the items that it is without.

    Raises:
        ValueError: An alternative names no word, a set is part of a phrase, or a sign or a word
            has no meaning yet; the message names the query.
    """
    found = ((str(piece.lastgroup), piece) for piece in _PIECE.finditer(query))
    pieces = [(kind, piece[kind]) for kind, piece in found]
    either: list[list[Item]] = [[]]
    for kind, piece in pieces:
        if kind == "bar" or (piece == "OR" and kind == "word" and len(pieces) > 1):
            either.append([])
        elif kind == "marked":
            either[-1] += [Item("word", word) for word in piece[1:-1].split()]
        elif kind == "word" and len(pieces) > 1 and piece in _RESERVED:
            raise ValueError(f"query={query!r}: {piece} has no meaning, expected OR or words")
        elif kind == "word" and re.match(r"-\w", piece):
            raise ValueError(f"query={query!r}: “-” before a word has no meaning, expected words")
        else:
            either[-1].append(Item(kind, piece if kind == "word" else piece[1:-1]))
    if len(either) > 1 and any(kind == "word" and set(piece) & set("()") for kind, piece in pieces):
        raise ValueError(f"query={query!r}: ( and ) have no meaning, expected `a c|b c`")
    for items in either:
        if not any(item.kind == "regex" or re.search(r"\w", item.text) for item in items):
            raise ValueError(f"query={query!r}, expected a word, a phrase or a pattern")
        if len(items) > 1 and any(item.kind == "set" for item in items):
            raise ValueError(f"query={query!r}: a set stands by itself, or between two |")
    return [tuple(items) for items in either]


Finder = Callable[[str], str | None]


def make_finder(tokens: pd.DataFrame, terms: Iterable[str] | None = None) -> Finder:
    """A function from a word, as people write it, to the term that it stands for in these tokens.

    A term stands for itself, since people ask for what a table shows. Any other word is folded as
    the tokens were; where their method is lost (`merge` loses it), each way of folding is tried,
    the one that changes least first. What is found is one of `terms`, by default the tokens' own.
    """
    known = set(tokens["term"].cat.categories if terms is None else terms)
    method = tokens.attrs.get("method", {})
    ways = [Folding(*way) for way in product((False, True), (False, True), POSSESSIVES[::-1])]
    foldings = [find_folding(tokens)] if "folding" in method else ways
    stem = make_stemmer() if "stems" in method else find_lemma if "lemmas" in method else str

    def find_term(word: str) -> str | None:
        # Each word of a phrase is folded by itself: "minister's office" is "minister office".
        # “port” in quotation marks is a way to write it; port* is not.
        written = [word.split(), *([] if WILDCARDS & set(word) else [re.findall(TOKEN, word)])]
        folded = [[fold_word(part, way) for part in parts] for parts in written for way in foldings]
        forms = [(" ".join(parts), " ".join(map(stem, parts))) for parts in folded]
        # Phrases that became terms before they were stemmed have the stem of their end only.
        tried = (form for form, stems in forms for form in (form, stems, stem(form)))
        return word if word in known else next((form for form in tried if form in known), None)

    return find_term


class Place(NamedTuple):
    """A place in a phrase: the word asked for, folded, and the terms that may stand there."""

    word: str
    terms: list[str]


class Meaning(NamedTuple):
    """What a query stands for in some tokens."""

    # The term, or a phrase's words as they are counted; any other query is called as it is written.
    name: str
    either: list[list[Place]]  # the alternatives

    def is_term(self) -> bool:
        """Whether it is one term, so that its counts are the term's."""
        return self.either == [[Place(self.name, [self.name])]]

    def list_terms(self) -> list[str]:
        """The terms that stand for it by themselves; phrases have none."""
        return [term for places in self.either if len(places) == 1 for term in places[0].terms]


class Reader:
    """Reads queries with the terms of some tokens."""

    def __init__(
        self,
        tokens: pd.DataFrame,
        terms: Iterable[str] | None = None,
        *,
        seconds: float = SECONDS,
    ) -> None:
        """Take the tokens' terms, or others made of them, and the time for regular expressions."""
        self._terms = list(tokens["term"].cat.categories if terms is None else terms)
        self._known = set(self._terms)
        self._most = 1 + max((term.count(" ") for term in self._terms), default=0)
        self._find_term = make_finder(tokens, self._known)
        self._folding = find_folding(tokens)
        self._sets: dict[str, list[str]] = tokens.attrs.get("method", {}).get("sets", {})
        self._seconds, self._left = seconds, seconds

    def read(self, query: str) -> Meaning:
        """What a query stands for; a term, as a table shows it, always stands for itself.

        Raises:
            ValueError: It is no query, names no set, or its regular expression is none or takes
                too long; the message names it.
        """
        if not isinstance(query, str) or not query.strip():
            raise ValueError(f"query={query!r}, expected a word, a phrase or a pattern")
        if query in self._known:
            return Meaning(query, [[Place(query, [query])]])
        query = " ".join(query.split())
        phrases = parse_query(query)
        either = [self._read_phrase(phrase) for phrase in self._open_sets(phrases)]
        is_plain = len(phrases) == 1 and all(
            item.kind == "word" and not WILDCARDS & set(item.text) for item in phrases[0]
        )
        name = " ".join(place.word for place in either[0]) if is_plain else query
        return Meaning(name, either)

    def _open_sets(self, phrases: Iterable[Phrase]) -> Iterable[Phrase]:
        for phrase in phrases:
            if phrase[0].kind != "set":
                yield phrase
                continue
            if (name := phrase[0].text.strip()) not in self._sets:
                known = ", ".join(self._sets) or "none (see name_terms)"
                raise ValueError(f"no set of terms is called {name!r}; there are {known}")
            for query in self._sets[name]:
                yield from parse_query(query)

    def _read_phrase(self, phrase: Phrase) -> list[Place]:
        places: list[Place] = []
        words: list[str] = []
        for item in phrase:
            if item.kind == "regex":
                places += [*self._join(words), Place(item.text, self._fit(item.text))]
                words = []
            elif WILDCARDS & set(item.text):
                words.append(item.text.strip("()[]{},.;:!"))
            else:
                is_term = self._find_term(item.text) is not None
                words += [item.text] if is_term else re.findall(TOKEN, item.text)
        return places + self._join(words)

    def _join(self, words: list[str]) -> list[Place]:
        """The places of words that follow each other; those that are one term have one place."""
        places = []
        while words:
            sizes = range(min(len(words), self._most), 0, -1)  # no term has more words
            tried = ((n, self._match(" ".join(words[:n]))) for n in sizes)
            n, terms = next(((n, terms) for n, terms in tried if terms), (1, []))
            is_term = len(terms) == 1 and not WILDCARDS & set("".join(words[:n]))
            word = terms[0] if is_term else fold_word(words[0], self._folding)
            places.append(Place(word, terms))
            words = words[n:]
        return places

    def _match(self, words: str) -> list[str]:
        """The terms that a word or wildcard stands for, or that some together do."""
        if (term := self._find_term(words)) is not None:
            return [term]
        if not WILDCARDS & set(words):
            return []
        pattern = " ".join(fold_word(word, self._folding) for word in words.split())
        # Of the wildcards of file names only * and ? are ours, and none stands for a space.
        fits = re.compile(translate(pattern.replace("[", "[[]"))).match
        n_spaces = pattern.count(" ")
        return [term for term in self._terms if fits(term) and term.count(" ") == n_spaces]

    def _fit(self, pattern: str) -> list[str]:
        """The terms that a regular expression fits from end to end."""
        import regex

        flags = regex.IGNORECASE if self._folding.lower else 0
        folded = fold_typography(pattern) if self._folding.typography else pattern
        started = time.monotonic()
        try:
            fits = regex.compile(folded, flags).fullmatch
            limits = (started + self._left - time.monotonic() for _ in self._terms)
            terms = [
                term
                for term, limit in zip(self._terms, limits, strict=True)
                if fits(term, timeout=max(limit, 0.001))
            ]
        except regex.error as error:
            raise ValueError(f"/{pattern}/ is no regular expression: {error}") from error
        except TimeoutError as error:
            raise ValueError(
                f"/{pattern}/ took more than {self._seconds} s; simplify it"
            ) from error
        self._left -= time.monotonic() - started
        return terms


def list_terms(
    tokens: pd.DataFrame, queries: Iterable[str], terms: Iterable[str] | None = None
) -> set[str]:
    """All terms, of some or of the tokens' own, that queries stand for by themselves."""
    reader = Reader(tokens, terms)
    return {term for query in queries for term in reader.read(query).list_terms()}
