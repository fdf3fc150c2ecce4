"""From a place in an article to whom a pronoun there means: who was named or spoke before."""

from __future__ import annotations

import bisect
import math
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import accumulate

from dateline.speakers.cast import Cast
from dateline.speakers.person import Figure, Reading, Sighting
from dateline.words import Spans

# Points of an antecedent: its distance in sentences that nobody speaks, its place in its sentence,
# whether it spoke, whether it stands in somebody's quotation, how often it is named, whether
# it stands in the very words whose speaker is sought.
_DISTANCE, _SALIENCE, _SPOKE, _QUOTED = -2.5, 1.5, 0.5, -2.0
_OFTEN, _SAID = 0.25, -3.0

# An antecedent is one of two candidates if the other comes so close; more easily below _FAR points.
# Of 235 pronouns with a gold speaker, 7 were so, and 5 of these had been read wrongly.
_CLOSE, _FAR, _CLOSE_AFAR = 0.2, -2.0, 3.0

# So many sightings are looked back on at most, lest a long file take the square of its length.
_MANY = 100


class Memory:
    """Who was named and who spoke so far, in one article.

    `saying` is what the attribution says that is being read, and `speaking` who says the words that
    it stands in: no `he` for himself.
    """

    def __init__(self, cast: Cast, quoted: Iterable[tuple[int, int]]) -> None:
        """Start from the names of the article and from what stands in quotation marks."""
        self.cast = cast
        self._starts = [sighting.start for sighting in cast.sightings]
        self._noted: list[Sighting] = []
        self._quoted = Spans(quoted)
        self.saying: tuple[tuple[int, int], ...] = ()
        self.speaking: set[Figure] = set()
        self._often = Counter(figure for s in cast.sightings for figure in s.figures)
        self._narrated = list(accumulate(not self.is_quoted(start) for start in cast.sentences))

    def note(self, position: int, reading: Reading, *, spoke: bool = True) -> None:
        """Remember who speaks, or is the subject, at a position."""
        figures, form = reading.figures, reading.status
        if figures:
            self._often.update(figures)
            sighting = Sighting(position, position, figures, form, 2.0 + spoke, reading.gender)
            self._noted.append(sighting)

    def forget(self) -> None:
        """Read on where nothing is being said."""
        self.saying, self.speaking = (), set()

    def antecedent(self, position: int, gender: str) -> Sighting | None:
        """The best antecedent before a position.

        Args:
            position: Where the pronoun stands.
            gender: m, f, person (either), plural or thing.

        Returns:
            A sighting, with the figures of that gender only; its form is "candidate" where another
            is about as likely, and then it has the figures of both. None where nothing fits.
        """
        scored = []
        for sighting in reversed(self._seen(0, position)):
            figures = _fitting(sighting, gender)
            if gender in ("m", "f"):
                figures = tuple(f for f in figures if f not in self.speaking)
            if figures:
                fitting = sighting._replace(figures=figures)
                scored.append((self._score(sighting, position), fitting))
        if not scored:
            return None
        top, best = max(scored, key=lambda one: one[0])
        others = [one for one in scored if not set(one[1].figures) & set(best.figures)]
        next_score, rival = max(others, key=lambda one: one[0], default=(-math.inf, best))
        if top - next_score >= (_CLOSE if top >= _FAR else _CLOSE_AFAR):
            return best
        return best._replace(figures=best.figures + rival.figures, form="candidate")

    def latest(self, figures: list[Figure], position: int) -> Figure:
        """Which of these figures was spoken of last before a position, else first after it."""
        for sighting in sorted(self._seen(0, position), key=lambda s: s.start, reverse=True):
            if len(sighting.figures) == 1 and sighting.figures[0] in figures:
                return sighting.figures[0]
        return min(figures, key=lambda figure: figure.first)

    def last_joint(self, position: int) -> tuple[Figure, ...]:
        """Those who spoke jointly a moment ago; empty where nobody did."""
        for sighting in reversed(self._noted[-3:]):
            if sighting.form == "joint" and sighting.start < position:
                return sighting.figures
        return ()

    def pair(self, position: int, fits: Callable[[Figure], bool]) -> list[tuple[Figure, ...]]:
        """The two last people before a position; each as its candidates where it is ambiguous."""
        named = [s for s in self._seen(0, position) if s.end > s.start]
        named = [s for s in named if s.figures[0].kind == "person" and not self.is_quoted(s.start)]
        kept = [tuple(f for f in s.figures if fits(f)) for s in reversed(named)]
        pair = _distinct([figures for figures in kept if figures])[:2]
        return sorted(pair, key=lambda one: one[0].first) if len(pair) == 2 else []

    def subject(self, start: int, end: int) -> tuple[Figure, ...]:
        """Who speaks or is the subject first between two positions."""
        seen = [s for s in self._seen(start, end) if s.salience >= 1 and len(s.figures) == 1]
        spoke = [s for s in seen if s.salience > 2]
        return min(spoke or seen, key=lambda s: s.start).figures if seen else ()

    def is_quoted(self, position: int) -> bool:
        """Whether a position stands in quotation marks."""
        return self._quoted.hold(position)

    def _seen(self, start: int, end: int) -> list[Sighting]:
        """Who was named, and who spoke, between two positions; the last of them where many."""
        last = bisect.bisect_left(self._starts, end)
        seen = [*self.cast.sightings[max(0, last - _MANY) : last], *self._noted[-_MANY:]]
        return [sighting for sighting in seen if start <= sighting.start < end]

    def _score(self, sighting: Sighting, position: int) -> float:
        here, there = self.cast.sentence_of(position), self.cast.sentence_of(sighting.start)
        score = _DISTANCE * (self._narrated[here] - self._narrated[there])
        score += _SALIENCE * min(sighting.salience, 2) + _SPOKE * (sighting.salience > 2)
        score += _OFTEN * math.log1p(max(self._often[f] for f in sighting.figures))
        score += _QUOTED * (self.is_quoted(sighting.start) and not self.is_quoted(position))
        return score + _SAID * any(start <= sighting.start < end for start, end in self.saying)


def status_of(sighting: Sighting) -> str:
    """Whether an antecedent is one, several who speak jointly, or several candidates."""
    if len(sighting.figures) == 1:
        return "resolved"
    return "joint" if sighting.form == "joint" else "candidate"


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
        return figures if joint or figures[0].kind == "group" else ()
    if joint:
        return ()
    if gender == "thing":
        return tuple(f for f in figures if f.kind in ("organisation", "document"))
    if sighting.gender:
        return figures if gender in ("person", sighting.gender) else ()
    people = (f for f in figures if f.kind == "person")
    return tuple(f for f in people if gender == "person" or f.gender in ("", gender))
