"""From a word as it stands to the term that it is counted as."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import pandas as pd

from dateline.terms.tokenise.english import is_known
from dateline.wordlists import load_words
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
_LINE_END = re.compile(r"-[^\S\n]*\n\s*")
_SOFT_END = re.compile(r"\u00ad[^\S\n]*\n\s*")
_SPACE = re.compile(r"\s+")
_BESIDE_SIGN = re.compile(r"\s+(?=[%‰$¢-¥₠-⃀])|(?<=[$¢-¥₠-⃀])\s+")
# Letters that carry their stroke or tail in themselves, so that no accent can be taken off.
_STROKES = str.maketrans(
    dict(zip("ØøŁłĐđĦħŦŧı", "OoLlDdHhTti", strict=True)) | {"Æ": "AE", "æ": "ae", "Œ": "OE"}
    | {"œ": "oe", "ß": "ss", "Þ": "Th", "þ": "th", "ð": "d", "Ð": "D"}
)  # fmt: skip
CHOICES = ("strip", "keep")
POSSESSIVES = CHOICES


class Folding(NamedTuple):
    """How words become terms; kept in `attrs["method"]["folding"]`."""

    typography: bool = True
    lower: bool = True
    possessives: str = "strip"
    accents: str = "keep"


def fold_typography(word: str) -> str:
    """Fold apostrophes, hyphens, ligatures and width, compose accents (NFC), close up breaks."""
    if not word.isascii():
        word = _SOFT_END.sub("", word)
        word = unicodedata.normalize("NFC", word.translate(_TYPOGRAPHY))
    # Only a word that a line's end cuts, a figure with its sign, or “No. 10” holds white space.
    return word if word.isalpha() or not _SPACE.search(word) else _close_up(word)


def _close_up(word: str) -> str:
    """A word on one line: “ri-⏎ver” is river, “50 %” is 50%, “No.⏎10” keeps one space."""
    first, *parts = _LINE_END.split(word)
    for part in parts:
        first = _join_parts(first, part)
    return _SPACE.sub(" ", _BESIDE_SIGN.sub("", first))


def _join_parts(head: str, tail: str) -> str:
    """A word that was cut at a hyphen, which stays where it is the word's own.

    Printers cut “govern-ment”, and “long-term” at its own hyphen. One word is likelier where it is
    known; two, where both parts are, and where the second begins in a capital.
    """
    whole = head + tail
    is_capital = tail[0].isupper() and not head.isupper()
    if is_capital or (not is_known(whole) and is_known(head) and is_known(tail)):
        return f"{head}-{tail}"
    return whole


def strip_accents(word: str) -> str:
    """A word without the accents of its Latin letters; marks of other scripts are no accents."""
    letters = unicodedata.normalize("NFD", word).translate(_STROKES)
    kept, base = [], ""
    for letter in letters:
        if not unicodedata.combining(letter):
            base = letter
        elif base <= "ɏ":  # the last letter of Latin Extended-B
            continue
        kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


def fold_word(word: str, folding: Folding) -> str:
    """The term that a word is counted as; stems and lemmas are made of terms.

    Raises:
        ValueError: The folding has an unknown choice of possessives or accents.
    """
    if folding.possessives not in CHOICES or folding.accents not in CHOICES:
        name = "accents" if folding.possessives in CHOICES else "possessives"
        raise ValueError(f"{name}={getattr(folding, name)!r}, expected 'strip' or 'keep'")
    if folding.typography:
        word = fold_typography(word)
    if folding.accents == "strip" and not word.isascii():
        word = strip_accents(word)
    if folding.possessives == "strip" and word[-2:] in ("'s", "'S", "’s", "’S"):
        # "it's" is a stop word: there 's stands for "is" or "has", so it is no possessive.
        is_contraction = word.lower().replace("’", "'") in load_words("stopwords_en.txt")
        word = word if is_contraction else word[:-2]
    if folding.lower and folding.typography and "İ" in word:
        # Python lowers it to an i with a point of its own, which no one types.
        word = unicodedata.normalize("NFC", word.replace("İ", "i"))
    return word.lower() if folding.lower else word


def find_folding(tokens: pd.DataFrame) -> Folding:
    """How these tokens were folded; the usual way where their method is lost."""
    return Folding(**tokens.attrs.get("method", {}).get("folding", {}))


def count_merged_types(words: list[str], folding: Folding) -> int:
    """How many types exist only because typography was not folded."""
    if not folding.typography:
        return 0
    plain = folding._replace(typography=False, possessives="keep")
    written = {fold_word(word, plain) for word in words}
    return len(written) - len({fold_typography(word) for word in written})
