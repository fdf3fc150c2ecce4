"""From the sources of one article to who they are: it is read in order, and who spoke is kept."""

from __future__ import annotations

import bisect
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from dateline.speakers.cast import Cast
from dateline.speakers.mention import Source, classify_source, find_subjects
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
from dateline.speakers.registry import Identity, Registry
from dateline.words import Spans


class Article(NamedTuple):
    """An article, as far as speakers need it; NA is None."""

    article_id: str
    text: str
    byline: str | None
    outlet: str | None


class Attribution(NamedTuple):
    """An attribution, as far as speakers need it; one without a source ends where it starts.

    `is_turn` says that its source is the label of a transcript, or stands for one.
    """

    start: int
    end: int
    content: tuple[tuple[int, int], ...]
    kind: str
    is_turn: bool = False


class Answer(NamedTuple):
    """Who a source is: kind of mention, status, speakers, why, and which of them stay open."""

    kind: str
    status: str
    speakers: tuple[Speaker, ...]
    evidence: str
    gender: str = ""
    open: tuple[Speaker, ...] = ()


def one_of(kind: str, speakers: Iterable[Speaker], rule: str, words: str) -> Answer:
    """The answer that the words are this speaker, or stay open between these."""
    speakers = tuple(speakers)
    status = "resolved" if len(speakers) == 1 else "candidate"
    return Answer(kind, status, speakers, f"{rule}: {words} is {any_of(speakers)}")


def any_of(speakers: Iterable[Speaker]) -> str:
    """The names of speakers of whom one is meant."""
    return " or ".join(speaker.name for speaker in speakers)


class Scene:
    """Reads the sources of one article in the order of its text, and remembers who spoke.

    `around` is what was answered for the words that the source stands in which is being read: no
    `he` in them is who says them, and `I` is.
    """

    def __init__(
        self, article: Article, cast: Cast, registry: Registry, rules: Sequence[Rule]
    ) -> None:
        """Set out with an article and its cast, the people of the corpus, and the rules to try."""
        self.article = article
        self.cast = cast
        self.registry = registry
        self.around: list[Answer] = []
        self.first_turn = 0
        self._rules = rules
        self._answers: dict[Attribution, Answer] = {}
        self._said: list[tuple[int, int, Attribution]] = []
        self._longest = 0
        self._saying: tuple[tuple[int, int], ...] = ()
        # A caption introduces people, but no pronoun of the body means whom it shows.
        self._sightings = [s for s in cast.sightings if not cast.captions.hold(s.start)]
        self._starts = [sighting.start for sighting in self._sightings]
        self._pairs = find_pairs(cast.text, self._sightings)
        self._noted: list[Sighting] = []
        self._told: dict[int, int] = {}
        self._often = Counter(speaker for s in self._sightings for speaker in s.speakers)
        self._brought: dict[Identity, Speaker] = {}

    def read(self, attributions: list[Attribution]) -> dict[Attribution, Answer]:
        """Tell who each source is; what is said in the first person waits for the rest."""
        self._said = sorted((start, end, a) for a in attributions for start, end in a.content)
        self._longest = max((end - start for start, end, _ in self._said), default=0)
        self._quoted = Spans(s for a in attributions if a.kind != "indirect" for s in a.content)
        narrated = (
            not self.is_quoted(start) and not self.cast.captions.hold(start)
            for start in self.cast.sentences
        )
        self._narrated = list(accumulate(narrated))
        turns = [a for a in attributions if a.is_turn]
        self.first_turn = min((min(a.content[0][0], a.start) for a in turns), default=0)
        sources = {a: self._classify(a) for a in attributions}
        waiting = {a: None for a in attributions if sources[a].gender in ("I", "we")}
        steps: list[tuple[int, int, Attribution | None]] = [
            (start, end, None) for start, end in self._find_subjects(attributions)
        ]
        steps += [(a.start, a.end, a) for a in attributions if a not in waiting]
        for start, end, attribution in sorted(steps, key=lambda step: step[:2]):
            if attribution:
                self._read(attribution, sources[attribution])
            else:
                self.around, self._saying = [], ()
                self._note(start, self.identify_span(start, end), spoke=False)
        for attribution in waiting:
            self._read(attribution, sources[attribution])
        return self._answers

    def identify(self, source: Source) -> Answer:
        """Who a source is, by the first rule that knows."""
        return next(answer for rule in self._rules if (answer := rule(self, source)))

    def identify_span(self, start: int, end: int) -> Answer:
        """Who the words of a span are, read as a source."""
        return self.identify(classify_source(self.cast, start, end))

    def identify_owner(self, source: Source) -> Answer:
        """Who the owner in a source is: `her` in `her office`.

        Whoever speaks seldom stands in the words that they say; whose office speaks often does:
        "Ann Bell will stay away, her office said".
        """
        saying, self._saying = self._saying, ()
        answer = self.identify_span(source.start, source.start + len(source.owner))
        self._saying = saying
        return answer

    def bring(self, identity: Identity) -> Speaker:
        """The speaker who is somebody known from other articles, in this one."""
        if speaker := identity.speakers.get(self.article.article_id):
            return speaker
        if identity not in self._brought:
            speaker = self.cast.add(Speaker(identity.name, "person", identity.gender))
            self._brought[identity] = speaker
            self.registry.of[speaker] = identity
        return self._brought[identity]

    def antecedent(
        self, position: int, gender: str, among: Collection[Speaker] | None = None
    ) -> Sighting | None:
        """The best antecedent before a position.

        Args:
            position: Where the pronoun stands.
            gender: m, f, person (either), plural, thing, group (no document), body (with a name)
                or any.
            among: Of whom it is one; None leaves that open.

        Returns:
            A sighting, with the speakers of that gender only; its form is "candidate" where another
            is about as likely, and then it has the speakers of both. None where nothing fits.
        """
        saying = {speaker for answer in self.around for speaker in answer.speakers}
        scored = []
        pairs = [pair for pair in self._pairs if pair.start < position][-MANY:]
        for sighting in reversed([*self._seen(0, position), *pairs]):
            speakers = _fitting(sighting, gender)
            if gender in ("m", "f"):
                speakers = tuple(s for s in speakers if s not in saying)
            if among is not None:
                speakers = tuple(s for s in speakers if s in among)
            if speakers:
                fitting = sighting._replace(speakers=speakers)
                guessed = gender in ("m", "f") and not (sighting.gender or speakers[0].gender)
                scored.append((self._score(sighting, position) + UNKNOWN * guessed, fitting))
        if not scored:
            return self._named_next(position, gender)
        top, best = max(scored, key=lambda one: one[0])
        others = [one for one in scored if not set(one[1].speakers) & set(best.speakers)]
        next_score, rival = max(others, key=lambda one: one[0], default=(-math.inf, best))
        if top - next_score >= (CLOSE if top >= FAR else CLOSE_AFAR):
            return best
        return best._replace(speakers=best.speakers + rival.speakers, form="candidate")

    def latest(self, speakers: list[Speaker], position: int) -> Speaker:
        """Which of these speakers was spoken of last before a position, else first after it."""
        for sighting in sorted(self._seen(0, position), key=lambda s: s.start, reverse=True):
            if len(sighting.speakers) == 1 and sighting.speakers[0] in speakers:
                return sighting.speakers[0]
        return min(speakers, key=lambda speaker: speaker.first)

    def last_joint(self, position: int) -> tuple[Speaker, ...]:
        """Those who spoke jointly a moment ago; empty where nobody did."""
        for sighting in reversed(self._noted[-3:]):
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

    def _classify(self, attribution: Attribution) -> Source:
        start, end = attribution.start, attribution.end
        return (
            Source("label", start, end)
            if attribution.is_turn
            else classify_source(self.cast, start, end)
        )

    def _read(self, attribution: Attribution, source: Source) -> None:
        self._saying = attribution.content
        self.around = self._find_around(attribution)
        self._answers[attribution] = answer = self.identify(source)
        self._note(attribution.start, answer)

    def _note(self, position: int, answer: Answer, *, spoke: bool = True) -> None:
        """Remember who speaks, or is the subject, at a position."""
        if answer.speakers:
            self._often.update(answer.speakers)
            place = (position, position, answer.speakers, answer.status)
            self._noted.append(Sighting(*place, 2.0 + spoke, answer.gender))

    def _find_subjects(self, attributions: list[Attribution]) -> list[tuple[int, int]]:
        """The roles that open sentences and are no sources."""
        sources = [(a.start, a.end) for a in attributions]
        people = (s[:2] for s in self.cast.sightings if s.speakers[0].kind == "person")
        roles = (role[1:] for speaker in self.cast.speakers for role in speaker.roles)
        taken = Spans([*sources, *people, *roles])
        found = [s for s in find_subjects(self.cast) if not self.cast.captions.hold(s[0])]
        return [s for s in found if not taken.overlap(s[0], s[1] + 2)]

    def _find_around(self, attribution: Attribution) -> list[Answer]:
        """What is answered for the words, as far as they are read, inside which a source stands."""
        first = bisect.bisect_left(self._said, (attribution.start - self._longest,))
        after = bisect.bisect_left(self._said, (attribution.start + 1,))
        around = [
            self._answers[other]
            for _, end, other in self._said[first:after]
            if end > attribution.start and other is not attribution and other in self._answers
        ]
        return [answer for answer in around if answer.speakers]

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

    def _score(self, sighting: Sighting, position: int) -> float:
        score = DISTANCE * (self._told_until(position) - self._told_until(sighting.start))
        score += SALIENCE * min(sighting.salience, 2) + SPOKE * (sighting.salience > 2)
        score += OFTEN * math.log1p(max(self._often[f] for f in sighting.speakers))
        if not self.is_quoted(position) and self.is_quoted(sighting.start):
            score += QUOTED
        return score + SAID * any(start <= sighting.start < end for start, end in self._saying)

    def _told_until(self, position: int) -> int:
        """How many sentences, up to that of a position, nobody says."""
        if position not in self._told:
            self._told[position] = self._narrated[self.cast.sentence_of(position)]
        return self._told[position]


# Tells who a source is, or None where it does not know.
Rule = Callable[[Scene, Source], Answer | None]


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
    if gender == "any":
        return speakers
    if gender == "body":
        bodies = (f for f in speakers if f.kind == "organisation" and f.named)
        return tuple(f for f in bodies if not is_word(f.name.split()[0], "direction"))
    if gender == "group":
        return tuple(f for f in speakers if f.kind == "organisation")
    if gender == "thing":
        return tuple(f for f in speakers if f.kind in ("organisation", "document"))
    if sighting.gender:
        return speakers if gender in ("person", sighting.gender) else ()
    people = (f for f in speakers if f.kind == "person")
    return tuple(f for f in people if gender == "person" or f.gender in ("", gender))
