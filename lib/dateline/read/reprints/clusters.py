"""From texts to reprint clusters: which tell the same story in mostly the same sentences."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.method import note_method
from dateline.read.plain.blocks import Layout, lay_out
from dateline.read.reprints.links import are_near, link_texts
from dateline.read.reprints.round_ups import Stories, part_round_ups
from dateline.read.reprints.sentences import Shelf, join_pairs, weigh_words
from dateline.read.reprints.shingles import LEAST_CONTAINMENT, Shingles, Words, code_words


def find_reprints(
    articles: pd.DataFrame, *, blocks: pd.DataFrame | None = None, within_days: int | None = None
) -> pd.DataFrame:
    """Find anew which articles are reprints of one another, as reading does.

    Args:
        articles: ARTICLES; `published_on` and `outlet` are used where they are there.
        blocks: BLOCKS of the articles; None finds them.
        within_days: Articles whose known days lie further apart are no reprints: of what is
            written anew each week in the same words. None sets no limit, as reading does.

    Returns:
        The articles, in their order, with another `cluster_id`: the earliest article of the
        cluster, undated ones last, then by id. Empty in, empty out.

    Raises:
        ValueError: `within_days` is below 0, or one of the frames is not such a frame.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": "The port is shut.", "date": f"2025-03-{day}"} for day in (10, 24)]
        >>> articles = dl.make_articles(rows)
        >>> articles["cluster_id"].nunique()
        1
        >>> dl.find_reprints(articles, within_days=7)["cluster_id"].nunique()
        2
    """
    if within_days is not None and within_days < 0:
        raise ValueError(f"within_days={within_days}, expected at least 0")
    known = take_frame(
        articles, "articles", "article_id", "text", optional=("outlet", "published_on")
    ).reset_index(drop=True)
    layouts = lay_out(articles, blocks)
    by_age = known.sort_values(["published_on", "article_id"], na_position="last")
    ids = by_age["article_id"].tolist()
    clusters = find_clusters(
        [_join_body(layouts[article_id]) for article_id in ids],
        [None if pd.isna(outlet) else outlet for outlet in by_age["outlet"]],
        [None if pd.isna(day) else day.date() for day in by_age["published_on"]],
        within_days=within_days,
    )
    cluster_of = {ids[i]: ids[first] for i, first in enumerate(clusters.firsts)}
    cluster_ids = [cluster_of[article_id] for article_id in known["article_id"]]
    found = articles.assign(cluster_id=pd.Series(cluster_ids, articles.index, dtype="str"))
    limit = "at any distance" if within_days is None else f"at most {within_days} days apart"
    note_method(found, articles, reprints_linked=limit)
    return found


def _join_body(layout: Layout) -> str:
    return "\n".join(block.text for block in layout.blocks if block.kind == "body")


class Clusters(NamedTuple):
    """For each text the index of its cluster's first; of each round-up, texts of its stories."""

    firsts: list[int]
    round_ups: dict[int, list[int]]


def find_clusters(
    texts: Sequence[str],
    outlets: Sequence[str | None] | None = None,
    days: Sequence[datetime.date | None] | None = None,
    *,
    within_days: int | None = None,
) -> Clusters:
    """Find which texts are reprints of one another, exact, cut or edited.

    Texts of the same words are linked at any length. Of others, those are looked at that share
    three-word shingles; they are linked where the sentences of the shorter stand in the longer, to
    40 % of their weight: rare words weigh more, and a sentence stands where half of its weight
    does. A round-up of several stories is linked with none of them, and what an outlet prints
    below three articles or more of unlike words is not shared text. Work and memory grow with the
    number of words, not of pairs.

    Args:
        texts: The bodies of the articles, in a stable order, the earliest first.
        outlets: Of each text; None where unknown.
        days: Of publication; None where unknown.
        within_days: Link no texts whose known days lie further apart; None links all.

    Returns:
        Clusters: For each text the index of its cluster's first text, and the round-ups in order.
    """
    outlets = [None] * len(texts) if outlets is None else outlets
    days = [None] * len(texts) if days is None else days
    words = code_words(texts)

    def may_link(one: int, other: int) -> bool:
        return are_near(days[one], days[other], within_days)

    same = join_pairs(len(texts), [pair for pair in _pair_identical(words) if may_link(*pair)])
    distinct = np.flatnonzero(same == np.arange(len(texts)))
    kept = distinct.tolist()
    stories = _find_stories(
        [texts[i] for i in kept],
        words.take(distinct),
        [outlets[i] for i in kept],
        lambda one, other: may_link(kept[one], kept[other]),
    )
    firsts = join_pairs(len(kept), [(link.one, link.other) for link in stories.links])
    place = np.zeros(len(texts), dtype=np.int64)
    place[distinct] = np.arange(len(kept))
    round_ups = {kept[i]: [kept[j] for j in others] for i, others in stories.round_ups.items()}
    return Clusters(distinct[firsts[place[same]]].tolist(), round_ups)


def _find_stories(
    texts: Sequence[str],
    words: Words,
    outlets: Sequence[str | None],
    may_link: Callable[[int, int], bool],
) -> Stories:
    """The links between texts of which no two are the same."""
    proposed = Shingles(words).propose()
    pairs = {pair: share for pair, share in proposed.shares.items() if may_link(*pair)}
    if not pairs:
        return Stories([], {})
    likely = [pair for pair, share in pairs.items() if share >= LEAST_CONTAINMENT]
    shelf = Shelf(texts, words, weigh_words(words, likely))
    return part_round_ups(shelf, link_texts(shelf, pairs, outlets), proposed.held)


def _pair_identical(words: Words) -> list[tuple[int, int]]:
    """Each text of the same words as an earlier one, with the last such one."""
    last: dict[bytes, int] = {}
    pairs = []
    for text in range(len(words.starts) - 1):
        key = words.of(text).tobytes()
        if key and key in last:
            pairs.append((last[key], text))
        last[key] = text
    return pairs
