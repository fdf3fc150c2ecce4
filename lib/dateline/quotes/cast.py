"""From the names of one article to the people and bodies in it: who bears which name and role."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from dateline.quotes.names import Name, find_names, fold_name, read_words, split_suffix

_AGE = re.compile(r", (?:aged )?\d{1,3}\b")
_NEXT_ROLE = re.compile(
    r",? (?:who is |is |was )?(?:(?:the|an?|his|her|its|their) )?([^\n,.;:()—–“”\"]{3,90})"
)
_BODY_BEFORE = re.compile(r"(?:[^\n.;:!?“”\"(]|(?<=\b[A-Z])\.){0,110}$")
_COMPLEMENT = ("of", "for", "at", "in", "to", "on")


class Role(NamedTuple):
    """A role seen with a name: its words and where they stand."""

    words: str
    start: int
    end: int


@dataclass(eq=False)
class Figure:
    """Somebody or something that can speak, as one article knows it."""

    name: str
    kind: str
    gender: str = ""
    first: int = 0
    named: bool = True
    plural: bool = False
    forms: Counter = field(default_factory=Counter)
    roles: list[Role] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The surname, folded."""
        return fold_name(split_suffix(tuple(self.name.split()))[0][-1])


class Sighting(NamedTuple):
    """A place where figures are named; several where the name fits more than one."""

    start: int
    end: int
    figures: tuple[Figure, ...]
    rule: str
    subject: bool = False


class Cast:
    """The people and bodies of one article, and where each is named."""

    def __init__(self, text: str, spans: list[tuple[int, int]]) -> None:
        """Gather the cast.

        Args:
            text: The article's text.
            spans: Where the sources stand; a name there counts as a person's more easily.
        """
        self.text = text
        self.names = find_names(text)
        self.sentences = [
            0,
            *(m.end() for m in re.finditer(r"[.!?][”\"’')]*\s+(?=\W*[^\Wa-z])|\n+", text)),
        ]
        self.figures: list[Figure] = []
        self.sightings: list[Sighting] = []
        self._spans = spans
        full = [name for name in self.names if self._is_person(name)]
        for name in full:
            self._meet(name)
        for name in self.names:
            self._see(name)
        for figure in self.figures:
            figure.gender = figure.gender or self._guess_gender(figure)

    def sentence_of(self, position: int) -> int:
        """The 0-based sentence of a character."""
        return bisect.bisect_right(self.sentences, position) - 1

    def names_in(self, start: int, end: int) -> list[Name]:
        """The names that overlap a span."""
        return [name for name in self.names if name.start < end and name.end > start]

    def bearers(self, words: tuple[str, ...], position: int) -> tuple[list[Figure], str]:
        """The people whom a short form of a name can mean, and the rule that says so."""
        word = fold_name(split_suffix(words)[0][-1])
        people = [f for f in self.figures if f.kind == "person" and f.named]
        for rule, of in (("surname", lambda f: f.last), ("given name", _first)):
            fitting = [f for f in people if of(f) == word]
            known = [f for f in fitting if f.first <= position]
            if fitting:
                return known or fitting, rule
        return [], ""

    def body(self, name: Name) -> Figure:
        """The organisation, or whatever else bears a name that is nobody's."""
        key = _body_key(name.text)
        for figure in self.figures:
            if figure.kind != "person" and (
                key == _body_key(figure.name) or _is_acronym(name.text, figure.name)
            ):
                return figure
        kind = "person" if name.kind == "person" else "organisation"
        figure = Figure(name.text, kind, first=name.start)
        self.figures.append(figure)
        return figure

    def _is_person(self, name: Name) -> bool:
        """Whether a name of several words is a person's, by its words or by what stands around."""
        if len(name.words) < 2 or name.kind == "organisation" or len(name.words) > 5:
            return False
        if name.kind == "person":
            return True
        before, after = self.text[: name.start][-5:], self.text[name.end : name.end + 90]
        if before.casefold().endswith("the "):
            return False
        asserted = _AGE.match(after) or re.match(r",? who\b", after) or self._role_after(name)
        sourced = any(start <= name.start and name.end <= end for start, end in self._spans)
        return bool(asserted or sourced or self._role_before(name))

    def _meet(self, name: Name) -> None:
        """Add a full name to the person who bears it, or a new person."""
        for figure in self.figures:
            if same_person(figure.name, name.text):
                break
        else:
            figure = Figure(name.text, "person", first=name.start)
            self.figures.append(figure)
        figure.forms[name.text] += 1
        if len(name.words) > len(figure.name.split()):
            figure.name = name.text
        figure.gender = figure.gender or _gender_of(name)
        figure.roles += [role for role in (self._role_before(name), self._role_after(name)) if role]

    def _see(self, name: Name) -> None:
        """Note who is named here."""
        figures, rule = (
            [f for f in self.figures if f.kind == "person" and same_person(f.name, name.text)],
            "name",
        )
        if len(name.words) == 1:
            figures, rule = self.bearers(name.words, name.start)
        elif not self._is_person(name):
            return
        if figures:
            self.sightings.append(
                Sighting(name.start, name.end, tuple(figures), rule, self._is_subject(name))
            )

    def _is_subject(self, name: Name) -> bool:
        """Whether a name can be the subject of its clause: no preposition before, no 's after."""
        before = re.findall(
            r"[\w’'-]+", self.text[max(0, name.start - len(name.title) - 25) : name.start]
        )
        if name.title:
            before = before[: -len(name.title.split())]
        after = self.text[name.end : name.end + 2]
        return not (
            after[:1] in "’'" or (before and before[-1].casefold() in read_words()["preposition"])
        )

    def _role_before(self, name: Name) -> Role | None:
        """`the Mayor of Orr, Ann Bell`, `bureau director Ann Bell`: the role before a name."""
        start = name.start - len(name.title) - 1 if name.title else name.start
        before = _BODY_BEFORE.search(self.text, max(0, start - 110), start).group()
        words = [
            (m.group(), start - len(before) + m.start()) for m in re.finditer(r"[^\s,]+", before)
        ]
        known = read_words()
        for i in range(len(words) - 1, -1, -1):
            word = words[i][0].casefold()
            if word in known["role"] or word in known["relation"] or word in known["title"]:
                break
            if word in ("and", "who", "that", "said", "says"):
                i = -1
                break
        else:
            i = -1
        if i < 0 and not name.title:
            return None
        if i >= 0 and (i + 1 < len(words)) and words[i + 1][0] not in _COMPLEMENT:
            i = -1
        if i < 0 and not name.title:
            return None
        first = i if i >= 0 else len(words)
        while (
            first > 0
            and words[first - 1][0].casefold() not in read_words()["opener"]
            and first > i - 3
            and ","
            not in self.text[
                words[first - 1][1] : words[first][1] if first < len(words) else name.start
            ]
        ):
            first -= 1
            if i < 0:
                break
        if i < 0:
            first = len(words)
        begin = words[first][1] if first < len(words) else start
        role = self.text[begin : name.start].strip(" ,")
        return Role(role, begin, begin + len(role)) if role else None

    def _role_after(self, name: Name) -> Role | None:
        """`Ann Bell, the mayor of Orr,`: the role after a name."""
        after = self.text[name.end : name.end + 120]
        age = _AGE.match(after)
        match = _NEXT_ROLE.match(self.text, name.end + (age.end() if age else 0))
        if not match or not after.startswith((",", " is ", " was ")):
            return None
        words = re.split(r"\s+(?:who|which|that|whose)\b", match.group(1))[0]
        head = re.split(r"\s+(?:of|for|at|in|to|on|from|with|and|where)\s", words + " ")[0].split()
        known = read_words()
        if not head or not any(
            head[-1].casefold() in known[c] for c in ("role", "relation", "title")
        ):
            return None
        return Role(words, match.start(1), match.start(1) + len(words))

    def _guess_gender(self, figure: Figure) -> str:
        """The gender of the pronouns in the sentences that name this person and no other."""
        known = read_words()
        for role in figure.roles:
            for word in role.words.casefold().split():
                for kind in ("relation", "role", "title"):
                    if known[kind].get(word):
                        return known[kind][word]
        votes = Counter()
        ends = [*self.sentences[1:], len(self.text)]
        people = [(self.sentence_of(s.start), s) for s in self.sightings]
        for sentence, sighting in people:
            if sighting.figures != (figure,):
                continue
            others = {s.figures for n, s in people if n in (sentence, sentence + 1)}
            after = self.text[sighting.end : ends[min(sentence + 1, len(ends) - 1)]]
            if others == {(figure,)}:
                votes.update(re.findall(r"\b(he|his|him|she|her|hers)\b", after.casefold()))
        he, she = (
            sum(votes[w] for w in ws) for ws in (("he", "his", "him"), ("she", "her", "hers"))
        )
        return "m" if he > she else "f" if she > he else ""


def same_person(one: str, other: str) -> bool:
    """Whether two full names can be one person's: surname, suffix, and given names agree."""
    (a, a_suffix), (b, b_suffix) = (split_suffix(tuple(fold_name(n).split())) for n in (one, other))
    if (
        len(a) < 2
        or len(b) < 2
        or a[-1] != b[-1]
        or (a_suffix and b_suffix and a_suffix != b_suffix)
    ):
        return False
    return _agree(a[0], b[0]) and (len(a) == 2 or len(b) == 2 or _agree(a[1], b[1]))


def _agree(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long == short or (len(short) <= 1 and long.startswith(short))


def _first(figure: Figure) -> str:
    return fold_name(figure.name.split()[0])


def _gender_of(name: Name) -> str:
    known = read_words()
    for word in name.title.split():
        if gender := known["title"].get(fold_name(word)) or known["relation"].get(fold_name(word)):
            return gender
    return known["given"].get(name.words[0].casefold(), "") if len(name.words) > 1 else ""


def _body_key(name: str) -> str:
    return re.sub(r"^the ", "", fold_name(name))


def _is_acronym(short: str, long: str) -> bool:
    initials = "".join(w[0] for w in long.split() if w[0].isupper())
    return len(short) > 1 and short.isupper() and short.replace(".", "") == initials
