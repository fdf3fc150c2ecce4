"""From two names to whether one person bears both: in full, shortened, or spelled otherwise."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.speakers.names.lettering import is_particle
from dateline.speakers.names.listed import fold_name, load_kinds

_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
_ARTICLE = re.compile(r"^(?:(?:a[ldnrstz]|ash|e[ls]|ul)-|[dl]')(?=\w\w)")
_NICKNAME = re.compile(r" [“\"'‘]\w+[”\"'’](?= )")
_DESCENT = re.compile(r"(?:kizi|kyzy|o'?g'?li|ogl[iuy]|qizi|ugli|ul[iuy]|uulu|filho|neto|junior)")


def split_suffix(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The words of a name without Jr., III and the like, and that suffix, folded."""
    suffix = fold_name(words[-1]) if words else ""
    return (words[:-1], suffix) if suffix in _SUFFIXES and len(words) > 1 else (words, "")


@lru_cache(maxsize=2**16)
def main_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell people apart, folded.

    No particles, no suffix, no nickname, no `al-`: `Ana von der Linde` is ana linde. A particle
    that opens a name in small letters goes too; `Van Linde` and `Le Thi Hang` keep their first
    words, which can be names. At least one word stays.
    """
    words, _ = split_suffix(tuple(_NICKNAME.sub("", name).split()))
    folded = [_ARTICLE.sub("", fold_name(word)) for word in words]
    kept = [
        word
        for i, (word, whole) in enumerate(zip(folded, words, strict=True))
        if i == len(words) - 1  # `Ann Le`
        or not (is_particle(word) and (i or whole[0].islower() or not whole[0].isalpha()))
    ]
    while len(kept) > 1 and _DESCENT.fullmatch(kept[-1]):
        kept.pop()
    return tuple(kept) or tuple(folded[-1:])


def is_full(name: str) -> bool:
    """Whether a name tells more than a surname or a given name alone: `von Linde` does not."""
    return len(main_words(name)) > 1


@lru_cache(maxsize=2**16)
def same_person(one: str, other: str) -> bool:
    """Whether two full names can be one person's: surname, suffix and given names agree."""
    a, b = main_words(one), main_words(other)
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    suffixes = {split_suffix(tuple(name.split()))[1] for name in (one, other)} - {""}
    if len(suffixes) > 1:
        return False
    return _agree(a[0], b[0]) and (len(a) == 2 or len(b) == 2 or _agree(a[1], b[1]))


@lru_cache(maxsize=2**16)
def shortens(short: str, full: str) -> bool:
    """Whether a name of several words is part of a longer one: `Ortiz Vela` of `Ana Ortiz Vela`.

    By its words as they stand, particles too: `Van Linde` shortens `Ana van Linde`.
    """
    a, b = (fold_name(_NICKNAME.sub("", name)).split() for name in (short, full))
    if not 2 <= len(a) < len(b):
        return False
    return any(a == b[i : i + len(a)] for i in range(len(b) - len(a) + 1))


def _agree(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    full = load_kinds()["short"]
    same = long == short or full.get(one, one) == full.get(other, other)
    return same or (len(short) == 1 and long.startswith(short))
