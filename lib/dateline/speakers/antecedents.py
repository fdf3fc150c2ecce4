"""From who is named and who speaks in an article to whom a later word means."""

from __future__ import annotations

import bisect
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import accumulate

from dateline.speakers.cast import Cast
from dateline.speakers.names.listed import is_word
from dateline.speakers.person import (
    AHEAD,
    CLOSE,
    CLOSE_AFAR,
    DISTANCE,
    FAR,
    MANY,
    OFTEN,
    QUOTED,
    SAID,
    SALIENCE,
    SPOKE,
    UNKNOWN,
    Sighting,
    Speaker,
    find_pairs,
)
from dateline.words import Span, Spans

BRACKETED = -1.0  # the salience of who stands in brackets: an agency's sign, a party
# A subordinate clause that opens a sentence, to its comma; and what stands before a name at most.
_SUBORDINATE = re.compile(
    r"[\s“‘\"'(]*(?:When|While|After|Before|As|Although|Though|Because|Since|If|Once|Until|Whereas|"
    r"Even (?:though|if)|Asked|Pressed|Questioned)\b[^.,“”\"\n]{3,200}, "
)
_WHAT = re.compile(r"[\s“‘\"'(]*(An?|The|One of) [a-z]")
_TITLE = re.compile(r"(?:(?:the|[A-Z][\w.]*|former) ){0,3}")


class Antecedents:
    """Whom one article has named so far, and who spoke in it.

    `saying` are the words whose speaker is sought, `sayers` those who say the words in which that
    source itself stands: no `he` in these is who says them.
    """

    def __init__(self, cast: Cast, quoted: Iterable[Span]) -> None:
        """Set out with an article's cast, and where its quotations stand."""
        self.cast = cast
        self.saying: tuple[Span, ...] = ()
        self.sayers: frozenset[Speaker] = frozenset()
        self._quoted = Spans(quoted)
        # A caption introduces people, but no pronoun of the body means whom it shows.
        self._subordinate: dict[int, Span] = {}
        self._sightings = [
            s._replace(salience=self._weigh(s.start, s.salience))
            for s in cast.sightings
            if not cast.captions.hold(s.start)
        ]
        self._starts = [sighting.start for sighting in self._sightings]
        self._pairs = find_pairs(cast.text, self._sightings)
        self._noted: list[Sighting] = []
        self._told: dict[int, int] = {}
        self._often = Counter(speaker for s in self._sightings for speaker in s.speakers)
        narrated = (
            not self.is_quoted(start) and not cast.captions.hold(start) for start in cast.sentences
        )
        self._narrated = list(accumulate(narrated))

    def note(
        self,
        position: int,
        speakers: tuple[Speaker, ...],
        status: str,
        salience: float,
        gender: str = "",
    ) -> None:
        """Remember who speaks, or is the subject, at a position."""
        if speakers:
            for speaker in speakers:
                self._often[speaker] += 1
            salience = self._weigh(position, salience)
            self._noted.append(Sighting(position, position, speakers, status, salience, gender))

    def knows(self, start: int, end: int) -> bool:
        """Whether somebody is noted between two positions."""
        return any(start <= sighting.start < end for sighting in self._noted[-MANY:])

    def find(self, position: int, gender: str) -> Sighting | None:
        """The best antecedent before a position.

        Args:
            position: Where the pronoun stands.
            gender: m, f, person (either), plural, thing, group (no document), or body (with a
                name).

        Returns:
            A sighting, with the speakers of that gender only; its form is "candidate" where another
            is about as likely, and then it has the speakers of both. None where nothing fits.
        """
        scored = self._score_all(position, gender)
        if not scored:
            return self._named_next(position, gender)
        top, best, speakers = max(scored, key=lambda one: one[0])
        others = [one for one in scored if not {*speakers} & {*one[2]}]
        next_score, _, rivals = max(others, key=lambda one: one[0], default=(-math.inf, best, ()))
        if (margin := top - next_score) >= (CLOSE if top >= FAR else CLOSE_AFAR):
            return best._replace(speakers=speakers, margin=margin)
        return best._replace(speakers=speakers + rivals, form="candidate")

    def _score_all(
        self, position: int, gender: str
    ) -> list[tuple[float, Sighting, tuple[Speaker, ...]]]:
        """Who fits a gender before a position, and how well, the nearest first."""
        scored = []
        pairs = [pair for pair in self._pairs if pair.start < position][-MANY:]
        is_he = gender in ("m", "f")
        apart = self._find_apposed(position)
        for sighting in reversed([*self._seen(0, position), *pairs]):
            if sighting.start == apart and not sighting.speakers[0].named:
                continue
            speakers = _fitting(sighting, gender)
            if self.sayers and (is_he or gender == "person"):
                speakers = tuple(s for s in speakers if s not in self.sayers)
            if speakers:
                guessed = is_he and not (sighting.gender or speakers[0].gender)
                score = self._score(sighting, speakers, position) + UNKNOWN * guessed
                scored.append((score, sighting, speakers))
        return scored

    def _find_apposed(self, position: int) -> int:
        """Where the phrase begins that says what a pronoun is: `A diver from Orr, she left`."""
        text, start = self.cast.text, self.cast.sentences[self.cast.sentence_of(position)]
        opening = _WHAT.match(text, start, position)
        return opening.start(1) if opening and text.endswith(", ", start, position) else -1

    def latest(self, speakers: list[Speaker], position: int) -> Speaker:
        """Which of these speakers was spoken of last before a position, else first after it."""
        for sighting in sorted(self._seen(0, position), key=lambda s: s.start, reverse=True):
            if len(sighting.speakers) == 1 and sighting.speakers[0] in speakers:
                return sighting.speakers[0]
        return min(speakers, key=lambda speaker: speaker.first)

    def last_joint(self, position: int) -> tuple[Speaker, ...]:
        """Those who spoke jointly a moment ago; empty where nobody did."""
        spoke = [sighting for sighting in self._noted[-MANY:] if sighting.form != "noticed"]
        for sighting in reversed(spoke[-3:]):
            if sighting.form == "joint" and sighting.start < position:
                return sighting.speakers
        return ()

    def pair(self, position: int, fits: Callable[[Speaker], bool]) -> list[tuple[Speaker, ...]]:
        """The two last people before a position; each as its candidates where it is ambiguous."""
        named = [s for s in self._seen(0, position) if s.end > s.start]
        named = [s for s in named if s.speakers[0].kind == "person" and not self.is_quoted(s.start)]
        kept = [tuple(f for f in s.speakers if fits(f)) for s in reversed(named)]
        pair = _distinct([speakers for speakers in kept if speakers])[:2]
        return sorted(pair, key=lambda one: one[0].first) if len(pair) == 2 else []

    def subject(self, start: int, end: int) -> tuple[Speaker, ...]:
        """Who speaks or is the subject first between two positions."""
        seen = [s for s in self._seen(start, end) if s.salience >= 1 and len(s.speakers) == 1]
        spoke = [s for s in seen if s.salience > 2]
        return min(spoke or seen, key=lambda s: s.start).speakers if seen else ()

    def is_quoted(self, position: int) -> bool:
        """Whether a position stands in quotation marks."""
        return self._quoted.hold(position)

    def _weigh(self, position: int, salience: float) -> float:
        """The salience of a place, by the clause and the brackets that it stands in.

        `When Ann Bell asked him, Tom Vark smiled`: Vark opens the main clause.
        """
        text = self.cast.text
        if text[position - 1 : position] == "(":
            return BRACKETED
        start = self.cast.sentences[self.cast.sentence_of(position)]
        if start not in self._subordinate:
            opened = _SUBORDINATE.match(text, start)
            self._subordinate[start] = opened.span() if opened else (start, start)
        _, end = self._subordinate[start]
        if position < end:
            return min(salience, 1.0)
        opens = end > start and _TITLE.fullmatch(text, end, position)
        return max(salience, 2.0) if opens else salience

    def _named_next(self, position: int, gender: str) -> Sighting | None:
        """`After he lost, Tom Vark left`: where nobody was named before, who is named next."""
        until = self.cast.sentence_of(position) + AHEAD
        for sighting in self._sightings[bisect.bisect_left(self._starts, position) :]:
            if gender not in ("m", "f") or self.cast.sentence_of(sighting.start) > until:
                return None
            if speakers := _fitting(sighting, gender):
                return sighting._replace(speakers=speakers)
        return None

    def _seen(self, start: int, end: int) -> list[Sighting]:
        """Who was named, and who spoke, between two positions; the last of them where many."""
        last = bisect.bisect_left(self._starts, end)
        seen = [*self._sightings[max(0, last - MANY) : last], *self._noted[-MANY:]]
        return [sighting for sighting in seen if start <= sighting.start < end]

    def _score(self, sighting: Sighting, speakers: tuple[Speaker, ...], position: int) -> float:
        start, salience = sighting.start, sighting.salience
        score = DISTANCE * self.distance(start, position)
        score += SALIENCE * (salience if salience < 2 else 2) + SPOKE * (salience > 2)
        often = self._often[speakers[0]]
        if len(speakers) > 1:
            often = max(self._often[speaker] for speaker in speakers)
        score += OFTEN * math.log1p(often)
        if self.is_quoted(start) and not self.is_quoted(position):
            score += QUOTED
        return score + SAID * any(begin <= start < end for begin, end in self.saying)

    def distance(self, start: int, end: int) -> int:
        """How many sentences nobody says lie between two positions."""
        return self._told_until(end) - self._told_until(start)

    def _told_until(self, position: int) -> int:
        """How many sentences, up to that of a position, nobody says."""
        if position not in self._told:
            self._told[position] = self._narrated[self.cast.sentence_of(position)]
        return self._told[position]


def status_of(sighting: Sighting) -> str:
    """Whether an antecedent is one, several who speak jointly, or several candidates."""
    if len(sighting.speakers) == 1:
        return "resolved"
    return "joint" if sighting.form == "joint" else "candidate"


def _distinct(slots: list[tuple[Speaker, ...]]) -> list[tuple[Speaker, ...]]:
    kept: list[tuple[Speaker, ...]] = []
    for slot in slots:
        if not any(set(slot) & set(other) for other in kept):
            kept.append(slot)
    return kept


def _fitting(sighting: Sighting, gender: str) -> tuple[Speaker, ...]:
    """The speakers of a sighting that a pronoun can mean; none where it cannot."""
    speakers = sighting.speakers
    joint = sighting.form == "joint" and len(speakers) > 1
    if gender == "plural":
        return speakers if joint or speakers[0].kind == "group" else ()
    if joint:
        return ()
    if gender == "body":
        bodies = (f for f in speakers if f.kind == "organisation" and f.named)
        return tuple(f for f in bodies if not is_word(f.name.split()[0], "direction"))
    if gender == "group":
        return tuple(f for f in speakers if f.kind == "organisation")
    if gender == "thing":
        return tuple(f for f in speakers if f.kind in ("organisation", "document"))
    if sighting.gender:
        return speakers if gender in ("person", sighting.gender) else ()
    genders = ("", "m", "f") if gender == "person" else ("", gender)
    if len(speakers) == 1:  # by far the most
        alone = speakers[0].kind == "person" and speakers[0].gender in genders
        return speakers if alone else ()
    return tuple(f for f in speakers if f.kind == "person" and f.gender in genders)
