"""From words as written to terms as counted: typography, case, possessives, stems."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from itertools import compress
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import check_frame
from dateline.method import note_method
from dateline.terms.lists import load_stopwords
from dateline.words import APOSTROPHES, INVISIBLE

HYPHENS = "‐‑‒–—―−﹣－"
_TYPOGRAPHY = (
    dict.fromkeys(map(ord, APOSTROPHES), "'")
    | dict.fromkeys(map(ord, HYPHENS), "-")
    | dict.fromkeys(map(ord, INVISIBLE), None)
    # Latin ligatures and the two widths of the East Asian block are only ways of setting a letter.
    | {
        code: unicodedata.normalize("NFKC", chr(code))
        for code in [*range(0xFB00, 0xFB07), *range(0xFF01, 0xFFEF)]
        if chr(code) not in APOSTROPHES + HYPHENS
    }
)


class Folding(NamedTuple):
    """How words become terms; kept in `attrs["method"]["folding"]`."""

    typography: bool = True
    lower: bool = True
    possessives: str = "strip"


def fold_typography(word: str) -> str:
    """Fold apostrophes, hyphens, ligatures and width, and compose accents (NFC)."""
    return unicodedata.normalize("NFC", word.translate(_TYPOGRAPHY))


def fold_word(word: str, folding: Folding) -> str:
    """The term that a word is counted as; stems are made by `stem_terms`.

    Raises:
        ValueError: The folding has an unknown choice of possessives.
    """
    if folding.possessives not in ("strip", "keep"):
        raise ValueError(f"possessives={folding.possessives!r}, expected 'strip' or 'keep'")
    if folding.typography and not word.isascii():
        word = fold_typography(word)
    if folding.possessives == "strip" and word[-2:] in ("'s", "'S", "’s", "’S"):
        # "it's" is a stop word: there 's stands for "is" or "has", so it is no possessive.
        is_contraction = word.lower().replace("’", "'") in load_stopwords()
        word = word if is_contraction else word[:-2]
    return word.lower() if folding.lower else word


def count_merged_types(words: list[str], folding: Folding) -> int:
    """How many types exist only because typography was not folded."""
    if not folding.typography:
        return 0
    plain = folding._replace(typography=False, possessives="keep")
    written = {fold_word(word, plain) for word in words}
    return len(written) - len({fold_typography(word) for word in written})


def find_folding(tokens: pd.DataFrame) -> Folding:
    """How these tokens were folded; the usual way where their method is lost."""
    return Folding(**tokens.attrs.get("method", {}).get("folding", {}))


def map_terms(
    tokens: pd.DataFrame, mapping: Mapping[str, str] | Callable[[str], str]
) -> pd.DataFrame:
    """Count terms under other terms: a lemma list, a spelling list, a stemmer.

    Dateline has no lemmas of its own: it parses without a lemmatizer.

    Args:
        tokens: TOKENS.
        mapping: Term to term; a mapping leaves terms that it lacks as they are.

    Returns:
        TOKENS in the same order, with the new terms.

    Raises:
        ValueError: The mapping gives something that is not a word.
    """
    old = list(tokens["term"].cat.categories)
    new = [
        mapping.get(term, term) if isinstance(mapping, Mapping) else mapping(term) for term in old
    ]
    for term, mapped in zip(old, new, strict=True):
        if not isinstance(mapped, str) or not mapped:
            raise ValueError(f"the term {term!r} maps to {mapped!r}, expected a word")
    mapped = tokens.copy(deep=False)
    mapped["term"] = make_categorical(tokens["term"].cat.codes.to_numpy(), new)
    return check_frame(mapped, "tokens")


def replace_rows(tokens: pd.DataFrame, keep: pd.Series) -> pd.DataFrame:
    """TOKENS of the rows to keep; terms that they do not use leave the categories."""
    kept = tokens[keep].reset_index(drop=True)
    term = kept["term"].cat
    kept["term"] = make_categorical(term.codes.to_numpy(), list(term.categories))
    return kept


def make_categorical(codes: np.ndarray, terms: list[str]) -> pd.Categorical:
    """`terms[codes]` with sorted categories, so that codes rank alphabetically."""
    used = np.bincount(codes, minlength=len(terms)) > 0
    names = sorted(set(compress(terms, used)))
    position = dict(zip(names, range(len(names)), strict=True))
    final = np.array(
        [position.get(term, -1) for term in terms], np.min_scalar_type(-len(names) - 1)
    )
    return pd.Categorical.from_codes(final[codes], pd.Index(names, dtype="str"))


def stem_terms(tokens: pd.DataFrame) -> pd.DataFrame:
    """Count terms under their English Snowball stems (NLTK): "votes" and "voting" are one.

    Args:
        tokens: TOKENS.

    Returns:
        TOKENS in the same order.
    """
    stems = map_terms(tokens, make_stemmer())
    note_method(stems, tokens, stems="Snowball, english")
    return stems


def make_stemmer() -> Callable[[str], str]:
    """The function from an English term to its stem."""
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("english").stem
