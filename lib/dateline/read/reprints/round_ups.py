"""From links to stories: which texts are round-ups of several, and which links hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from dateline.read.reprints.links import LEAST_SHARE, Link
from dateline.read.reprints.sentences import Shelf

# Two stretches of a text are one story's where they share this much of the smaller.
_LEAST_COMMON = 0.2
# A text of which one story gives this much of what is shared at all is that story's.
_MAIN_SHARE = 0.8


@dataclass
class _Story:
    """A part of a text that one story gave, with the other texts that hold it."""

    held: np.ndarray
    texts: set[int] = field(default_factory=set)

    def is_of(self, other: int, held: np.ndarray, weight: np.ndarray, near: set[int]) -> bool:
        """Whether a stretch of another text belongs here."""
        least = min(weight[held].sum(), weight[self.held].sum())
        if weight[held & self.held].sum() >= _LEAST_COMMON * least:
            return True
        return not near.isdisjoint(self.texts)


class Stories(NamedTuple):
    """The links that hold, and of each round-up a text of each story that it holds."""

    links: list[Link]
    round_ups: dict[int, list[int]]


def part_round_ups(shelf: Shelf, links: Sequence[Link]) -> Stories:
    """Tell texts that tell one story from those that put several together.

    A text whose links lead to stretches that do not meet, of texts that are not linked with one
    another, holds several stories. Where one of them is nearly all that it shares, the text is
    that story's; else it is a round-up and belongs to none. A second round-up of the same stories
    meets several of the stretches: it stays linked.

    Args:
        shelf: The texts.
        links: Their links, traces too.

    Returns:
        Stories: Links of reprints that neither of their texts refuses, in their order; and the
        round-ups in order, each with the first text of each story.
    """
    of_text: defaultdict[int, list[Link]] = defaultdict(list)
    near: defaultdict[int, set[int]] = defaultdict(set)
    for link in links:
        for one, other in ((link.one, link.other), (link.other, link.one)):
            of_text[one].append(link)
            if link.is_reprint:
                near[one].add(other)
    refused: set[tuple[int, int]] = set()
    round_ups: dict[int, list[int]] = {}
    for text in sorted(of_text):
        weight = shelf.split(text).weight
        stories = _find_stories(text, of_text[text], weight, near)
        if len(stories) < 2:
            continue
        sizes = [float(weight[story.held].sum()) for story in stories]
        main = max(range(len(sizes)), key=sizes.__getitem__)
        if sizes[main] >= _MAIN_SHARE * sum(sizes):
            del stories[main]
        theirs = {other for story in stories for other in story.texts}
        refused |= {(min(text, other), max(text, other)) for other in theirs}
        shared = np.logical_or.reduce([story.held for story in stories])
        is_mostly_theirs = weight[shared].sum() >= LEAST_SHARE * weight.sum()
        if sizes[main] < _MAIN_SHARE * sum(sizes) and (
            is_mostly_theirs or not near[text].isdisjoint(theirs)
        ):
            round_ups[text] = sorted(min(story.texts) for story in stories)
    kept = [link for link in links if link.is_reprint and (link.one, link.other) not in refused]
    return Stories(kept, round_ups)


def _find_stories(
    text: int, links: Sequence[Link], weight: np.ndarray, near: dict[int, set[int]]
) -> list[_Story]:
    """The stories whose stretches a text holds; what meets several of them is none."""
    seen = [link.seen_from(text) for link in links]
    seen.sort(key=lambda one: (float(weight[one[1]].sum()), one[0]))  # the smallest stretch first
    stories: list[_Story] = []
    for other, held in seen:
        theirs = [story for story in stories if story.is_of(other, held, weight, near[other])]
        if not theirs:
            stories.append(_Story(held.copy(), {other}))
        elif len(theirs) == 1:
            theirs[0].held |= held
            theirs[0].texts.add(other)
    return stories
