"""From the sources of one article to who they are: names, roles and documents linked."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from dateline.quotes.cast import Cast, Figure, holds
from dateline.quotes.mentions import Source, find_subjects, read_source, singular
from dateline.quotes.names import Name, fold_name, is_word, read_words, role_words
from dateline.quotes.pronouns import Memory, status_of
from dateline.quotes.registry import Identity, Registry

_SPOKE_FOR = re.compile(r"\b(?:for|of|from|at) ")
_FROM = re.compile(r"[^,]*?\b(?<!seen )(?:from|by) (?=\S)")
_FRONTED = re.compile(
    r"\s*(?:In|With|At|For|After|During|Despite|By|On|Throughout|From|As|When|While|Before) "
)
_AGE_NOUN = re.compile(r"\d+-year-old\b")
_TOKEN = re.compile(r"[\w’'-]+")
_APPOSED = re.compile(r"(?:,|\b(?:is|was|are|were|as|became|remains))\s*$")
_DUAL = re.compile(
    r"(?:both|the two|the (?:pair|couple|duo|brothers|sisters|twins))\b", re.IGNORECASE
)


class Line(NamedTuple):
    """One attribution of an article, as far as speakers need it."""

    start: int
    end: int
    content: tuple[tuple[int, int], ...]
    kind: str


class Reading(NamedTuple):
    """Who a source is: its kind of mention, status and figures, why, and which of them stay open."""

    kind: str
    status: str
    figures: tuple[Figure, ...]
    evidence: str
    gender: str = ""
    open: tuple[Figure, ...] = ()


class Linker:
    """Reads the sources of one article in the order of its text, and remembers who spoke."""

    def __init__(self, cast: Cast, registry: Registry, article: object) -> None:
        """Set out with the cast of an article, the people of the corpus, and the article's row."""
        self.cast = cast
        self.registry = registry
        self.article = article
        self.memory = Memory(cast, [])
        self._brought: dict[Identity, Figure] = {}

    def read(self, lines: list[Line]) -> list[tuple[Line, Reading]]:
        """Tell who says each line; what is said in the first person waits for the rest."""
        marked = (span for line in lines if line.kind != "indirect" for span in line.content)
        self.memory = Memory(self.cast, marked)
        readings: dict[Line, Reading] = {}
        sources = {line: read_source(self.cast, line.start, line.end) for line in sorted(lines)}
        for place in sorted([*sources, *self._find_subjects(lines)]):
            if not isinstance(place, Line):
                reading = self._read_span(*place)
                self.memory.note(
                    place[0], reading.figures, reading.status, reading.gender, spoke=False
                )
                continue
            self.memory.saying = place.content
            if (source := sources[place]).gender not in ("I", "we"):
                bare = place.end == place.start
                reading = self._read_implied(place) if bare else self._read(source)
                readings[place] = reading
                self.memory.note(source.start, reading.figures, reading.status, reading.gender)
        for line, source in sources.items():
            if line not in readings:
                readings[line] = self._read_first_person(source, line, readings)
        return list(readings.items())

    def _find_subjects(self, lines: list[Line]) -> list[tuple[int, int]]:
        """The roles that open sentences, where no source and no known name stands."""
        people = (s for s in self.cast.sightings if s.figures[0].kind == "person")
        taken = [(line.start, line.end) for line in lines] + [s[:2] for s in people]
        taken += [(r.start, r.end) for f in self.cast.figures for r in f.roles if not r.article_id]
        return [
            (start, end)
            for start, end in find_subjects(self.cast)
            if not any(start < stop and begin < end + 2 for begin, stop in taken)
        ]

    def _read(self, source: Source) -> Reading:
        if source.kind == "name":
            return self._read_names(source)
        if source.kind == "pronoun":
            return self._read_pronoun(source)
        return self._read_phrase(source)

    def _read_span(self, start: int, end: int) -> Reading:
        return self._read(read_source(self.cast, start, end))

    def _read_implied(self, line: Line) -> Reading:
        """A quotation without source, right after a sentence about somebody: `She nodded. “Yes.”`"""
        text, sentence = self.cast.text, self.cast.sentence_of(line.start - 2)
        begin = self.cast.sentences[sentence]
        near = line.kind == "direct" and "\n" not in text[begin : line.start]
        figures = self.memory.subject(begin, line.start) if near else ()
        if not figures or figures[0].kind != "person" or self.memory.is_quoted(begin):
            return Reading("pronoun", "none", (), "no source")
        return Reading("pronoun", "resolved", figures, f"no words: after {figures[0].name}")

    # Names.

    def _read_names(self, source: Source) -> Reading:
        readings = [self._read_name(name) for name in source.names]
        figures = tuple(dict.fromkeys(f for r in readings for f in r.figures))
        if len(readings) == 1:
            return readings[0]
        unsure = tuple(f for r in readings if r.status == "candidate" for f in r.figures)
        return Reading(
            "name", "joint", figures, "; ".join(r.evidence for r in readings), open=unsure
        )

    def _read_name(self, name: Name) -> Reading:
        fitting, rule = self.cast.bearers(name)
        if not fitting:
            figure = self.cast.body(name)
            kind = "name" if figure.kind == "person" else "organisation"
            return Reading(kind, "resolved", (figure,), f"name: {name.text}")
        fitting = self.cast.narrow(name, fitting)
        names = " or ".join(f.name for f in fitting)
        status = "resolved" if len(fitting) == 1 else "candidate"
        return Reading("name", status, tuple(fitting), f"{rule}: {name.text} is {names}")

    def _bring(self, identity: Identity) -> Figure:
        """The figure of somebody known from other articles, in this one."""
        if figure := identity.figures.get(self.article.article_id):
            return figure
        if identity not in self._brought:
            figure = Figure(identity.name, "person", identity.gender, roles=list(identity.roles))
            self._brought[identity] = self.cast.add(figure)
            self.registry.of[figure] = identity
        return self._brought[identity]

    # Pronouns.

    def _read_pronoun(self, source: Source) -> Reading:
        if source.gender == "relative":
            return self._read_relative(source)
        if source.gender in ("m", "f") and (name := self._name_ahead(source)):
            return self._read_name(name)._replace(kind="pronoun")
        if source.gender in ("m", "f", "plural", "thing"):
            found = self.memory.antecedent(source.start, source.gender)
            if not found and source.gender == "plural":
                found = self.memory.antecedent(source.start, "thing")
            if found:
                names = " and ".join(f.name for f in found.figures)
                status = status_of(found)
                return Reading(
                    "pronoun",
                    status,
                    found.figures,
                    f"pronoun: {source.phrase} is {names}",
                    found.gender,
                )
        return Reading("pronoun", "none", (), f"no antecedent: {source.phrase}")

    def _name_ahead(self, source: Source) -> Name | None:
        """`In her speech, Bell said`: the subject that a pronoun in the opening phrase means."""
        begin = self.cast.sentences[self.cast.sentence_of(source.start)]
        comma = self.cast.text.find(",", source.end)
        if not _FRONTED.fullmatch(self.cast.text, begin, source.start) or comma < 0:
            return None
        ahead = next((n for n in self.cast.names if n.start > source.end), None)
        known = ahead and self.cast.bearers(ahead)[0]
        close = ahead and ahead.start - len(ahead.title) - 3 <= comma < ahead.start
        fits = known and known[0].gender in ("", source.gender)
        return ahead if close and fits else None

    def _read_relative(self, source: Source) -> Reading:
        """`X, a lawyer, who`: the antecedent stands just before."""
        text, begin = self.cast.text, self.cast.sentences[self.cast.sentence_of(source.start)]
        before = text[begin : source.start].rstrip(" ,—–-")
        if more := re.search(r"\b(who|which|that)\b.*\b(?:and|but|or)$", before):
            return self._read_relative(source._replace(start=begin + more.start()))
        end = begin + len(before)
        near = [n for n in self.cast.names if begin <= n.start and n.end <= end]
        if (
            near
            and near[-1].end == end
            and (self.cast.salience(near[-1]) or source.phrase != "who")
        ):
            return self._explain(self._read_name(near[-1]), source)
        bounds = [m.start() for m in _TOKEN.finditer(before) if _bounds(m.group())][-4:] or [0]
        human = [
            b for b in bounds if read_source(self.cast, begin + b, end).kind in ("role", "group")
        ]
        opening = human[-1] if human and source.phrase != "which" else bounds[-1]
        subjects = [n for n in near if self.cast.salience(n) > 0 and n.end <= begin + opening]
        plural = singular(re.sub(r".*\W", "", before)) != re.sub(r".*\W", "", before)
        if subjects and not plural and _APPOSED.search(before[:opening]):
            return self._explain(self._read_name(subjects[-1]), source)
        return self._explain(self._read_span(begin + opening, end), source)

    def _explain(self, reading: Reading, source: Source) -> Reading:
        names = " or ".join(f.name for f in reading.figures)
        return reading._replace(kind="pronoun", evidence=f"relative: {source.phrase} is {names}")

    def _read_first_person(self, source: Source, line: Line, readings: dict) -> Reading:
        for other, reading in readings.items():
            inside = any(start <= line.start < end for start, end in other.content)
            if inside and reading.figures and other is not line:
                names = " or ".join(f.name for f in reading.figures)
                return reading._replace(kind="pronoun", evidence=f"first person: {names} speaks")
        byline, outlet = self.article.byline, self.article.outlet
        if source.gender == "I" and isinstance(byline, str):
            reading = self._read_name(Name(0, 0, tuple(byline.split()), "", "person"))
            return reading._replace(kind="pronoun", evidence=f"first person: byline {byline}")
        if source.gender == "we" and isinstance(outlet, str):
            reading = self._read_name(Name(0, 0, tuple(outlet.split()), "", "organisation"))
            return reading._replace(kind="pronoun", evidence=f"first person: outlet {outlet}")
        return Reading("pronoun", "none", (), f"first person of nobody named: {source.phrase}")

    # Roles, groups and documents.

    def _read_phrase(self, source: Source) -> Reading:
        if source.kind == "none":
            return Reading("role", "none", (), f"no noun: {source.phrase}")
        for rule in (
            self._read_document,
            self._read_spokesperson,
            self._read_dual,
            self._read_role,
            self._read_kind,
        ):
            if reading := rule(source):
                return reading
        return self._take(source)

    def _take(self, source: Source) -> Reading:
        """Take a phrase as it stands for a speaker without a name."""
        phrase = source.phrase
        owner = self._read_owner(source)
        if (
            owner
            and owner.figures
            and owner.kind in ("name", "pronoun")
            and source.kind != "document"
        ):
            figure = owner.figures[0]
            if figure.kind in ("person", "unknown") and owner.status == "resolved":
                phrase = f"{figure.name}'s {phrase.removeprefix(source.owner).strip()}"
        human = is_word(source.head, "role", "person", "relation", "title")
        kind = ("person" if human else "unknown") if source.kind == "role" else source.kind
        for figure in self.cast.figures:
            if figure.kind == kind and fold_name(figure.name) == fold_name(phrase):
                return Reading(
                    source.kind, "resolved", (figure,), f"same words: {phrase}", source.gender
                )
        figure = self.cast.add(
            Figure(phrase, kind, source.gender, source.start, False, source.plural)
        )
        return Reading(source.kind, "resolved", (figure,), f"as it stands: {phrase}", source.gender)

    def _read_owner(self, source: Source) -> Reading | None:
        end = source.start + len(source.owner)
        return self._read_span(source.start, end) if source.owner else None

    def _read_document(self, source: Source) -> Reading | None:
        """`the letter`, `a statement by the union`: who wrote it."""
        if source.kind != "document":
            return None
        words = self.cast.text[source.start : source.end]
        by = None
        if source.owner:
            reading = self._read_span(source.start, source.start + len(source.owner))
        elif by := _FROM.match(words):
            reading = self._read_span(source.start + by.end(), source.end)
        else:
            reading = self._read_author(source) if source.head in _LETTERS else None
        if not reading or not reading.figures or not (reading.figures[0].named or by):
            return None
        evidence = f"document: {source.phrase} by {reading.figures[0].name} ({reading.evidence})"
        return reading._replace(kind="document", evidence=evidence)

    def _read_author(self, source: Source) -> Reading | None:
        """Who sent the letter that is spoken of: the subject where it comes up, or who speaks there."""
        text, sentences = self.cast.text, self.cast.sentences
        for words in ((source.head,), _LETTERS):
            named = re.compile(
                rf"\b(?:an?|one|his|her|its|their) [^.\n]{{0,30}}?\b(?:{'|'.join(words)})\b"
            )
            found = [m.start() for m in named.finditer(text, 0, source.start)]
            if found:
                break
        else:
            return None
        here = self.cast.sentence_of(found[-1])
        end = [*sentences, len(text)][min(here + 1, len(sentences))]
        if match := _SENDER.match(text, sentences[here], end):
            return self._read_span(*match.span(1))
        figures = self.memory.subject(sentences[here], source.start)
        return Reading("document", "resolved", figures, "who speaks there") if figures else None

    def _read_spokesperson(self, source: Source) -> Reading | None:
        """`a spokeswoman for the board` speaks for the board."""
        if not re.fullmatch(r"spokes(?:man|woman|person)", source.head):
            return None
        words = self.cast.text[source.start : source.end]
        match = _SPOKE_FOR.search(words)
        if not match:
            return None
        reading = self._read_span(source.start + match.end(), source.end)
        if not reading.figures or reading.figures[0].kind == "person":
            return None
        evidence = f"{source.head} for: {reading.figures[0].name}"
        return reading._replace(kind="role", evidence=evidence, gender=source.gender)

    def _read_dual(self, source: Source) -> Reading | None:
        """`both leaders`, `the two women`: the two who were spoken of."""
        words = self.cast.text[source.start : source.end]
        head = singular(source.head)
        if source.kind != "group" or not is_word(head, "role", "relation", "person", "group"):
            return None
        if not _DUAL.match(words):
            if (
                source.definite
                and not source.owner
                and (last := self.memory.last_joint(source.start))
            ):
                names = " and ".join(f.name for f in last)
                return Reading("group", "joint", last, f"group: {source.phrase} are {names}")
            return None
        gender = source.gender or read_words()["person"].get(head, "")
        leading = (lambda f: self._leads(f)) if is_word(head, "leader") else (lambda f: True)
        pair = self.memory.pair(
            source.start, lambda f: f.gender in ("", gender or f.gender) and leading(f)
        )
        if not pair:
            return None
        names = " and ".join(" or ".join(f.name for f in one) for one in pair)
        figures = tuple(dict.fromkeys(f for one in pair for f in one))
        unsure = tuple(f for one in pair if len(one) > 1 for f in one)
        return Reading("group", "joint", figures, f"two: {source.phrase} are {names}", open=unsure)

    def _leads(self, figure: Figure) -> bool:
        return any(
            is_word(w, "leader") for role in figure.roles for w in role.words.split()
        ) or any("prime minister" in role.words.casefold() for role in figure.roles)

    def _read_role(self, source: Source) -> Reading | None:
        """A role that somebody of this article, or of another, is seen with."""
        if not source.definite or source.kind not in ("role", "organisation"):
            return None
        phrase = f"{source.owner} {source.phrase}".strip() if source.owner else source.phrase
        fitting = [f for f in self.cast.figures if holds(f, phrase)]
        if not fitting and source.owner and is_word(source.head, "relation"):
            fitting = [f for f in self.cast.figures if holds(f, source.head)]
        own = [f for f in fitting if holds(f, phrase, own=True)]
        if fitting:
            figure = self.memory.latest(own or fitting, source.start)
            evidence = f"role: {source.phrase} is {figure.name}{self._seen_with(figure, phrase)}"
            return Reading(source.kind, "resolved", (figure,), evidence)
        return self._read_holder(phrase) if source.kind == "role" else None

    def _read_holder(self, phrase: str) -> Reading | None:
        """Somebody who holds the role in another article."""
        article = self.article
        held = self.registry.holders(phrase, self.cast.text, article.published_on)
        if not held:
            return None
        seen = "; ".join(f"{i.name} in {r.article_id}: “{r.words}”" for i, r in held)
        figures = tuple(self._bring(identity) for identity, _ in held)
        status = "resolved" if len(figures) == 1 else "candidate"
        return Reading("role", status, figures, f"role in another article: {phrase} is {seen}")

    def _seen_with(self, figure: Figure, phrase: str) -> str:
        wanted = role_words(phrase)
        for role in figure.roles:
            if wanted <= role_words(role.words):
                where = f" in {role.article_id}" if role.article_id else ""
                return f", “{role.words}”{where}"
        return ""

    def _read_kind(self, source: Source) -> Reading | None:
        """`the group`, `the man`, `the 81-year-old`: the last one of that kind."""
        if not source.definite or source.owner:
            return None
        gender = ""
        if source.kind == "organisation" and is_word(source.head, "generic"):
            gender = "thing"
        elif is_word(source.head, "person") or _AGE_NOUN.match(source.phrase):
            gender = source.gender or "person"
        elif source.kind == "organisation":
            return self._read_campaign(source)
        found = None
        if is_word(source.head, "person"):
            found = self.memory.antecedent(source.start, gender, unnamed=True)
        found = found or (self.memory.antecedent(source.start, gender) if gender else None)
        if not found:
            return None
        names = " or ".join(f.name for f in found.figures)
        status = status_of(found)
        return Reading(source.kind, status, found.figures, f"last such: {source.phrase} is {names}")

    def _read_campaign(self, source: Source) -> Reading | None:
        """`the campaign` is `the Orr campaign` where the article calls it so."""
        text, tail = self.cast.text, f" {source.head}"
        called = [f"{n.text}{tail}" for n in self.cast.names if text.startswith(tail, n.end)]
        if not called:
            return None
        name = Counter(called).most_common(1)[0][0]
        figure = self.cast.body(
            Name(source.start, source.start, tuple(name.split()), "", "organisation")
        )
        return Reading("organisation", "resolved", (figure,), f"name: {source.phrase} is {name}")


_SENDER = re.compile(
    r"\s*(?:date [\d-]+ )?([^\n.!?”\"]{3,140}?) (?:has |have |had )?(?:also )?"
    r"(?:sent|wrote|written|issued|published|released|signed|posted|delivered|addressed)\b"
)
_LETTERS = ("letter", "message", "note", "telegram", "memo", "email", "statement", "post")


def _bounds(word: str) -> bool:
    return word not in ("and", "or") and is_word(word, "opener", "preposition", "cue", "verbal")
