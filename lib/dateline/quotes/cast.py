"""From the names of one article to the people and bodies in it: who bears which name and role."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from dateline.quotes.names import (
    Name,
    find_names,
    fold_name,
    is_word,
    read_words,
    role_words,
    split_suffix,
)

_AGE = re.compile(r", (?:aged )?\d{1,3}\b")
_SENTENCE = re.compile(
    r"(?<![A-Z]\.)(?<!\b(?:Dr|Mr|Ms|St)\.)(?<=[.!?])[”\"’')]*\s+(?=\W*[^\Wa-z])|\n+"
)
_APPOSITION = re.compile(
    r"(?:, (?:who is |once )?| (?:is|was) )(?:(?:now|then) )?(?:(?:the|an?|its|their|one of the) |"
    r"((?:his|her|[\w-]+[’']s?) ))?([^\n,.;:()—–“”\"]{3,90})"
)
_COMPLEMENT = ("of", "for", "at", "in", "to", "on")
_BREAK = re.compile(r"[.;:!?“”\"(\n–—](?:\s|$)|\s(?:- |(?=[“‘\"]))")
_TOKEN = re.compile(r"[^\s,]+")
_GENDERED = re.compile(r"\b(?:he|his|him|she|hers?)\b", re.IGNORECASE)


class Role(NamedTuple):
    """A role seen with a name: its words, where they stand, and the article if it is another."""

    words: str
    start: int
    end: int
    article_id: str = ""


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
    """A place where somebody is named; several figures where the name fits more than one."""

    start: int
    end: int
    figures: tuple[Figure, ...]
    form: str
    salience: float
    gender: str = ""


class Cast:
    """The people and bodies of one article, and where each is named."""

    def __init__(self, text: str, spans: list[tuple[int, int]]) -> None:
        """Find the names of an article; `gather` then makes people of them.

        Args:
            text: The article's text.
            spans: Where the sources stand; a name there counts as a person's more easily.
        """
        self.text = text
        self.names = find_names(text)
        self.sentences = [0, *(m.end() for m in _SENTENCE.finditer(text))]
        self.figures: list[Figure] = []
        self.sightings: list[Sighting] = []
        self._bodies: dict[str, Figure] = {}
        self._spans = spans
        self._apart: Collection[frozenset[str]] = ()
        self._about: dict[int, set[Figure]] = {}
        self._bare = {n.words[0] for n in self.names if len(n.words) == 1 and self._is_source(n)}
        self.people_named = {fold_name(name.text) for name in self.names if self._is_person(name)}

    def gather(self, known: Collection[str], apart: Collection[frozenset[str]] = ()) -> None:
        """Make figures of the names.

        Args:
            known: The full names of people in all articles, folded.
            apart: Pairs of folded names that are never one person's.
        """
        self._apart = apart
        people = [n for n in self.names if n.kind != "organisation" and fold_name(n.text) in known]
        surnames = {fold_name(name.words[-1]) for name in people if len(name.words) > 1}
        people += [n for n in self.names if n not in people and self._is_kin(n, surnames)]
        # An initial fits several people, so those with whole given names come first.
        for name in sorted(people, key=lambda n: len(n.words[0].strip(".")) < 2):
            self._meet(name)
        self.figures.sort(key=lambda figure: figure.first)
        self._surnames = {name.rpartition(" ")[2] for name in known}
        # Those who are called by one name only count from the start, as the rest of them may be.
        for name in self.names:
            if len(name.words) == 1 and not self.bearers(name)[0] and self._is_single(name):
                self._meet(name)
                self.figures[-1].first = 0
        for name in self.names:
            self._see(name)
        for sighting in self.sightings:
            if sighting.figures[0].kind == "person":
                here = self.sentence_of(sighting.start)
                self._about.setdefault(here, set()).update(sighting.figures)
        for figure in self.figures:
            figure.gender = figure.gender or self._guess_gender(figure)

    def sentence_of(self, position: int) -> int:
        """The 0-based sentence of a character."""
        return bisect.bisect_right(self.sentences, position) - 1

    def people(self) -> list[Figure]:
        """The people with a name, in the order of their first full names."""
        return [figure for figure in self.figures if figure.kind == "person" and figure.named]

    def bearers(self, name: Name) -> tuple[list[Figure], str]:
        """The people whom a name can mean, and the rule that says so."""
        if len(name.words) > 1:
            return [f for f in self.people() if self._is_same(f, name)], "full name"
        word = fold_name(name.words[-1])
        rules: tuple[tuple[str, Callable], ...] = (
            ("surname", lambda f: f.last),
            ("given name", lambda f: fold_name(f.name.split()[0])),
        )
        for rule, part in rules:
            if fitting := [f for f in self.people() if part(f) == word]:
                known = [f for f in fitting if f.first <= name.start]
                return known or fitting, rule
        return [], ""

    def _is_same(self, figure: Figure, name: Name) -> bool:
        pair = frozenset((fold_name(figure.name), fold_name(name.text)))
        return same_person(figure.name, name.text) and pair not in self._apart

    def narrow(self, name: Name, fitting: list[Figure]) -> list[Figure]:
        """Narrow the bearers of a surname by its title, by use before, and by the article's habit."""
        if len(fitting) < 2:
            return fitting
        if name.title and (gender := gender_of(name._replace(words=("",)))):
            fitting = [f for f in fitting if f.gender in (gender, "")] or fitting
        if name.title and not is_word(name.title, "honorific"):
            fitting = [f for f in fitting if holds(f, name.title)] or fitting
        form = fold_name(f"{name.title} {name.text}")
        for sighting in self.sightings:
            if sighting.start >= name.start or len(fitting) == 1:
                break
            if (
                sighting.form == form
                and len(sighting.figures) == 1
                and sighting.figures[0] in fitting
            ):
                return [sighting.figures[0]]
        return _unmarked(fitting)

    def body(self, name: Name) -> Figure:
        """The organisation, or whatever else bears a name that is no known person's."""
        key = re.sub(r"^the ", "", fold_name(name.text))
        if key not in self._bodies:
            person = name.kind == "person" or key in read_words()["given"]
            kind = "person" if person else "organisation"
            self._bodies[key] = self.add(Figure(name.text, kind, gender_of(name), name.start))
            initials = "".join(word[0] for word in name.words if word[0].isupper())
            if len(initials) > 2:
                self._bodies.setdefault(initials.casefold(), self._bodies[key])
        return self._bodies[key]

    def add(self, figure: Figure) -> Figure:
        """Take one more figure into the cast."""
        self.figures.append(figure)
        return figure

    def salience(self, name: Name) -> float:
        """2 for a name that opens its sentence, 1 for a subject further on, less for the rest."""
        start = name.start - len(name.title) - 1 if name.title else name.start
        before = self.text[max(0, start - 25) : start]
        words = re.findall(r"[\w’'-]+", before)
        owner = self.text[name.end : name.end + 1] in ("'", "’")
        if role := self._role_before(name):
            start = role.start
        opens = len(self.text[self.sentences[self.sentence_of(start)] : start].split()) < 3
        if owner or (words and is_word(words[-1], "preposition")):
            return 1.0 * (opens and owner)
        last = re.findall(r"[\w’'-]+ ?$", self.text[max(0, start - 25) : start])
        if opens or not last or not last[0].strip().islower() or is_word(last[0], "opener", "cue"):
            return 2.0 if opens else 1.0
        return 0.5

    def _is_person(self, name: Name) -> bool:
        """Whether a name of several words is a person's, by its words or what stands around it."""
        if not 2 <= len(name.words) <= 5 or name.kind == "organisation":
            return False
        if name.kind == "person":
            return True
        if self.text[max(0, name.start - 4) : name.start].casefold() == "the ":
            return False
        after = self.text[name.end : name.end + 20]
        asserted = _AGE.match(after) or re.match(r",? who\b", after) or self._role_after(name)
        if asserted or self._is_source(name) or self._role_before(name):
            return True
        return name.words[-1] in self._bare

    def _is_source(self, name: Name) -> bool:
        """Whether a source begins with the name."""
        before = name.start - len(name.title) - 5
        return any(before < start <= name.start < end for start, end in self._spans)

    def _roles_of_single(self, name: Name) -> list[Role]:
        """The role before a surname with its title, or before the given name of a relative."""
        role = self._role_before(name)
        return (
            [role] if role and (name.title or is_word(role.words.split()[-1], "relation")) else []
        )

    def _is_kin(self, name: Name, surnames: set[str]) -> bool:
        """Whether a name of two words ends in the surname of somebody else in the article."""
        plain = not name.kind and len(name.words) == 2 and fold_name(name.words[-1]) in surnames
        return plain and not is_word(name.words[0], "opener", "organisation", "group")

    def _is_single(self, name: Name) -> bool:
        """Whether a single name is a person's: by title, by a relative, or by its bearers elsewhere."""
        role = self._role_before(name)
        relative = role and is_word(role.words.split()[-1], "relation")
        before = self.text[max(0, name.start - 4) : name.start].casefold()
        known = (
            fold_name(name.text) in self._surnames and before != "the " and self._is_source(name)
        )
        return bool(relative or known or (name.title and name.kind == "person"))

    def _meet(self, name: Name) -> None:
        """Add a full name to the person who bears it, or to a new one."""
        bearers, _ = self.bearers(name)
        if len(bearers) > 1:
            return
        figure = bearers[0] if bearers else self.add(Figure(name.text, "person", first=name.start))
        figure.first = min(figure.first, name.start)
        figure.forms[name.text] += 1
        if len(name.words) > len(figure.name.split()):
            figure.name = name.text
        figure.gender = figure.gender or gender_of(name)
        figure.roles += [r for r in (self._role_before(name), self._role_after(name)) if r]

    def _see(self, name: Name) -> None:
        """Note who is named here."""
        figures, _ = self.bearers(name)
        if not figures and name.kind == "organisation" and not self._is_dateline(name):
            figures = [self.body(name)]
        if not figures:
            return
        if len(name.words) == 1 and len(figures) == 1:
            figures[0].forms[name.text] += 1
            figures[0].roles += self._roles_of_single(name)
        figures = self.narrow(name, figures)
        article = "a " if self.text[max(0, name.start - 2) : name.start] == "a " else ""
        form = fold_name(f"{article}{name.title} {name.text}")
        self.sightings.append(
            Sighting(name.start, name.end, tuple(figures), form, self.salience(name))
        )

    def _is_dateline(self, name: Name) -> bool:
        line = self.text.rfind("\n", 0, name.start) + 1
        return name.start - line < 3 and bool(
            re.match(r"[^\n.]{0,40}[–—-] ", self.text[name.end :])
        )

    def _role_before(self, name: Name) -> Role | None:
        """`the Mayor of Orr, Ann Bell`, `bureau director Ann Bell`: the role before a name."""
        title = not all(is_word(word, "honorific") for word in name.title.split())
        start = name.start - len(name.title) - 1 if name.title else name.start
        window = _BREAK.split(self.text[max(0, start - 110) : start])[-1]
        words = [(m.group(), start - len(window) + m.start()) for m in _TOKEN.finditer(window)]
        heads = [
            i for i, (word, _) in enumerate(words) if is_word(word, "title", "role", "relation")
        ]
        head = heads[-1] if heads else len(words)
        if _parts([word for word, _ in words[head + 1 :]]):
            head = len(words)
        if head == len(words) and not title:
            return None
        first = head
        while first > max(0, head - 3) and _describes(words[first - 1][0]):
            first -= 1
        begin = words[first][1] if first < len(words) else start
        role = self.text[begin : name.start if title else start].strip(" ,_*")
        return Role(role, begin, begin + len(role))

    def _role_after(self, name: Name) -> Role | None:
        """`Ann Bell, the mayor of Orr,`: the role after a name."""
        age = _AGE.match(self.text, name.end)
        match = _APPOSITION.match(self.text, age.end() if age else name.end)
        if not match:
            return None
        words = re.split(r"\s+(?:who|which|that|whose)\b", match.group(2))[0]
        head = re.split(r"\s(?:of|for|at|in|to|on|from|with|and|where)\s", words + " ")[0].split()
        if not head or not is_word(head[-1], "title", "role", "relation"):
            return None
        return Role((match.group(1) or "") + words, match.start(2), match.start(2) + len(words))

    def _guess_gender(self, figure: Figure) -> str:
        """The gender that roles tell, or the first pronouns after sentences on nobody else."""
        for role in figure.roles:
            head = re.split(r"\s(?:of|for|at|in|to|on|from|and)\s", role.words.casefold())[
                0
            ].split()
            for kind in ("relation", "role"):
                if gender := read_words()[kind].get(head[-1]):
                    return gender
        votes: Counter = Counter()
        ends = [*self.sentences[1:], len(self.text), len(self.text)]
        for sighting in self.sightings:
            here = self.sentence_of(sighting.start)
            subject = sighting.figures == (figure,) and sighting.salience == 2
            if subject and (match := _GENDERED.match(self.text, ends[here])):
                votes[read_words()["pronoun"][match.group().casefold()]] += 2
            if self._about.get(here) != {figure}:
                continue
            if match := _GENDERED.search(self.text, sighting.end, ends[here]):
                votes[read_words()["pronoun"][match.group().casefold()]] += 1
        return max("mf", key=lambda g: votes[g]) if votes["m"] != votes["f"] else ""


def _parts(between: list[str]) -> bool:
    """Whether the words between a role and a name say that the role is somebody else's."""
    return bool(between) and (
        between[0] not in _COMPLEMENT
        or any(is_word(word, "verbal") or word.endswith("ed") for word in between)
        or is_word(between[-1], "preposition", "opener")
    )


def holds(figure: Figure, phrase: str, *, own: bool = False) -> bool:
    """Whether a figure is seen with a role, in its own article or in any."""
    wanted = role_words(phrase)
    roles = [role.words for role in figure.roles if not (own and role.article_id)]
    if figure.kind == "organisation" or not (figure.named or figure.kind == "document"):
        roles.append(figure.name)
    return bool(wanted) and any(wanted <= role_words(words) for words in roles)


def _unmarked(fitting: list[Figure]) -> list[Figure]:
    """Leave out whom the article keeps naming in full, where another is so named far less."""
    times = {f: sum(n for form, n in f.forms.items() if " " in form) for f in fitting}
    least = min(times.values(), default=0)
    rare = [f for f in fitting if times[f] == least]
    others = [n for n in times.values() if n > least]
    return rare if len(rare) == 1 and all(n >= 3 * least for n in others) else fitting


def same_person(one: str, other: str) -> bool:
    """Whether two full names can be one person's: surname, suffix and given names agree."""
    (a, a_suffix), (b, b_suffix) = (split_suffix(tuple(fold_name(n).split())) for n in (one, other))
    if (
        len(a) < 2
        or len(b) < 2
        or a[-1] != b[-1]
        or (a_suffix and b_suffix and a_suffix != b_suffix)
    ):
        return False
    return _agree(a[0], b[0]) and (len(a) == 2 or len(b) == 2 or _agree(a[1], b[1]))


def gender_of(name: Name) -> str:
    """The gender that a title or a given name tells; "" where neither does."""
    for word in name.title.split():
        for kind in ("title", "relation"):
            if gender := read_words()[kind].get(fold_name(word)):
                return gender
    return read_words()["given"].get(name.words[0].casefold(), "")


def _agree(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    full = read_words()["short"]
    same = long == short or full.get(one, one) == full.get(other, other)
    return same or (len(short) == 1 and long.startswith(short))


def _describes(word: str) -> bool:
    """Whether a word before a role belongs to it: `former`, `bureau`; `the`, `told` do not."""
    listed = is_word(word.strip("_*"), "opener", "preposition", "cue", "verbal")
    return word == "former" or not (listed or word.endswith(("ed", "ing")))
