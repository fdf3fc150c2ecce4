"""From a place in an article to whom a pronoun there means: who was named, and who spoke, before."""

from __future__ import annotations

import bisect
import math
from collections import Counter
from collections.abc import Callable

from dateline.quotes.cast import Cast, Figure, Sighting

# Points of an antecedent, tuned on six articles of speakers/train.jsonl: its distance in sentences
# that nobody speaks, its place in its sentence, whether it spoke, and how often it is named.
_DISTANCE, _SALIENCE, _SPOKE, _QUOTED, _OFTEN = -1.0, 1.0, 1.5, -2.0, 1.0


class Memory:
    """Who was named and who spoke so far, in one article."""

    def __init__(self, cast: Cast) -> None:
        """Start from the names of the article, before anybody spoke."""
        self.cast = cast
        self._spoken: list[tuple[Sighting, str]] = []
        self._quoted: list[tuple[int, int]] = []
        self._often = Counter(f for s in cast.sightings for f in s.figures)

    def quote(self, spans: list[tuple[int, int]]) -> None:
        """Learn which stretches stand in quotation marks."""
        self._quoted = sorted(spans)

    def note(self, position: int, figures: tuple[Figure, ...], status: str, gender: str) -> None:
        """Remember who speaks at a position."""
        if figures:
            self._spoken.append(
                (Sighting(position, position, figures, status, 2.0, gender), status)
            )

    def status_of(self, sighting: Sighting) -> str:
        """Whether an antecedent is one, several who speak jointly, or several candidates."""
        if len(sighting.figures) == 1:
            return "resolved"
        return "joint" if sighting.form == "joint" else "candidate"

    def antecedent(self, position: int, gender: str, *, unnamed: bool = False) -> Sighting | None:
        """The best antecedent before a position.

        Args:
            position: Where the pronoun stands.
            gender: m, f, person (either), plural or thing.
            unnamed: Whether only people without a name come in question.

        Returns:
            A sighting, with the figures of that gender only; None where nothing fits.
        """
        best, best_score = None, -math.inf
        spoken = {id(s) for s, _ in self._spoken}
        for sighting in [*self.cast.sightings, *(s for s, _ in self._spoken)]:
            fitting = _fitting(sighting, gender)
            if sighting.start >= position or not fitting or (unnamed and fitting[0].named):
                continue
            score = self._score(sighting, position, id(sighting) in spoken)
            if score >= best_score:
                best, best_score = sighting._replace(figures=fitting), score
        return best

    def _score(self, sighting: Sighting, position: int, spoke: bool) -> float:
        distance = self._narrated(position) - self._narrated(sighting.start)
        score = _DISTANCE * distance + _SALIENCE * sighting.salience + _SPOKE * spoke
        score += _OFTEN * math.log1p(max(self._often[f] for f in sighting.figures))
        quoted = not spoke and self._is_quoted(sighting.start) and not self._is_quoted(position)
        return score + _QUOTED * quoted

    def _narrated(self, position: int) -> int:
        """The sentence of a position, not counting those that stand in quotation marks."""
        here = self.cast.sentence_of(position)
        return sum(not self._is_quoted(start) for start in self.cast.sentences[: here + 1])

    def _is_quoted(self, position: int) -> bool:
        at = bisect.bisect_right(self._quoted, (position, math.inf)) - 1
        return at >= 0 and self._quoted[at][0] <= position < self._quoted[at][1]

    def latest(self, figures: list[Figure], position: int) -> Figure:
        """Which of these figures was spoken of last before a position, else first after it."""
        seen = [*self.cast.sightings, *(s for s, _ in self._spoken)]
        for sighting in sorted(seen, key=lambda s: s.start, reverse=True):
            if (
                sighting.start < position
                and len(sighting.figures) == 1
                and sighting.figures[0] in figures
            ):
                return sighting.figures[0]
        return min(figures, key=lambda figure: figure.first)

    def last_joint(self, position: int) -> tuple[Figure, ...]:
        """Those who spoke jointly a moment ago; empty where nobody did."""
        for sighting, status in reversed(self._spoken[-2:]):
            if status == "joint" and sighting.start < position:
                return sighting.figures
        return ()

    def pair(self, position: int, fits: Callable[[Figure], bool]) -> list[tuple[Figure, ...]]:
        """The two last people before a position; each as its candidates where it is ambiguous."""
        named = [
            s for s in self.cast.sightings if s.start < position and not self._is_quoted(s.start)
        ]
        named = [s for s in named if s.figures[0].kind == "person"]
        near = self.cast.sentence_of(position) - 1
        last = _distinct([s.figures for s in named if self.cast.sentence_of(s.start) == near])
        if len(last) == 2:
            return last
        kept = [tuple(f for f in s.figures if fits(f)) for s in reversed(named)]
        pair = _distinct([k for k in kept if k])[:2]
        return sorted(pair, key=lambda one: one[0].first) if len(pair) == 2 else []


def _distinct(slots: list[tuple[Figure, ...]]) -> list[tuple[Figure, ...]]:
    kept: list[tuple[Figure, ...]] = []
    for slot in slots:
        if not any(set(slot) & set(other) for other in kept):
            kept.append(slot)
    return kept


def _fitting(sighting: Sighting, gender: str) -> tuple[Figure, ...]:
    """The figures of a sighting that a pronoun can mean; none where it cannot."""
    figures = sighting.figures
    joint = sighting.form == "joint" and len(figures) > 1
    if gender == "plural":
        return figures if joint or figures[0].plural else ()
    if joint:
        return ()
    if gender == "thing":
        return tuple(f for f in figures if f.kind in ("organisation", "document") and not f.plural)
    if sighting.gender:
        return figures if sighting.gender == gender else ()
    people = (f for f in figures if f.kind in ("person", "unknown") and not f.plural)
    return tuple(f for f in people if gender == "person" or f.gender in ("", gender))
