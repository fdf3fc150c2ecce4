"""From the sources of one article to who they are: names and pronouns."""

from __future__ import annotations

import bisect
import re
from typing import NamedTuple

from dateline.speakers.cast import Cast
from dateline.speakers.mention import Source, find_subjects, read_source, singular
from dateline.speakers.name import Name, is_word
from dateline.speakers.person import Figure, Reading, name_any, read_one_of
from dateline.speakers.phrases import read_phrase
from dateline.speakers.registry import Identity, Registry
from dateline.speakers.scene import Memory, status_of
from dateline.words import Spans

_TOKEN = re.compile(r"[\w’'-]+")
_APPOSED = re.compile(r"(?:,|\b(?:is|was|are|were|as|became|remains))\s*$")
_AND_NAME = re.compile(r"((?:the|his|her|its|their) [\w’'-]+(?: [\w’'-]+)?) and ", re.IGNORECASE)
_OF_PLACE = re.compile(r" (?:of|from|at) [^,]+")
_AGAIN = re.compile(r"\b(who|which|that)\b.*\b(?:and|but|or)$")


class Line(NamedTuple):
    """One attribution of an article, as far as speakers need it."""

    start: int
    end: int
    content: tuple[tuple[int, int], ...]
    kind: str


class Linker:
    """Reads the sources of one article in the order of its text, and remembers who spoke."""

    def __init__(self, cast: Cast, registry: Registry, article: object) -> None:
        """Set out with the cast of an article, the people of the corpus, and the article's row."""
        self.cast = cast
        self.registry = registry
        self.article = article
        self.memory = Memory(cast, [])
        self._said: list[tuple[int, int, Line]] = []
        self._brought: dict[Identity, Figure] = {}

    def read(self, lines: list[Line]) -> list[tuple[Line, Reading]]:
        """Tell who says each line; what is said in the first person waits for the rest."""
        self._said = sorted((start, end, line) for line in lines for start, end in line.content)
        self._longest = max((end - start for start, end, _ in self._said), default=0)
        marked = (span for line in lines if line.kind != "indirect" for span in line.content)
        self.memory = Memory(self.cast, marked)
        readings: dict[Line, Reading] = {}
        sources = {line: read_source(self.cast, line.start, line.end) for line in lines}
        told = [line for line in lines if sources[line].gender not in ("I", "we")]
        for place in sorted([*told, *self._find_subjects(lines)]):
            if isinstance(place, Line):
                readings[place] = self._read_line(place, sources[place], readings)
            else:
                self.memory.forget()
                reading = self.read_span(*place)
                self.memory.note(place[0], reading, spoke=False)
        for line in lines:
            if line not in readings:
                readings[line] = self._read_first_person(sources[line], line, readings)
        return list(readings.items())

    def _read_line(self, line: Line, source: Source, readings: dict[Line, Reading]) -> Reading:
        self.memory.saying = line.content
        around = self._around(line, readings)
        self.memory.speaking = {figure for reading in around for figure in reading.figures}
        reading = self.read_source(source)
        self.memory.note(line.start, reading)
        return reading

    def read_span(self, start: int, end: int) -> Reading:
        """Who the words of a span are, read as a source."""
        return self.read_source(read_source(self.cast, start, end))

    def read_source(self, source: Source) -> Reading:
        """Who a source is."""
        if source.kind == "name":
            return self._read_names(source)
        return self._read_pronoun(source) if source.kind == "pronoun" else read_phrase(self, source)

    def read_name(self, name: Name) -> Reading:
        """Who bears a name."""
        fitting, rule = self.cast.bearers(name)
        if fitting:
            return read_one_of("name", self.cast.narrow(name, fitting), rule, name.text)
        figure = self.cast.body(name)
        kind = "name" if figure.kind == "person" else "organisation"
        return Reading(kind, "resolved", (figure,), f"name: {name.text}")

    def bring(self, identity: Identity) -> Figure:
        """The figure of somebody known from other articles, in this one."""
        if figure := identity.figures.get(self.article.article_id):
            return figure
        if identity not in self._brought:
            figure = self.cast.add(Figure(identity.name, "person", identity.gender))
            self._brought[identity] = figure
            self.registry.of[figure] = identity
        return self._brought[identity]

    def _find_subjects(self, lines: list[Line]) -> list[tuple[int, int]]:
        """The roles that open sentences and are no sources."""
        sources = [(line.start, line.end) for line in lines]
        people = (s[:2] for s in self.cast.sightings if s.figures[0].kind == "person")
        roles = (role[1:] for figure in self.cast.figures for role in figure.roles)
        taken = Spans([*sources, *people, *roles])
        return [s for s in find_subjects(self.cast) if not taken.overlap(s[0], s[1] + 2)]

    def _read_names(self, source: Source) -> Reading:
        readings = [self.read_name(name) for name in source.names]
        both = _AND_NAME.match(self.cast.text, source.start, source.end)
        if both and source.names[0].start >= both.end():
            readings.insert(0, self.read_span(*both.span(1)))
        if len(readings) == 1:
            return readings[0]
        figures = tuple(dict.fromkeys(f for r in readings for f in r.figures))
        unsure = tuple(f for r in readings if r.status == "candidate" for f in r.figures)
        evidence = "; ".join(reading.evidence for reading in readings)
        status = "joint" if len(figures) > 1 else "resolved"
        return Reading("name", status, figures, evidence, open=unsure)

    def _read_pronoun(self, source: Source) -> Reading:
        if source.gender == "relative":
            return self._read_relative(source)
        found = None
        if source.gender in ("m", "f", "plural", "thing", "person"):
            found = self.memory.antecedent(source.start, source.gender)
        if not found:
            return Reading("pronoun", "none", (), f"no antecedent: {source.phrase}")
        status = status_of(found)
        means = " and " if status == "joint" else " or "
        evidence = f"pronoun: {source.phrase} is {means.join(f.name for f in found.figures)}"
        return Reading("pronoun", status, found.figures, evidence, found.gender)

    def _read_relative(self, source: Source) -> Reading:
        """`X, a lawyer, who`: the antecedent stands just before."""
        cast, begin = self.cast, self.cast.sentences[self.cast.sentence_of(source.start)]
        before = cast.text[begin : source.start].rstrip(" ,—–-")
        if more := _AGAIN.search(before):
            return self._read_relative(source._replace(start=begin + more.start()))
        end = begin + len(before)
        near = cast.names_in(begin, end)
        people = [name for name in near if cast.bearers(name)[0]]
        if near and near[-1].end == end and (near[-1] in people or source.phrase != "who"):
            return self._explain(self.read_name(near[-1]), source)
        if people and _OF_PLACE.fullmatch(cast.text, people[-1].end, end):
            return self._explain(self.read_name(people[-1]), source)
        opening = self._find_opening(before, begin, source)
        last = re.sub(r".*\W", "", before)
        subjects = [n for n in near if cast.salience(n) > 0 and n.end <= begin + opening]
        if subjects and singular(last) == last and _APPOSED.search(before[:opening]):
            return self._explain(self.read_name(subjects[-1]), source)
        return self._explain(self.read_span(begin + opening, end), source)

    def _find_opening(self, before: str, begin: int, source: Source) -> int:
        """Where the noun phrase begins that a relative clause follows; a human one before `who`."""
        end = begin + len(before)
        bounds = [m.start() for m in _TOKEN.finditer(before) if _bounds(m.group())][-4:] or [0]
        heads = {b: read_source(self.cast, begin + b, end).head for b in bounds}
        human = [b for b in bounds if is_word(heads[b], "role", "person", "relation", "group")]
        return human[-1] if human and source.phrase != "which" else bounds[-1]

    def _explain(self, reading: Reading, source: Source) -> Reading:
        evidence = f"relative: {source.phrase} is {name_any(reading.figures)}"
        return reading._replace(kind="pronoun", evidence=evidence)

    def _read_first_person(self, source: Source, line: Line, readings: dict) -> Reading:
        """`I`, `we`: who says the words around it, else the author or the outlet."""
        for reading in self._around(line, readings):
            evidence = f"first person: {name_any(reading.figures)} speaks"
            return reading._replace(kind="pronoun", evidence=evidence)
        author = self.article.byline if source.gender == "I" else self.article.outlet
        if not isinstance(author, str):
            return Reading("pronoun", "none", (), f"first person of nobody: {source.phrase}")
        kind = "person" if source.gender == "I" else "organisation"
        reading = self.read_name(Name(0, 0, tuple(author.split()), "", kind))
        return reading._replace(kind="pronoun", evidence=f"first person: {author} writes")

    def _around(self, line: Line, readings: dict[Line, Reading]) -> list[Reading]:
        """Who says the words, as far as they are read, inside which a source stands."""
        first = bisect.bisect_left(self._said, (line.start - self._longest,))
        after = bisect.bisect_left(self._said, (line.start + 1,))
        around = [
            readings[other]
            for _, end, other in self._said[first:after]
            if end > line.start and other is not line and other in readings
        ]
        return [reading for reading in around if reading.figures]


def _bounds(word: str) -> bool:
    if word in ("and", "or") or is_word(word, "passing"):
        return False
    return is_word(word, "opener", "preposition", "cue", "verbal")
