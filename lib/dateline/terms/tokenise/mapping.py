"""From terms to the terms that they are counted under: lemmas, stems, or a list of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from dateline.method import note_method
from dateline.terms.cells import make_categorical, take_tokens
from dateline.terms.tokenise.classes import CLASSES, find_term_classes
from dateline.terms.tokenise.english import load_lemmas


def map_terms(
    tokens: pd.DataFrame, mapping: Mapping[str, str] | Callable[[str], str]
) -> pd.DataFrame:
    """Count terms under other terms: a spelling list, a list of lemmas, a stemmer.

    Args:
        tokens: TOKENS.
        mapping: Term to term; a mapping leaves terms that it lacks as they are.

    Returns:
        TOKENS in the same order, with the new terms.

    Raises:
        ValueError: The mapping gives something that is not a word.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.map_terms(tokens, {"port": "harbour"})["term"].tolist()[:3]
        ['the', 'harbour', 'is']
    """
    tokens = take_tokens(tokens, "term")
    if not isinstance(mapping, Mapping) and not callable(mapping):
        raise ValueError(f"mapping={mapping!r}, expected terms by term, or a function")
    old = list(tokens["term"].cat.categories)
    new = [
        mapping.get(term, term) if isinstance(mapping, Mapping) else mapping(term) for term in old
    ]
    for term, mapped in zip(old, new, strict=True):
        if not isinstance(mapped, str) or not mapped:
            raise ValueError(f"the term {term!r} maps to {mapped!r}, expected a word")
    return tokens.assign(term=make_categorical(tokens["term"].cat.codes.to_numpy(), new))


def lemmatise_terms(tokens: pd.DataFrame) -> pd.DataFrame:
    """Count the forms of an English word together: "strikes" and "struck" under "strike".

    The list (wordlists/lemmas_en.txt, from WordNet) gives each form to one lemma at most, since a
    term has no part of speech: "leaves" is "leave", and what is often two words ("left", "lives",
    "building") stays itself. Of a word with hyphens, and of one that is several, the last part is
    looked up. A term that is mostly a name (its class) stays: "Banks" is no bank.

    Args:
        tokens: TOKENS.

    Returns:
        TOKENS in the same order. `attrs["method"]` says how many types became others.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The ports struck. The port strikes."])
        >>> dl.lemmatise_terms(dl.find_tokens(articles))["term"].tolist()
        ['the', 'port', 'strike', 'the', 'port', 'strike']
    """
    tokens = take_tokens(tokens, "term")
    terms = tokens["term"].cat.categories
    is_name = find_term_classes(tokens, terms) == CLASSES.index("name")
    found = {term: find_lemma(term) for term in terms[~is_name]}
    lemmas = map_terms(tokens, found)
    n_changed = sum(term != lemma for term, lemma in found.items())
    note_method(lemmas, tokens, lemmas="WordNet 3.0", n_types_lemmatised=n_changed)
    return lemmas


def find_lemma(term: str) -> str:
    """The lemma that a term is counted under; itself where the list has none."""
    for space in (" ", "-"):
        head, found, last = term.rpartition(space)
        if found:
            return head + found + find_lemma(last)
    return load_lemmas().get(term, term)


def stem_terms(tokens: pd.DataFrame) -> pd.DataFrame:
    """Count terms under their English Snowball stems (NLTK): "votes" and "voting" are one.

    Args:
        tokens: TOKENS.

    Returns:
        TOKENS in the same order.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> tokens = dl.find_tokens(articles)
        >>> dl.stem_terms(tokens)["term"].tolist()[-1]
        'open'
    """
    stems = map_terms(tokens, make_stemmer())
    note_method(stems, tokens, stems="Snowball, english")
    return stems


def make_stemmer() -> Callable[[str], str]:
    """The function from an English term to its stem."""
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("english").stem
