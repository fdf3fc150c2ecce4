"""From the names of one article to the people and bodies in it: who bears which name and role."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Collection

from dateline.quotes.figures import (
    Figure,
    Role,
    Sighting,
    find_gender,
    find_role_gender,
    holds,
    same_person,
)
from dateline.quotes.names import Name, find_names, fold_name, is_word, read_words, split_suffix
from dateline.quotes.spans import Spans

_AGE = re.compile(r", (?:aged )?\d{1,3}\b")
_SENTENCE = re.compile(
    r"(?<![A-Z]\.)(?<!\b(?:Dr|Mr|Ms|St)\.)(?<=[.!?])[”\"’')]*\s+(?=\W*[^\Wa-z])|\n+"
)
_BREAK = re.compile(r"[.;:!?“”\"(\n–—](?:\s|$)|\s(?:- |(?=[“‘\"]))")
_TOKEN = re.compile(r"[^\s,]+")
_WORD = re.compile(r"[\w’'-]+")
_APPOSITION = re.compile(
    r"(?:, (?:who is |once )?| (?:is|was) )(?:(?:now|then) )?(?:(?:the|an?|its|their|one of the) |"
    r"((?:his|her|[\w-]+[’']s?) ))?([^\n,.;:()—–“”\"]{3,90})"
)
_HEAD_END = re.compile(r"\s(?:of|for|at|in|to|on|from|with|and|where)\s")
_RELATIVE = re.compile(r"\s+(?:who|which|that|whose)\b")
_GENDERED = re.compile(r"\b(?:he|his|him|she|hers?)\b", re.IGNORECASE)
_NOUN = re.compile(r" ([a-z]\w+)")
_HEADS = ("role", "group", "organisation")
_COMPLEMENT = ("of", "for", "at", "in", "to", "on")


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
        self.sentences = [0, *(m.end() for m in _SENTENCE.finditer(text))]
        self.figures: list[Figure] = []
        self.sightings: list[Sighting] = []
        self._called: dict[tuple[str, str], list[Figure]] = {}
        self._bodies: dict[str, Figure] = {}
        self._phrases: dict[tuple[str, str], Figure] = {}
        self._apart: Collection[frozenset[str]] = ()
        self._surnames: set[str] = set()
        begun = Spans((start, start + 1) for start, _ in spans)
        self._sources = {n for n in self.names if begun.overlap(_begin(n) - 4, n.start + 1)}
        self._bare = {n.words[0] for n in self._sources if len(n.words) == 1}
        self.people_named = {fold_name(name.text) for name in self.names if self._is_person(name)}

    def gather(self, known: Collection[str], apart: Collection[frozenset[str]] = ()) -> None:
        """Make figures of the names.

        Args:
            known: The full names of people in all articles, folded.
            apart: Pairs of folded names that are never one person's.
        """
        self._apart = apart
        people = [n for n in self.names if n.kind != "organisation" and fold_name(n.text) in known]
        self._surnames = {fold_name(name.words[-1]) for name in people}
        people += [n for n in self.names if fold_name(n.text) not in known and self._is_kin(n)]
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
        for rule in ("surname", "given name"):
            if fitting := self._called.get((rule, word), []):
                known = [figure for figure in fitting if figure.first <= name.start]
                return known or fitting, rule
        return [], ""

    def narrow(self, name: Name, fitting: list[Figure]) -> list[Figure]:
        """Narrow the bearers of a surname by title, by its use before, and by the habit here."""
        if len(fitting) < 2:
            return fitting
        if name.title and (gender := find_gender(name._replace(words=("",)))):
            fitting = [f for f in fitting if f.gender in (gender, "")] or fitting
        if name.title and not is_word(name.title, "honorific"):
            fitting = [f for f in fitting if holds(f, name.title)] or fitting
        form = self._form(name)
        for sighting in self.sightings:
            if sighting.start >= name.start or len(fitting) == 1:
                break
            if sighting.form == form and len(sighting.figures) == 1:
                return [f for f in fitting if f in sighting.figures] or fitting
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
        return figure

    def salience(self, name: Name) -> float:
        """2 for a name that opens its sentence, 1 for a subject further on, less for the rest."""
        start = _begin(name)
        sentence = self.sentences[self.sentence_of(start)]
        words = _WORD.findall(self.text, max(sentence, start - 25), start)
        owner = self.text.startswith(("'", "’"), name.end)
        if (noun := _NOUN.match(self.text, name.end)) and is_word(noun.group(1), *_HEADS):
            return 0.0
        if role := self._role_before(name):
            start = role.start
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
        sourced = name in self._sources and f" in {name.text}" not in self.text
        asserted = who or _AGE.match(self.text, name.end) or sourced
        return bool(asserted or self._role_after(name) or self._role_before(name))

    def _is_kin(self, name: Name) -> bool:
        """Whether a name of two words ends in the surname of somebody else in the article."""
        plain = not name.kind and len(name.words) == 2
        kin = plain and fold_name(name.words[-1]) in self._surnames
        return kin and not is_word(name.words[0], "opener", "organisation", "group")

    def _is_single(self, name: Name) -> bool:
        """Whether a single name is a person's: by title, relation, or bearers in other articles."""
        the = self.text[max(0, name.start - 4) : name.start].casefold() == "the "
        known = not the and name in self._sources and fold_name(name.text) in self._surnames
        return bool(known or (name.title and name.kind == "person") or self._single_role(name))

    def _is_same(self, figure: Figure, name: Name) -> bool:
        pair = frozenset((fold_name(figure.name), fold_name(name.text)))
        return same_person(figure.name, name.text) and pair not in self._apart

    def _is_dateline(self, name: Name) -> bool:
        line = self.text.rfind("\n", 0, name.start) + 1
        after = self.text[name.end : name.end + 44]
        return name.start - line < 3 and bool(re.match(r"[^\n.]{0,40}[–—-] ", after))

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
        figure.roles += [r for r in (self._role_before(name), self._role_after(name)) if r]
        return figure

    def _introduce(self, name: Name) -> Figure:
        figure = self.add(Figure(name.text, "person", first=name.start))
        self._called.setdefault(("surname", _surname(name.words)), []).append(figure)
        self._called.setdefault(("given name", fold_name(name.words[0])), []).append(figure)
        return figure

    def _see(self, name: Name) -> None:
        """Note who is named here."""
        figures, _ = self.bearers(name)
        if not figures and name.kind == "organisation" and not self._is_dateline(name):
            figures = [self.body(name)]
        if not figures:
            return
        if len(name.words) == 1 and len(figures) == 1:
            figures[0].forms[name.text] += 1
            figures[0].roles += self._single_role(name)
        figures = self.narrow(name, figures)
        self.sightings.append(
            Sighting(name.start, name.end, tuple(figures), self._form(name), self.salience(name))
        )

    def _form(self, name: Name) -> str:
        """A name with its title, as far as `Bell`, `Ms Bell` and `a Bell` are not one usage."""
        article = "a " if self.text[max(0, name.start - 2) : name.start] == "a " else ""
        return fold_name(f"{article}{name.title} {name.text}")

    # The roles beside it.

    def _single_role(self, name: Name) -> list[Role]:
        """The role before a surname with its title, or before the given name of a relative."""
        role = self._role_before(name)
        relative = role and is_word(role.words.split()[-1], "relation")
        return [role] if role and (name.title or relative) else []

    def _role_before(self, name: Name) -> Role | None:
        """`the Mayor of Orr, Ann Bell`, `bureau director Ann Bell`: the role before a name."""
        title = not all(is_word(word, "honorific") for word in name.title.split())
        start = _begin(name)
        window = _BREAK.split(self.text[max(0, start - 110) : start])[-1]
        words = [(m.group(), start - len(window) + m.start()) for m in _TOKEN.finditer(window)]
        head = len(words)
        for i in reversed(range(len(words))):
            if is_word(words[i][0], "title", "role", "relation"):
                apart = "," in self.text[words[i][1] : start].rstrip(" ,")
                head = len(words) if apart or _parts([w for w, _ in words[i + 1 :]]) else i
                break
        if head == len(words) and not title:
            return None
        first = head
        while first > max(0, head - 3) and _describes(words[first - 1][0], head < len(words)):
            first -= 1
        begin = words[first][1] if first < len(words) else start
        role = self.text[begin : name.start if title else start].strip(" ,_*")
        return Role(role, begin, begin + len(role)) if role else None

    def _role_after(self, name: Name) -> Role | None:
        """`Ann Bell, the mayor of Orr,`: the role after a name."""
        age = _AGE.match(self.text, name.end)
        match = _APPOSITION.match(self.text, age.end() if age else name.end)
        if not match:
            return None
        words = _RELATIVE.split(match.group(2))[0]
        head = _HEAD_END.split(words + " ")[0].split()
        if not head or not is_word(head[-1], "title", "role", "relation"):
            return None
        return Role((match.group(1) or "") + words, match.start(2), match.start(2) + len(words))

    # Genders.

    def _guess_genders(self) -> None:
        """Give people the gender that roles tell, or the pronouns after sentences on them alone."""
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
            told = (g for role in figure.roles if (g := find_role_gender(role.words)))
            guess = max("mf", key=lambda g: tally[g]) if tally["m"] != tally["f"] else ""
            figure.gender = figure.gender or next(told, guess)


def _vote(tally: Counter, pronoun: re.Match | None, weight: int) -> None:
    if pronoun:
        tally[read_words()["pronoun"][pronoun.group().casefold()]] += weight


def _begin(name: Name) -> int:
    """Where a name begins with its title."""
    return name.start - len(name.title) - 1 if name.title else name.start


def _surname(words: tuple[str, ...]) -> str:
    return fold_name(split_suffix(words)[0][-1])


def _parts(between: list[str]) -> bool:
    """Whether the words between a role and a name say that the role is somebody else's."""
    return bool(between) and (
        between[0] not in _COMPLEMENT
        or any(is_word(word, "verbal", "cue") or word.endswith("ed") for word in between)
        or is_word(between[-1], "preposition", "opener")
    )


def _describes(word: str, lower: bool) -> bool:
    """Whether a word before a role belongs to it: `former`, `Ruvian`, also `bureau` if `lower`."""
    listed = is_word(word.strip("_*"), "opener", "preposition", "cue", "verbal")
    fits = (lower or word[0].isupper()) and not word.endswith(("ed", "ing"))
    return word == "former" or (fits and not listed)


def _unmarked(fitting: list[Figure]) -> list[Figure]:
    """Leave out whom the article keeps naming in full, where another is so named far less."""
    times = {f: sum(n for form, n in f.forms.items() if " " in form) for f in fitting}
    least = min(times.values(), default=0)
    rare = [f for f in fitting if times[f] == least]
    others = [n for n in times.values() if n > least]
    return rare if len(rare) == 1 and all(n >= 3 * least for n in others) else fitting
