"""From the sources of one article to who they are: names, pronouns, roles and documents linked."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.quotes.cast import Cast, Figure, Sighting, same_person
from dateline.quotes.mentions import Source, read_source
from dateline.quotes.names import Name, fold_name, read_words


class Reading(NamedTuple):
    """Who a source is: its kind of mention, its status, the figures, and why."""

    kind: str
    status: str
    figures: tuple[Figure, ...]
    evidence: str


class Line(NamedTuple):
    """One attribution of an article, as far as speakers need it."""

    start: int
    end: int
    content: tuple[tuple[int, int], ...]
    kind: str
    cue: int


NOBODY = Reading("pronoun", "none", (), "no source")


class Linker:
    """Reads the sources of one article in the order of its text; remembers who spoke."""

    def __init__(self, cast: Cast, lines: list[Line], byline: str = "") -> None:
        """Set out from an article's cast and attributions, in order of their sources."""
        self.cast = cast
        self.lines = lines
        self.byline = byline
        self.done: list[tuple[Line, Reading]] = []
        self.spoken: list[tuple[int, Reading]] = []
        self.contents = sorted(span for line in lines for span in line.content)

    def read(self, line: Line) -> Reading:
        """Who says this line."""
        source = read_source(self.cast, line.start, line.end)
        reading = self._read(source, line)
        if reading.figures:
            self.spoken.append((line.start, reading))
        return reading

    def _read(self, source: Source, line: Line) -> Reading:
        if source.kind == "name":
            return self._read_names(source, line)
        if source.kind == "pronoun":
            return self._read_pronoun(source, line)
        return self._read_role(source, line)

    # -- names

    def _read_names(self, source: Source, line: Line) -> Reading:
        readings = [self._read_name(name, line) for name in source.names]
        figures = tuple(dict.fromkeys(f for r in readings for f in r.figures))
        evidence = "; ".join(dict.fromkeys(r.evidence for r in readings))
        kind = "name" if any(f.kind == "person" for f in figures) else "organisation"
        if len(readings) == 1:
            return readings[0]._replace(kind=kind)
        if any(r.status == "candidate" for r in readings):
            return Reading(kind, "candidate", figures, evidence)
        return Reading(kind, "joint" if len(figures) > 1 else "resolved", figures, evidence)

    def _read_name(self, name: Name, line: Line) -> Reading:
        for figure in self.cast.figures:
            if figure.kind == "person" and same_person(figure.name, name.text):
                return Reading("name", "resolved", (figure,), f"full name: {figure.name}")
        if len(name.words) == 1:
            fitting, rule = self.cast.bearers(name.words, name.start)
            if fitting:
                return self._choose_bearer(name, fitting, rule)
        figure = self.cast.body(name)
        return Reading("organisation", "resolved", (figure,), f"name: {name.text}")

    def _choose_bearer(self, name: Name, fitting: list[Figure], rule: str) -> Reading:
        if len(fitting) > 1:
            fitting = self._established(name, fitting)
        status = "resolved" if len(fitting) == 1 else "candidate"
        names = " or ".join(f.name for f in fitting)
        return Reading("name", status, tuple(fitting), f"{rule}: {name.text} is {names}")

    def _established(self, name: Name, fitting: list[Figure]) -> list[Figure]:
        """Narrow the bearers of a surname by title, and by who bore it alone before."""
        gender = next(
            (g for w in name.title.split() if (g := read_words()["title"].get(fold_name(w)))), ""
        )
        agreeing = [f for f in fitting if f.gender in (gender, "")] if gender else fitting
        if len(agreeing) == 1:
            return agreeing
        for sighting in self.cast.sightings:
            if sighting.start >= name.start:
                break
            if (
                len(sighting.figures) == 1
                and sighting.figures[0] in agreeing
                and " " not in self.cast.text[sighting.start : sighting.end]
            ):
                return [sighting.figures[0]]
        return agreeing or fitting

    # -- pronouns

    def _read_pronoun(self, source: Source, line: Line) -> Reading:
        if source.gender in ("m", "f"):
            return self._read_person(source, line)
        if source.gender == "relative":
            return self._read_relative(source, line)
        if source.gender in ("I", "we"):
            return self._read_first_person(source, line)
        if source.gender in ("plural", "thing"):
            return self._read_thing(source, line)
        return Reading("pronoun", "none", (), f"impersonal: {source.phrase}")

    def _read_person(self, source: Source, line: Line) -> Reading:
        scores: dict[Figure, float] = {}
        here = self.cast.sentence_of(line.start)
        for sighting in self._seen(line.start):
            figure = sighting.figures[0]
            if len(sighting.figures) > 1 or figure.gender not in ("", source.gender):
                continue
            distance = here - self.cast.sentence_of(sighting.start)
            score = -1.0 * distance + 1.0 * sighting.subject + 2.0 * (sighting.rule == "spoke")
            score -= 1.0 * self._is_quoted(sighting.start)
            scores[figure] = max(scores.get(figure, -99.0), score)
        if not scores:
            return Reading("pronoun", "none", (), f"no antecedent: {source.phrase}")
        figure = max(scores, key=lambda f: scores[f])
        return Reading(
            "pronoun", "resolved", (figure,), f"pronoun: {source.phrase} after {figure.name}"
        )

    def _seen(self, position: int) -> list[Sighting]:
        """Who was named, or spoke, before a position; the latest last."""
        named = [s for s in self.cast.sightings if s.start < position]
        spoke = [
            Sighting(at, at, r.figures, "spoke", True)
            for at, r in self.spoken
            if len(r.figures) == 1 and r.figures[0].kind in ("person", "unknown") and at < position
        ]
        return sorted(named + spoke, key=lambda s: s.start)

    def _is_quoted(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.contents)

    def _read_relative(self, source: Source, line: Line) -> Reading:
        before = [n for n in self.cast.names if n.end <= line.start]
        near = [
            n
            for n in before
            if line.start - n.end < 100
            and not re.search(r"[.!?]\s", self.cast.text[n.end : line.start])
        ]
        if not near:
            return Reading("pronoun", "none", (), f"no antecedent: {source.phrase}")
        reading = self._read_name(near[-1], line)
        return reading._replace(
            kind="pronoun", evidence=f"relative: {source.phrase} after {near[-1].text}"
        )

    def _read_first_person(self, source: Source, line: Line) -> Reading:
        for _, reading in self.enclosing(line):
            return reading._replace(
                kind="pronoun", evidence=f"first person: inside what {reading.figures[0].name} says"
            )
        if source.gender == "I" and self.byline:
            figure = self.cast.body(Name(0, 0, tuple(self.byline.split()), "", "person"))
            return Reading("pronoun", "resolved", (figure,), f"first person: byline {self.byline}")
        return Reading("pronoun", "none", (), f"first person outside quotations: {source.phrase}")

    def enclosing(self, line: Line):
        """The readings of the attributions that hold this one."""
        for other, reading in self.done:
            if (
                reading.figures
                and any(s <= line.start < e for s, e in other.content)
                and other is not line
            ):
                yield other, reading

    def _read_thing(self, source: Source, line: Line) -> Reading:
        for _, reading in reversed(self.spoken):
            figure = reading.figures[0]
            plural = len(reading.figures) > 1 or figure.plural
            if (source.gender == "plural" and plural) or (
                source.gender == "thing" and not plural and figure.kind != "person"
            ):
                return reading._replace(
                    kind="pronoun", evidence=f"pronoun: {source.phrase} after {figure.name}"
                )
        return Reading("pronoun", "none", (), f"no antecedent: {source.phrase}")

    # -- roles

    def _read_role(self, source: Source, line: Line) -> Reading:
        if not source.phrase or source.kind == "none":
            return Reading("role", "none", (), "no noun")
        kind = {"role": "unknown"}.get(source.kind, source.kind)
        for figure in self.cast.figures:
            if figure.kind == kind and fold_name(figure.name) == fold_name(source.phrase):
                return Reading(source.kind, "resolved", (figure,), f"same words: {source.phrase}")
        figure = Figure(source.phrase, kind, source.gender, line.start, False, source.plural)
        self.cast.figures.append(figure)
        return Reading(source.kind, "resolved", (figure,), f"as it stands: {source.phrase}")
