"""From texts to pairs of texts that may share a story: runs of three words that both hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

# Three words in a row survive edits that break longer runs: with a fifth of the words changed, a
# reprint keeps half of its runs of three and a third of its runs of five.
SHINGLE_WORDS = 3
# Share of the shorter text's shingles that the longer must hold to be one story with it, and to
# share a part at all. Of 30 PolNeAR articles with 30 % of their words changed the lowest kept
# 0.28, and of all pairs of different articles the highest shared 0.14.
LEAST_CONTAINMENT = 0.2
LEAST_PART = 0.1
# Shorter texts say too little to tell a reprint from a shared formula; identical ones match.
LEAST_SHINGLES = 20
# A shingle of more texts gives each of them two partners only, so that pairs grow with the words.
_MOST_PAIRED = 5
# Part of the least share that must be met by what is counted so.
_COUNTED = 0.5

# Where no spaces part words a character is one: Thai to Khmer, kana, Han, and what joins them.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_UNSPACED += "\U00020000-\U0003ffff"
_SPACED_WORD = re.compile(r"\w+")
_ANY_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")


class Words(NamedTuple):
    """The words of several texts as numbers, one text after the other."""

    codes: np.ndarray
    starts: np.ndarray  # of each text in `codes`, and of one past the last
    known: Mapping[str, int]  # the number of each word

    def of(self, text: int) -> np.ndarray:
        """The words of one text, in order."""
        return self.codes[self.starts[text] : self.starts[text + 1]]

    def take(self, texts: np.ndarray) -> Words:
        """The words of some of the texts, numbered as here."""
        if len(texts) == len(self.starts) - 1:
            return self
        own = [self.of(text) for text in texts]
        return Words(
            np.concatenate([*own, self.codes[:0]]), np.cumsum([0, *map(len, own)]), self.known
        )


class Pairs(NamedTuple):
    """Pairs of texts, the earlier of each first, with how many distinct shingles both hold."""

    one: np.ndarray
    other: np.ndarray
    n_shared: np.ndarray


def find_word_pattern(text: str) -> re.Pattern[str]:
    """What a word is in a text, where case and punctuation do not count."""
    return _SPACED_WORD if text.isascii() or not _HAS_UNSPACED.search(text) else _ANY_WORD


def code_words(texts: Sequence[str]) -> Words:
    """Number the words of texts, in small letters; equal words have one number."""
    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    codes = [
        np.fromiter(map(known.__getitem__, find_word_pattern(text).findall(text.lower())), np.int64)
        for text in texts
    ]
    starts = np.cumsum([0, *map(len, codes)])
    return Words(np.concatenate([*codes, np.empty(0, np.int64)]), starts, known)


class Shingles:
    """The distinct shingles of several texts."""

    def __init__(self, words: Words) -> None:
        n = max(0, len(words.codes) - SHINGLE_WORDS + 1)
        hashes = np.zeros(n, dtype=np.uint64)
        for place in range(SHINGLE_WORDS):
            # A large odd factor spreads each word over all 64 bits; numpy wraps silently.
            hashes *= np.uint64(0x9E3779B97F4A7C15)
            hashes += words.codes[place : place + n].astype(np.uint64)
        owners = np.repeat(np.arange(len(words.starts) - 1, dtype=np.int32), np.diff(words.starts))
        is_inside = owners[:n] == owners[SHINGLE_WORDS - 1 :]
        hashes, owners = hashes[is_inside], owners[:n][is_inside]
        order = np.argsort(hashes, kind="stable")  # owners of one shingle stay in order
        hashes, owners = hashes[order], owners[order]
        is_new = np.ones(len(hashes), dtype=bool)
        is_new[1:] = (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])
        self._hashes, self._owners = hashes[is_new], owners[is_new]
        self.sizes = np.bincount(self._owners, minlength=len(words.starts) - 1)

    def count_shared(self) -> Pairs:
        """Count what pairs of texts share, at least in part: see `_MOST_PAIRED`."""
        bounds = np.flatnonzero(np.r_[True, self._hashes[1:] != self._hashes[:-1]])
        bounds = bounds[: len(self._hashes)]
        n_owners = np.diff(np.r_[bounds, len(self._hashes)])
        codes = [np.empty(0, np.int64)]
        for n in range(2, _MOST_PAIRED + 1):
            firsts = bounds[n_owners == n]
            for low in range(n - 1):
                codes += [self._code(firsts + low, firsts + high) for high in range(low + 1, n)]
        is_many = np.repeat(n_owners > _MOST_PAIRED, n_owners)
        first = np.repeat(bounds, n_owners)
        later = np.flatnonzero(is_many & (np.arange(len(first)) > first))
        codes.append(self._code(first[later], later))
        later = later[later - first[later] > 1]
        codes.append(self._code(later - 1, later))
        pairs, times = np.unique(np.concatenate(codes), return_counts=True)
        return Pairs(*np.divmod(pairs, len(self.sizes)), times)

    def _code(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        return self._owners[one].astype(np.int64) * len(self.sizes) + self._owners[other]

    def propose(self) -> Proposed:
        """Propose pairs that share a part, each with the share of the shorter text's shingles."""
        one, other, n_shared = self.count_shared()
        least = np.minimum(self.sizes[one], self.sizes[other])
        enough = (n_shared >= _COUNTED * LEAST_PART * least) & (least >= LEAST_SHINGLES)
        one, other = one[enough], other[enough]
        held = self._hold(np.union1d(one, other))
        pairs = zip(one.tolist(), other.tolist(), strict=True)
        shares = {pair: held.find_share(*pair) for pair in pairs}
        return Proposed(
            {pair: share for pair, share in shares.items() if share >= LEAST_PART}, held
        )

    def _hold(self, texts: np.ndarray) -> Held:
        is_theirs = np.isin(self._owners, texts)
        owners, hashes = self._owners[is_theirs], self._hashes[is_theirs]
        order = np.argsort(owners, kind="stable")
        bounds = np.searchsorted(owners[order], np.arange(len(self.sizes) + 1))
        return Held(hashes[order], bounds)


class Held(NamedTuple):
    """The shingles of some of the texts, one text after the other."""

    hashes: np.ndarray
    bounds: np.ndarray  # of each text in `hashes`

    def find_share(self, one: int, other: int) -> float:
        """The share of the shorter text's shingles that the longer has too."""
        own, theirs = (self.hashes[self.bounds[t] : self.bounds[t + 1]] for t in (one, other))
        n_shared = np.intersect1d(own, theirs, assume_unique=True).size
        return n_shared / max(min(own.size, theirs.size), 1)


class Proposed(NamedTuple):
    """Pairs of texts that share a part, and what tells whether two of those texts do."""

    shares: dict[tuple[int, int], float]
    held: Held
