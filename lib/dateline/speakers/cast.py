"""From the names of one article to the people and bodies in it: who bears which name and role."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Collection

from dateline.speakers.name import (
    Name,
    find_names,
    fold_name,
    is_word,
    read_role,
    read_words,
    split_suffix,
)
from dateline.speakers.person import (
    Figure,
    Role,
    Sighting,
    find_gender,
    holds,
    roles_of,
    same_person,
)
from dateline.speakers.role import AGE, begin_of, find_role_after, find_role_before
from dateline.words import Spans, find_sentences

_COMMON = ("role", "person", "group", "organisation")
_WORD = re.compile(r"[\w’'-]+")
_GENDERED = re.compile(r"\b(?:he|his|him|she|hers?)\b", re.IGNORECASE)


class Cast:
    """The people and bodies of one article, and where each is named."""

    def __init__(self, text: str, spans: list[tuple[int, int]]) -> None:
        """Find the names of an article; `gather` then makes figures of them.

        Args:
            text: The article's text.
            spans: Where the sources stand; a name there counts as a person's more easily.
        """
        self.text = text
        self.names = find_names(text)
        self.sentences = find_sentences(text)
        self.figures: list[Figure] = []
        self.sightings: list[Sighting] = []
        self._called: dict[tuple[str, str], list[Figure]] = {}
        self._holding: dict[str, dict[Figure, None]] = {}
        self._habit: dict[str, Sighting] = {}
        self._bodies: dict[str, Figure] = {}
        self._phrases: dict[tuple[str, str], Figure] = {}
        self._apart: Collection[frozenset[str]] = ()
        self._surnames: set[str] = set()
        begun = Spans((start, start + 1) for start, _ in spans)
        self._sources = {n for n in self.names if begun.overlap(begin_of(n) - 4, n.start + 1)}
        singles = (n.words[0] for n in self._sources if len(n.words) == 1)
        self._bare = {word for word in singles if not is_word(word, *_COMMON)}
        self.people_named = {fold_name(name.text) for name in self.names if self._is_person(name)}

    def gather(self, known: Collection[str], apart: Collection[frozenset[str]] = ()) -> None:
        """Make figures of the names.

        Args:
            known: The full names of people in all articles, folded.
            apart: Pairs of folded names that are never one person's.
        """
        self._apart = apart
        people = [n for n in self.names if n.kind != "organisation" and fold_name(n.text) in known]
        # An initial fits several people, so those with whole given names come first.
        for name in sorted(people, key=lambda n: len(n.words[0].strip(".")) < 2):
            self._meet(name)
        self._surnames = {name.rpartition(" ")[2] for name in known}
        for name in self.names:
            if len(name.words) == 1 and not self.bearers(name)[0] and self._is_single(name):
                self._meet(name).first = 0
        self.figures.sort(key=lambda figure: figure.first)
        for name in self.names:
            self._see(name)
        self._guess_genders()
        for figure in self.figures:
            self._index(figure)

    def sentence_of(self, position: int) -> int:
        """The 0-based sentence of a character."""
        return bisect.bisect_right(self.sentences, position) - 1

    def people(self) -> list[Figure]:
        """The people with a name, in the order of their first full names."""
        return [figure for figure in self.figures if figure.kind == "person" and figure.named]

    def bearers(self, name: Name) -> tuple[list[Figure], str]:
        """The people whom a name can mean, and the rule that says so."""
        surname, word = _surname(name.words), fold_name(name.words[-1])
        if len(name.words) > 1:
            same = self._called.get(("surname", surname), [])
            return [figure for figure in same if self._is_same(figure, name)], "full name"
        told = find_gender(name._replace(words=("",)))
        for rule in ("surname", "given name"):
            fitting = self._called.get((rule, word), [])
            fitting = [f for f in fitting if not told or f.gender in ("", told)]
            if fitting:
                known = [figure for figure in fitting if figure.first <= name.start]
                return known or fitting, rule
        return [], ""

    def narrow(self, name: Name, fitting: list[Figure]) -> list[Figure]:
        """Narrow the bearers of a surname by title, by its use before, and by the habit here."""
        if len(fitting) < 2:
            return fitting
        if name.title and not is_word(name.title, "honorific"):
            fitting = [f for f in fitting if holds(f, name.title)] or fitting
        habit = self._habit.get(self._form(name))
        if habit and habit.start < name.start and habit.figures[0] in fitting:
            return list(habit.figures)
        return _unmarked(fitting)

    def body(self, name: Name) -> Figure:
        """The organisation, or whatever else bears a name that is no known person's."""
        key = re.sub(r"^the ", "", fold_name(name.text))
        if key not in self._bodies:
            person = name.kind == "person" or key in read_words()["given"]
            kind = "person" if person else "organisation"
            self._bodies[key] = self.add(Figure(name.text, kind, find_gender(name), name.start))
            initials = "".join(word[0] for word in name.words if word[0].isupper())
            if len(initials) > 2:
                self._bodies.setdefault(initials.casefold(), self._bodies[key])
        return self._bodies[key]

    def phrase(self, words: str, kind: str, gender: str, start: int) -> Figure:
        """The figure that has no name but these words."""
        key = (kind, fold_name(words))
        if key not in self._phrases:
            figure = Figure(words, kind, gender, start, named=False)
            self._phrases[key] = self.add(figure)
        return self._phrases[key]

    def add(self, figure: Figure) -> Figure:
        """Take one more figure into the cast."""
        self.figures.append(figure)
        self._index(figure)
        return figure

    def holders(self, phrase: str) -> list[Figure]:
        """Those whom the article shows with a role, or names so; people with a name, if any."""
        heads = read_role(phrase).heads
        found = {f: None for h in heads for f in self._holding.get(h, ()) if holds(f, phrase)}
        return [figure for figure in found if figure.named] or list(found)

    def names_in(self, start: int, end: int) -> list[Name]:
        """The names that share a character with start to end."""
        first = bisect.bisect_right(self.names, start, key=lambda name: name.end)
        after = bisect.bisect_left(self.names, end, key=lambda name: name.start)
        return self.names[first:after]

    def _index(self, figure: Figure) -> None:
        for role in roles_of(figure):
            self._holding.setdefault(role.head, {})[figure] = None

    def salience(self, name: Name) -> float:
        """2 for a name that opens its sentence, 1 for a subject further on, less for the rest."""
        start = begin_of(name)
        sentence = self.sentences[self.sentence_of(start)]
        if role := find_role_before(self.text, name):
            start = role.start
        words = _WORD.findall(self.text, max(sentence, start - 25), start)
        owner = self.text.startswith(("'", "’"), name.end)
        opens = len(self.text[sentence:start].split()) < 3
        if owner or (words and is_word(words[-1], "preposition")):
            return 1.0 * (opens and owner)
        last = re.search(r"([\w’'-]+) ?$", self.text[max(sentence, start - 25) : start])
        verb = last and last.group(1).islower() and not is_word(last.group(1), "opener", "cue")
        return 2.0 if opens else 0.5 if verb else 1.0

    # What a name is.

    def _is_person(self, name: Name) -> bool:
        """Whether a name of several words is a person's, by its words or what stands around it."""
        if not 2 <= len(name.words) <= 5 or name.kind == "organisation":
            return False
        if name.kind == "person" or name.words[-1] in self._bare:
            return True
        if self.text[max(0, name.start - 4) : name.start].casefold() == "the ":
            return False
        who = re.compile(r",? who\b").match(self.text, name.end)
        asserted = who or AGE.match(self.text, name.end) or name in self._sources
        return bool(
            asserted or find_role_after(self.text, name) or find_role_before(self.text, name)
        )

    def _is_single(self, name: Name) -> bool:
        """Whether a single name is a person's: by title, relation, or bearers in other articles."""
        the = self.text[max(0, name.start - 4) : name.start].casefold() == "the "
        known = not the and name in self._sources and fold_name(name.text) in self._surnames
        return bool(known or (name.title and name.kind == "person") or self._single_role(name))

    def _is_same(self, figure: Figure, name: Name) -> bool:
        pair = frozenset((fold_name(figure.name), fold_name(name.text)))
        return same_person(figure.name, name.text) and pair not in self._apart

    # Who bears it.

    def _meet(self, name: Name) -> Figure:
        """Add a full name to the person who bears it, or to a new one."""
        bearers, _ = self.bearers(name)
        if len(bearers) > 1:
            return bearers[0]
        figure = bearers[0] if bearers else self._introduce(name)
        figure.first = min(figure.first, name.start)
        figure.forms[name.text] += 1
        if len(name.words) > len(figure.name.split()):
            figure.name = name.text
        figure.gender = figure.gender or find_gender(name)
        figure.roles += [
            r for r in (find_role_before(self.text, name), find_role_after(self.text, name)) if r
        ]
        return figure

    def _introduce(self, name: Name) -> Figure:
        figure = self.add(Figure(name.text, "person", first=name.start))
        self._called.setdefault(("surname", _surname(name.words)), []).append(figure)
        self._called.setdefault(("given name", fold_name(name.words[0])), []).append(figure)
        return figure

    def _see(self, name: Name) -> None:
        """Note who is named here."""
        figures, _ = self.bearers(name)
        if not figures and name.kind == "organisation":
            figures = [self.body(name)]
        if not figures:
            return
        if len(name.words) == 1 and len(figures) == 1:
            figures[0].forms[name.text] += 1
            figures[0].roles += self._single_role(name)
        figures = self.narrow(name, figures)
        form = self._form(name)
        sighting = Sighting(name.start, name.end, tuple(figures), form, self.salience(name))
        self.sightings.append(sighting)
        if len(figures) == 1:
            self._habit.setdefault(form, sighting)

    def _form(self, name: Name) -> str:
        """A name with its title, as far as `Bell`, `Ms Bell` and `a Bell` are not one usage."""
        article = "a " if self.text[max(0, name.start - 2) : name.start] == "a " else ""
        return fold_name(f"{article}{name.title} {name.text}")

    def _single_role(self, name: Name) -> list[Role]:
        """The role before a surname with its title, or before the given name of a relative."""
        role = find_role_before(self.text, name)
        relative = role and is_word(role.words.split()[-1], "relation")
        return [role] if role and (name.title or relative) else []

    # Genders.

    def _guess_genders(self) -> None:
        """Give people the gender of the pronouns in and right after sentences on them alone."""
        about: dict[int, set[Figure]] = {}
        for sighting in self.sightings:
            if sighting.figures[0].kind == "person":
                about.setdefault(self.sentence_of(sighting.start), set()).update(sighting.figures)
        votes: dict[Figure, Counter] = {}
        ends = [*self.sentences[1:], len(self.text)]
        for sighting in self.sightings:
            figure, here = sighting.figures[0], self.sentence_of(sighting.start)
            tally = votes.setdefault(figure, Counter())
            if len(sighting.figures) == 1 and sighting.salience == 2:
                _vote(tally, _GENDERED.match(self.text, ends[here]), 2)
            if about.get(here) == {figure}:
                _vote(tally, _GENDERED.search(self.text, sighting.end, ends[here]), 1)
        for figure, tally in votes.items():
            if not figure.gender and tally["m"] != tally["f"]:
                figure.gender = max("mf", key=lambda gender: tally[gender])


def _vote(tally: Counter, pronoun: re.Match | None, weight: int) -> None:
    if pronoun:
        tally[read_words()["pronoun"][pronoun.group().casefold()]] += weight


def _surname(words: tuple[str, ...]) -> str:
    return fold_name(split_suffix(words)[0][-1])


def _unmarked(fitting: list[Figure]) -> list[Figure]:
    """Leave out whom the article keeps naming in full, where another is so named far less."""
    times = {f: sum(n for form, n in f.forms.items() if " " in form) for f in fitting}
    least = min(times.values(), default=0)
    rare = [f for f in fitting if times[f] == least]
    others = [n for n in times.values() if n > least]
    return rare if len(rare) == 1 and all(n >= 3 * least for n in others) else fitting
