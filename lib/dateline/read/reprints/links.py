"""From texts to links: which two tell one story, by the share of their sentences that both hold."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from dateline.read.reprints.sentences import Sentences, Shelf, join_pairs

# Share of the shorter text's sentences, by weight, that make a reprint. With 30 % of the words
# changed, or half cut and 20 % changed, the lowest of 30 PolNeAR articles kept 0.80, and of 2,500
# pairs of different articles the highest shared 0.06.
LEAST_SHARE = 0.4
# What is shared less than this tells nothing about whose text it is.
LEAST_TRACE = 0.1
# Text that so many articles of one outlet hold may be its furniture.
LEAST_STOCK = 3
# Of texts that share so many of their shingles each is a version of the other, and they count once.
_SAME_STORY = 0.85
# It is, where so much stands beside it in both articles, and the words there have so little in
# common. Of PolNeAR's articles, 80 words of two different ones share 0.11 at most in 99 % of pairs
# and 0.18 in 99.9 %.
_LEAST_BESIDE = 0.15
_MOST_COMMON = 0.3


class Link(NamedTuple):
    """Two texts that share sentences: which ones, and their share of the shorter text's weight."""

    one: int
    other: int
    held_one: np.ndarray
    held_other: np.ndarray
    share: float

    @property
    def is_reprint(self) -> bool:
        """Whether they share enough to be one story."""
        return self.share >= LEAST_SHARE

    def seen_from(self, text: int) -> tuple[int, np.ndarray]:
        """The other text, and which of this one's sentences it holds."""
        if text == self.one:
            return self.other, self.held_one
        return self.one, self.held_other


def link_texts(
    shelf: Shelf, pairs: Mapping[tuple[int, int], float], outlets: Sequence[str | None]
) -> list[Link]:
    """Link pairs of texts that share more than a trace.

    Args:
        shelf: The texts.
        pairs: Those that may share a story, each with the share of the shorter one's shingles.
        outlets: Of each text; an unknown one counts as an outlet.

    Returns:
        The links, in the order of the pairs.
    """
    stock = find_stock(shelf, pairs, pairs, outlets)
    links = (_link(shelf, one, other, stock) for one, other in pairs)
    return [link for link in links if link.share >= LEAST_TRACE]


def find_stock(
    shelf: Shelf,
    pairs: Iterable[tuple[int, int]],
    shares: Mapping[tuple[int, int], float],
    outlets: Sequence[Hashable],
) -> set[bytes]:
    """The sentences that at least three texts of one outlet hold, word for word.

    Args:
        shelf: The texts.
        pairs: Those whose sentences are looked at.
        shares: Of pairs, the share of the shorter one's shingles.
        outlets: Of each text.
    """
    same = [pair for pair, share in shares.items() if share >= _SAME_STORY]
    story = join_pairs(len(outlets), same).tolist()
    held = {
        (outlets[text], story[text], key)
        for text in {text for pair in pairs for text in pair}
        for key in shelf.split(text).keys
    }
    counts = Counter((outlet, key) for outlet, _, key in held)
    return {key for (_, key), n in counts.items() if n >= LEAST_STOCK}


def _link(shelf: Shelf, one: int, other: int, stock: set[bytes]) -> Link:
    match = shelf.match(one, other)
    sides = shelf.split(one), shelf.split(other)
    held = match.one >= 0, match.other >= 0
    counted = [np.ones(len(side.weight), dtype=bool) for side in sides]
    if stock:
        beside = find_beside(sides, held, stock)
        if beside is not None:
            counted = beside
            held = held[0] & counted[0], held[1] & counted[1]
    totals = [float(side.weight[is_in].sum()) for side, is_in in zip(sides, counted, strict=True)]
    shorter = int(totals[1] < totals[0])
    shared = float(sides[shorter].weight[held[shorter]].sum())
    return Link(one, other, *held, shared / totals[shorter] if totals[shorter] else 0.0)


def find_beside(
    sides: tuple[Sentences, Sentences], held: tuple[np.ndarray, np.ndarray], stock: set[bytes]
) -> list[np.ndarray] | None:
    """What counts of two texts where their outlet's furniture does not; None where all does.

    Nothing but what stands beside it tells a paragraph that an outlet prints below everything from
    one that it prints in each version of a story: below everything, that has little in common.
    """
    beside = []
    for side, is_held in zip(sides, held, strict=True):
        is_stock = np.fromiter((key in stock for key in side.keys), bool, len(side.keys))
        beside.append(~(is_stock & is_held))
        if side.weight[beside[-1]].sum() < _LEAST_BESIDE * side.weight.sum():
            return None
    words = []
    for side, is_in in zip(sides, beside, strict=True):
        kept = is_in[side.sentence]
        words.append(dict(zip(side.word[kept].tolist(), side.word_weight[kept], strict=True)))
    common = sum(weight for word, weight in words[0].items() if word in words[1])
    least = min(sum(each.values()) for each in words)
    return beside if common < _MOST_COMMON * least else None


def are_near(
    one: datetime.date | None, other: datetime.date | None, within_days: int | None
) -> bool:
    """Whether two days are near enough; an unknown one is near to all."""
    if within_days is None or one is None or other is None:
        return True
    return abs((one - other).days) <= within_days
