"""From links to stories: which texts are round-ups of several, and which links hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from dateline.read.reprints.links import LEAST_SHARE, Link
from dateline.read.reprints.sentences import Shelf
from dateline.read.reprints.shingles import LEAST_PART, Held

# Two stretches of a text are one story's where they share this much of the smaller.
_LEAST_COMMON = 0.2
# A text of which one story gives this much of what is shared at all is that story's.
_MAIN_SHARE = 0.7
_WIDER = 2
_ASKED = 3  # of the texts of one story, whether another shares a part with them


@dataclass
class _Story:
    """A part of a text that one story gave, with the other texts that hold it."""

    held: np.ndarray
    texts: set[int] = field(default_factory=set)

    def is_of(self, other: int, held: np.ndarray, weight: np.ndarray, shingles: Held) -> bool:
        """Whether a stretch of another text belongs here: it meets this one, or the texts do."""
        least = min(weight[held].sum(), weight[self.held].sum())
        if weight[held & self.held].sum() >= _LEAST_COMMON * least:
            return True
        return any(
            shingles.find_share(other, text) >= LEAST_PART for text in sorted(self.texts)[:_ASKED]
        )


class Stories(NamedTuple):
    """The links that hold, and of each round-up a text of each story that it holds."""

    links: list[Link]
    round_ups: dict[int, list[int]]


def part_round_ups(shelf: Shelf, links: Sequence[Link], shingles: Held) -> Stories:
    """Tell texts that tell one story from those that put several together.

    A text whose links lead to stretches that do not meet, of texts that share nothing with one
    another either, holds several stories. Where one of them is most of what it shares, the text is
    that story's, with borrowed paragraphs; so it is where another text holds twice as much as they
    all. Else it is mixed: it belongs to none of them, and to other mixed texts only.

    Args:
        shelf: The texts.
        links: Their links, traces too.
        shingles: Of the texts.

    Returns:
        Stories: Links of reprints that neither of their texts refuses, in their order; and the
        round-ups in order, each with the first text of each story. They are the mixed texts that
        are another's words for the most part, or that would have been a reprint.
    """
    of_text: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        of_text[link.one].append(link)
        of_text[link.other].append(link)
    refused: set[tuple[int, int]] = set()
    mixed: set[int] = set()
    round_ups: dict[int, list[int]] = {}
    for text, own in sorted(of_text.items()):
        weight = shelf.split(text).weight
        stories, widest = _find_stories(text, own, weight, shingles)
        sizes = [float(weight[story.held].sum()) for story in stories]
        main = max(range(len(sizes)), key=sizes.__getitem__)
        # A text may be held by another and hold none of its sentences: then all sizes are 0.
        is_wider = 0 < _WIDER * sum(sizes) <= widest
        is_mixed = sizes[main] < _MAIN_SHARE * sum(sizes) and not is_wider
        parts = [s for s in stories if is_mixed or is_wider or s is not stories[main]]
        others = {other for story in parts for other in story.texts}
        refused |= {(min(text, other), max(text, other)) for other in others}
        if is_mixed:
            mixed.add(text)
            shared = np.logical_or.reduce([story.held for story in stories])
            is_mostly_theirs = weight[shared].sum() >= LEAST_SHARE * weight.sum()
            if is_mostly_theirs or any(link.is_reprint for link in own):
                round_ups[text] = sorted(min(story.texts) for story in stories)
    kept = [
        link
        for link in links
        if link.is_reprint
        and (link.one, link.other) not in refused
        and (link.one in mixed) == (link.other in mixed)
    ]
    return Stories(kept, round_ups)


def _find_stories(
    text: int, links: Sequence[Link], weight: np.ndarray, shingles: Held
) -> tuple[list[_Story], float]:
    """The stories whose stretches a text holds, and the largest stretch that meets several."""
    seen = [link.seen_from(text) for link in links]
    sizes = {other: float(weight[held].sum()) for other, held in seen}
    seen.sort(key=lambda one: (sizes[one[0]], one[0]))  # the smallest stretch first
    stories: list[_Story] = []
    widest = 0.0
    for other, held in seen:
        theirs = [story for story in stories if story.is_of(other, held, weight, shingles)]
        if not theirs:
            stories.append(_Story(held.copy(), {other}))
        elif len(theirs) == 1:
            theirs[0].held |= held
            theirs[0].texts.add(other)
        else:
            widest = sizes[other]  # they come in order
    return stories, widest
