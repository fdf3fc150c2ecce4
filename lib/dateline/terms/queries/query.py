"""From a query to the terms that it stands for in some tokens; all of the room asks here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fnmatch import translate
from itertools import product

import pandas as pd

from dateline.terms.tokenise.classes import TOKEN
from dateline.terms.tokenise.folding import POSSESSIVES, Folding, find_folding, fold_word
from dateline.terms.tokenise.mapping import find_lemma, make_stemmer

WILDCARDS = frozenset("*?")


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


def fold_query(
    tokens: pd.DataFrame, words: Iterable[str], terms: Iterable[str] | None = None
) -> list[str]:
    """The term that each word stands for, each once; a word that no token has is folded too."""
    find_term, folding = make_finder(tokens, terms), find_folding(tokens)
    return list(dict.fromkeys(find_term(word) or fold_word(word, folding) for word in words))


def make_matcher(tokens: pd.DataFrame) -> Callable[[str], list[str]]:
    """A function from a word of a query to the terms that it stands for."""
    find_term, vocabulary = make_finder(tokens), tokens["term"].cat.categories

    def find_terms(word: str) -> list[str]:
        if (term := find_term(word)) is not None:
            return [term]
        if not WILDCARDS & set(word):
            return []
        # Of the wildcards of file names only * and ? are ours.
        pattern = fold_query(tokens, [word])[0].replace("[", "[[]")
        return list(filter(re.compile(translate(pattern)).match, vocabulary))

    return find_terms


def split_query(query: str, find_terms: Callable[[str], list[str]]) -> list[str]:
    """The terms of a query: a phrase that is one term stays whole, and so does a wildcard."""
    words: list[str] = []
    terms = []
    for part in query.split():
        is_whole = WILDCARDS & set(part) or find_terms(part)
        words += [part] if is_whole else re.findall(TOKEN, part) or [part]
    while words:
        sizes = range(len(words), 1, -1)
        n = next((n for n in sizes if len(find_terms(" ".join(words[:n]))) == 1), 1)
        terms.append(" ".join(words[:n]))
        words = words[n:]
    return terms
