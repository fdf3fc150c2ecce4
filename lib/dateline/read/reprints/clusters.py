"""From texts to reprint clusters: articles that are mostly one another's words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

# Five words in a row are seldom shared by chance.
SHINGLE_WORDS = 5
# Share of the shorter text's shingles that the longer must hold. Containment and not Jaccard:
# wire copy is cut from below, so that a reprint is part of the original. Among the pairs of 840
# PolNeAR articles reprints hold 0.56 or more, and what merely shares quotations 0.24 or less.
LEAST_CONTAINMENT = 0.4
# Shorter texts say too little to tell a reprint from a shared formula.
_LEAST_SHINGLES = 20


def find_clusters(texts: Sequence[str]) -> list[int]:
    """Find which texts are reprints of one another, exact or edited.

    Two texts are linked where the longer holds at least 40 % of the shorter's five-word shingles;
    links are followed, so that a chain of edits is one cluster. Only neighbours on a shingle's
    list are compared, so the work grows with the number of words, not of pairs.

    Args:
        texts: The bodies of the articles, in a stable order.

    Returns:
        For each text the index of its cluster's first text.
    """
    shingles = [_find_shingles(text) for text in texts]
    firsts = np.arange(len(texts))
    for one, other in _find_candidates(shingles):
        shared = np.intersect1d(shingles[one], shingles[other], assume_unique=True).size
        if shared >= LEAST_CONTAINMENT * min(shingles[one].size, shingles[other].size):
            low, high = sorted((firsts[one], firsts[other]))
            firsts[firsts == high] = low
    return firsts.tolist()


def _find_shingles(text: str) -> np.ndarray:
    """The sorted distinct hashes of the text's runs of five words, the same in every process."""
    words = re.findall(r"\w+", text.lower())
    if len(words) < SHINGLE_WORDS + _LEAST_SHINGLES - 1:
        return np.empty(0, dtype=np.uint64)
    codes = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    hashes = np.zeros(len(words) - SHINGLE_WORDS + 1, dtype=np.uint64)
    for place in range(SHINGLE_WORDS):
        # A large odd factor spreads each word over all 64 bits; numpy wraps silently.
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + codes[place : place + hashes.size]
    return np.unique(hashes)


def _find_candidates(shingles: list[np.ndarray]) -> list[tuple[int, int]]:
    """Pairs of texts that stand side by side on at least a tenth of the shorter's lists."""
    sizes = np.array([len(one) for one in shingles], dtype=np.int64)
    if not sizes.sum():
        return []
    hashes = np.concatenate(shingles)
    owners = np.repeat(np.arange(len(shingles)), sizes)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    same = hashes[1:] == hashes[:-1]
    pairs = owners[:-1][same] * len(shingles) + owners[1:][same]
    codes, times = np.unique(pairs, return_counts=True)
    one, other = np.divmod(codes, len(shingles))
    enough = times >= 0.1 * np.minimum(sizes[one], sizes[other])
    return list(zip(one[enough].tolist(), other[enough].tolist(), strict=True))
