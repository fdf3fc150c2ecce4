"""From the sources of one article to who they are: it is read in order, and who spoke is kept."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from dateline.speakers.antecedents import Antecedents
from dateline.speakers.cast import Cast
from dateline.speakers.mention import LISTED, Source, classify_source
from dateline.speakers.names.listed import is_word
from dateline.speakers.names.nouns import find_plain, find_pronouns, find_subjects
from dateline.speakers.person import Speaker
from dateline.speakers.registry import Identity, Registry
from dateline.words import Span, Spans

# What may stand between a source that ends early and its cue: `, head of the board, and Tom Vark, a
# diver, said`, `, Tom Vark and Gov. Anna Pell have all said`.
_MORE = re.compile(
    r"(?:, (?:[a-z]{2,20} ){0,2}[a-z]{3,20}\b[^.;:“”\"\n]{0,200})?,? and [^.;:“”\"\n]{3,150}|"
    r"(?:, (?:the )?[A-Z][^,;:“”\"\n]{2,60}){0,8},? and (?:the )?[A-Z][^;:“”\"\n]{2,90}"
)
_AUXILIARIES = re.compile(
    r"(?: (?:all|also|are|both|each|had|has|have|were|will|would|[a-z]+ly))*[ ,]*$"
)
NOTICED = 2  # so many sentences before that of a pronoun groups and documents are taken up
SUBJECT, SPEAKING = 2.0, 3.0  # the salience of who opens a sentence, and of who speaks in it


class Article(NamedTuple):
    """An article, as far as speakers need it; NA is None."""

    article_id: str
    text: str
    byline: str | None
    outlet: str | None


class Attribution(NamedTuple):
    """An attribution, as far as speakers need it; one without a source ends where it starts.

    `is_turn` says that its source is the label of a transcript, or stands for one; `reach` is where
    its cue begins, behind the source.
    """

    start: int
    end: int
    content: tuple[tuple[int, int], ...]
    kind: str
    is_turn: bool = False
    reach: int = 0


class Answer(NamedTuple):
    """Who a source is: kind of mention, status, speakers, why, and which of them stay open.

    `score` is the probability that it is right; 0, or more than its rule is worth, stands for that.
    """

    kind: str
    status: str
    speakers: tuple[Speaker, ...]
    evidence: str
    gender: str = ""
    open: tuple[Speaker, ...] = ()
    score: float = 0.0


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
        self,
        article: Article,
        cast: Cast,
        registry: Registry,
        attributions: list[Attribution],
        rules: Sequence[tuple[Rule, float]],
    ) -> None:
        """Set out with an article, its cast and attributions, the corpus, and the rules to try."""
        self.article = article
        self.cast = cast
        self.registry = registry
        self.around: list[Answer] = []
        self.first_turn = 0
        self._rules = rules
        self._answers: dict[Attribution, Answer] = {}
        self._said = sorted((start, end, a) for a in attributions for start, end in a.content)
        self._longest = max((end - start for start, end, _ in self._said), default=0)
        self._attributions = attributions
        self._noticed: set[int] = set()
        self._brought: dict[Identity, Speaker] = {}
        quoted = (span for a in attributions if a.kind != "indirect" for span in a.content)
        self.past = Antecedents(cast, quoted)

    def read(self) -> dict[Attribution, Answer]:
        """Tell who each source is; what is said in the first person waits for the rest."""
        attributions = self._attributions
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
                self._stand_in([], ())
                answer = self.identify_span(start, end)
                if answer.kind == "pronoun" and answer.status != "resolved":
                    continue
                self.past.note(start, answer.speakers, answer.status, SUBJECT, answer.gender)
        for attribution in waiting:
            self._read(attribution, sources[attribution])
        return self._answers

    def identify(self, source: Source) -> Answer:
        """Who a source is, by the first rule that knows, and how probably."""
        for rule, share in self._rules:
            if answer := rule(self, source):
                return answer._replace(score=min(answer.score or share, share))
        raise ValueError(f"no rule knows the source at {source.start} of {self.article.article_id}")

    def identify_span(self, start: int, end: int) -> Answer:
        """Who the words of a span are, read as a source."""
        return self.identify(classify_source(self.cast, start, end))

    def owner_of(self, source: Source) -> Answer | None:
        """Who the owner in a source is: `her` in `her office`, `the board` in `the board's chair`.

        Whoever speaks seldom stands in the words that they say; whose office speaks often does:
        "Ann Bell will stay away, her office said".
        """
        if not source.owner:
            return None
        saying, self.past.saying = self.past.saying, ()
        answer = self.identify_span(source.start, source.start + len(source.owner))
        self.past.saying = saying
        return answer if answer.speakers else None

    def bring(self, identity: Identity) -> Speaker:
        """The speaker who is somebody known from other articles, in this one."""
        if speaker := identity.speakers.get(self.article.article_id):
            return speaker
        if identity not in self._brought:
            speaker = self.cast.add(Speaker(identity.name, "person", identity.gender))
            self._brought[identity] = speaker
            self.registry.of[speaker] = identity
        return self._brought[identity]

    def notice(self, position: int, kind: str) -> None:
        """Take up who or what has no name in the sentences before a pronoun, of one kind."""
        sentences = self.cast.sentences
        begin = sentences[max(0, self.cast.sentence_of(position) - NOTICED)]
        for plain in find_plain(self.cast.text, begin, position):
            if plain.kind == kind and plain.start not in self._noticed:
                self._noticed.add(plain.start)
                source = classify_source(self.cast, plain.start, plain.end)
                wanted = "role" if kind == "person" else kind
                counted = is_word(source.head, "opener")  # `many`, `two`: of whom is not said
                if source.kind != wanted or counted or self.past.knows(plain.start, plain.end):
                    continue
                speaker = self.cast.phrase(source.phrase, kind, source.gender, plain.start)
                if source.owner and kind == "group":  # `Bell's aides` are Ann Bell's
                    speaker = self.identify(source).speakers[0]
                self.past.note(plain.start, (speaker,), "noticed", plain.salience)

    def _classify(self, attribution: Attribution) -> Source:
        start, end = attribution.start, attribution.end
        if attribution.is_turn:
            return Source("label", start, end)
        source = classify_source(self.cast, start, end)
        if _MORE.fullmatch(self.cast.text, end, attribution.reach):
            # `Ann Bell, head of the board, and Tom Vark, a diver, said`: its source ends early.
            words = self.cast.text[start : attribution.reach]
            wider = classify_source(self.cast, start, start + len(_AUXILIARIES.sub("", words)))
            if len(wider.names) > len(source.names) > 0 or wider.head == LISTED:
                return wider
        return source

    def _read(self, attribution: Attribution, source: Source) -> None:
        self._stand_in(self._find_around(attribution), attribution.content)
        if attribution.kind == "direct" and not self.past.is_quoted(attribution.start):
            self.past.sayers = frozenset()  # `Bell said that it was late: “I am tired,” she wrote`
        self._answers[attribution] = answer = self.identify(source)
        place = attribution.start
        self.past.note(place, answer.speakers, answer.status, SPEAKING, answer.gender)

    def _stand_in(self, around: list[Answer], saying: tuple[Span, ...]) -> None:
        """Set whose words the next source stands in, and which are its own."""
        self.around, self.past.saying = around, saying
        self.past.sayers = frozenset(speaker for one in around for speaker in one.speakers)

    def _find_subjects(self, attributions: list[Attribution]) -> list[tuple[int, int]]:
        """The roles and pronouns that open sentences and are no sources."""
        sources = [(a.start, a.end) for a in attributions]
        people = (s[:2] for s in self.cast.sightings if s.speakers[0].kind == "person")
        roles = (role[1:] for speaker in self.cast.speakers for role in speaker.roles)
        taken = Spans([*sources, *people, *roles])
        where = (self.cast.text, self.cast.sentences)
        found = [s for s in find_pronouns(*where) if not self.past.is_quoted(s[0])]
        found = [s for s in find_subjects(*where) + found if not self.cast.captions.hold(s[0])]
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


# Tells who a source is, or None where it does not know.
Rule = Callable[[Scene, Source], Answer | None]
