"""From articles to the stretches that two of them share: agency text inside longer articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import build_frame, check_frame, take_frame
from dateline.read.plain.blocks import Layout, lay_out
from dateline.read.reprints.agency import SIGNED, find_agency
from dateline.read.reprints.links import find_beside, find_stock
from dateline.read.reprints.sentences import Sentences, Shelf, weigh_words
from dateline.read.reprints.shingles import (
    LEAST_CONTAINMENT,
    Shingles,
    code_words,
    find_word_pattern,
)
from dateline.words import Span

# Share of the words of the shortest stretch that must be in shared shingles for two articles to be
# compared: less than what a fifth of the words changed leave.
_LEAST_SHINGLES = 0.4
# Of the words of a stretch so many stand in the other: with 30 % of the words changed 70 % do,
# and of the stretches of PolNeAR that two writers worded themselves most keep less than 60 %.
_LEAST_KEPT = 0.6
# Sentences that an outlet cut out of an agency's text do not end a stretch.
_MOST_CUT = 4


class _Body(NamedTuple):
    """An article's body, and the way back to its text."""

    layout: Layout
    text: str
    starts: list[int]  # of each of its blocks in `text`
    origins: list[int]  # and in the flat text

    def to_article(self, start: int, end: int) -> Span:
        """From a stretch of the body to the article's own text, without the space around."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        first, _ = self.layout.flat.to_article(*self._to_flat(start, start + 1))
        _, last = self.layout.flat.to_article(*self._to_flat(end - 1, end))
        return first, last

    def _to_flat(self, start: int, end: int) -> Span:
        block = int(np.searchsorted(self.starts, start, side="right")) - 1
        move = self.origins[block] - self.starts[block]
        return start + move, end + move


class _Stretch(NamedTuple):
    """Sentences of one text, [first, end), that stand in some of another."""

    other: int
    first: int
    partners: np.ndarray  # the other's sentence for each of these

    @property
    def end(self) -> int:
        """One past the last sentence."""
        return self.first + len(self.partners)


def find_copies(
    articles: pd.DataFrame, *, blocks: pd.DataFrame | None = None, min_words: int = 30
) -> pd.DataFrame:
    r"""Find the stretches of text that stand in two articles, such as agency text in longer ones.

    A stretch is a run of sentences of an article's body, each of which stands in the other
    article to half of its weight, in the same order; there, a few sentences more may stand
    between. Of its words at least 60 % are the same. What an outlet prints below three articles or
    more of unlike words is left out.

    Args:
        articles: ARTICLES; `published_on` and `outlet` are used where they are there.
        blocks: BLOCKS of the articles; None finds them.
        min_words: Leave out stretches of fewer words.

    Returns:
        COPIES, one row for each stretch of each article, with one other article that has it: the
        one with most of its words, of equal ones the earliest by day, then by id. So what two
        articles share is told from both. In the order of the articles and of the stretches in
        them. Stretches of one article never overlap. Empty in, empty out.

    Raises:
        ValueError: `min_words` is below 5, or one of the frames is not such a frame.

    Example:
        >>> import dateline as dl
        >>> brief = "The port of Marrin is shut. Its cranes stopped on Monday, the union said."
        >>> own = "Nobody in Velt has bread. Bakers there wait for flour from the south."
        >>> articles = dl.make_articles([f"MARRIN (AP) — {brief}", f"{own}\n\n{brief}"])
        >>> copies = dl.find_copies(articles, min_words=10)
        >>> copies[["start", "end", "share", "agency"]].round(2).values.tolist()
        [[14, 87, 1.0, 'Associated Press'], [71, 144, 0.52, 'Associated Press']]
    """
    if min_words < 5:
        raise ValueError(f"min_words={min_words}, expected at least 5")
    articles = take_frame(
        articles, "articles", "article_id", "text", optional=("outlet", "published_on")
    )
    layouts = lay_out(articles, blocks)
    by_age = articles.sort_values(["published_on", "article_id"], na_position="last")
    ids = by_age["article_id"].tolist()
    bodies = [_find_body(layouts[article_id]) for article_id in ids]
    outlets = [None if pd.isna(outlet) else outlet for outlet in by_age["outlet"]]
    shelf, pairs, shares = _propose([body.text for body in bodies], min_words)
    # Articles of unknown outlets may be of different ones.
    known = [i if outlet is None else outlet for i, outlet in enumerate(outlets)]
    stock = find_stock(shelf, pairs, shares, known)
    stretches: defaultdict[int, list[_Stretch]] = defaultdict(list)
    for one, other in pairs:
        for text, partner, chosen in _match(shelf, one, other, stock):
            stretches[text] += _find_runs(partner, chosen)
    place = {article_id: i for i, article_id in enumerate(ids)}
    teller = _Teller(ids, outlets, bodies)
    rows = [
        teller.tell(shelf, text, stretch)
        for text in map(place.__getitem__, articles["article_id"])
        if text in stretches
        for stretch in _choose(shelf.split(text), stretches[text], min_words)
    ]
    rows = [row for row in rows if row["kept_share"] >= _LEAST_KEPT]
    return check_frame(build_frame("copies", rows), "copies")


def _find_body(layout: Layout) -> _Body:
    blocks = [block for block in layout.blocks if block.kind == "body"]
    starts = np.cumsum([0, *(len(block.text) + 1 for block in blocks)])[:-1].tolist()
    text = "\n".join(block.text for block in blocks)
    return _Body(layout, text, starts, [block.start for block in blocks])


def _propose(
    texts: list[str], min_words: int
) -> tuple[Shelf, list[tuple[int, int]], dict[tuple[int, int], float]]:
    """The texts, the pairs to compare, and what the likely ones of all pairs share."""
    words = code_words(texts)
    shingles = Shingles(words)
    shares = shingles.propose().shares
    likely = [pair for pair, share in shares.items() if share >= LEAST_CONTAINMENT]
    one, other, n_shared = shingles.count_shared()
    enough = n_shared >= _LEAST_SHINGLES * min_words
    pairs = zip(one[enough].tolist(), other[enough].tolist(), strict=True)
    return Shelf(texts, words, weigh_words(words, likely)), list(pairs), shares


def _match(
    shelf: Shelf, one: int, other: int, stock: set[bytes]
) -> Iterator[tuple[int, int, np.ndarray]]:
    """Each of two texts, the other, and the partner there of each sentence, or -1."""
    match = shelf.match(one, other)
    sides = shelf.split(one), shelf.split(other)
    beside = find_beside(sides, (match.one >= 0, match.other >= 0), stock) if stock else None
    counted = beside or [np.array(True), np.array(True)]
    yield one, other, np.where(counted[0], match.one, -1)
    yield other, one, np.where(counted[1], match.other, -1)


def _find_runs(other: int, partners: np.ndarray) -> Iterator[_Stretch]:
    """Runs of sentences whose partners follow one another."""
    is_end = [
        now < 0 or after < 0 or not 0 <= after - now <= _MOST_CUT
        for now, after in pairwise([-1, *partners.tolist(), -1])
    ]
    for first, end in pairwise(np.flatnonzero(is_end).tolist()):
        if partners[first] >= 0:
            yield _Stretch(other, first, partners[first:end])


def _choose(sentences: Sentences, stretches: list[_Stretch], min_words: int) -> list[_Stretch]:
    """Stretches that do not overlap: the longest first, of equal ones that of the earliest text.

    Of one that meets longer ones the rest counts, where it is long enough.
    """
    n_words = sentences.n_words
    is_free = np.ones(len(n_words), dtype=bool)
    chosen: list[_Stretch] = []

    def age(stretch: _Stretch) -> tuple[int, int, int]:
        return -int(n_words[stretch.first : stretch.end].sum()), stretch.other, stretch.first

    for stretch in sorted(stretches, key=age):
        here = slice(stretch.first, stretch.end)
        partners = np.full(len(n_words), -1)
        partners[here] = np.where(is_free[here], stretch.partners, -1)
        for rest in _find_runs(stretch.other, partners):
            if n_words[rest.first : rest.end].sum() >= min_words:
                is_free[rest.first : rest.end] = False
                chosen.append(rest)
    return sorted(chosen, key=lambda stretch: stretch.first)


class _Teller:
    """Tells stretches as rows of COPIES."""

    def __init__(self, ids: list[str], outlets: list[str | None], bodies: list[_Body]) -> None:
        self._ids, self._bodies = ids, bodies
        self._signed = [
            [block.text for block in body.layout.blocks if block.kind in SIGNED]
            + ([outlet] if outlet else [])
            for body, outlet in zip(bodies, outlets, strict=True)
        ]

    def tell(self, shelf: Shelf, text: int, stretch: _Stretch) -> dict:
        """The row of a stretch of a text."""
        own, theirs = shelf.split(text), shelf.split(stretch.other)
        last = int(stretch.partners[-1]) + 1
        here = own.starts[[stretch.first, stretch.end]].tolist()
        there = theirs.starts[[int(stretch.partners[0]), last]].tolist()
        start, end = self._bodies[text].to_article(*here)
        other_start, other_end = self._bodies[stretch.other].to_article(*there)
        n_words = int(own.n_words[stretch.first : stretch.end].sum())
        other_words = int(theirs.n_words[int(stretch.partners[0]) : last].sum())
        share, other_share = n_words / own.n_words.sum(), other_words / theirs.n_words.sum()
        sides = [(text, here), (stretch.other, there)]
        agency = self._find_agency(sides if share >= other_share else sides[::-1])
        return {
            "article_id": self._ids[text],
            "start": start,
            "end": end,
            "other_article_id": self._ids[stretch.other],
            "other_start": other_start,
            "other_end": other_end,
            "n_words": n_words,
            "share": share,
            "kept_share": self._count_kept(sides) / n_words,
            "agency": agency,
        }

    def _find_agency(self, sides: list[tuple[int, list[int]]]) -> str | None:
        """The agency that signs the stretch, else the article of which it is more, else either."""
        paragraphs: list[str] = []
        signed: list[str] = []
        for text, (start, end) in sides:
            body = self._bodies[text]
            first = body.text.rfind("\n", 0, start) + 1
            paragraphs += body.text[first:end].split("\n")
            signed += self._signed[text]
        return find_agency(signed, paragraphs)

    def _count_kept(self, sides: list[tuple[int, list[int]]]) -> int:
        """How many words of the stretch stand in the other one too, in any order."""
        own, theirs = (
            Counter(find_word_pattern(words).findall(words))
            for words in (
                self._bodies[text].text[start:end].lower() for text, (start, end) in sides
            )
        )
        return (own & theirs).total()
