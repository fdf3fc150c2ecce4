"""From the names of one article to the people and bodies in it: who bears which name and role."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from dateline.speakers.name import (
    Name,
    Stretch,
    find_names,
    fold_name,
    is_word,
    keep_body,
    load_kinds,
    split_suffix,
)
from dateline.speakers.person import (
    AGE,
    MARKED,
    Role,
    Sighting,
    Speaker,
    begin_of,
    find_gender,
    find_role_after,
    find_role_before,
    fold_role,
    guess_genders,
    has_role,
    roles_of,
    same_person,
)
from dateline.words import Spans, find_sentences

_ONE_MORE = re.compile(r"\ban? $", re.IGNORECASE)
_COMMON = ("role", "person", "group", "organisation")
_WORD = re.compile(r"[\w’'-]+")
_TWO_WORDS = re.compile(r"\s*+(?:\S++\s*+){0,2}+")  # possessive: a long sentence is not read twice


class Known(NamedTuple):
    """The people of all articles: their full names, folded, and the last words of these."""

    names: frozenset[str]
    surnames: frozenset[str]


def gather_known(casts: Iterable[Cast]) -> Known:
    """Gather whom the articles name in full; one article's word is enough for all of them."""
    names = frozenset(name for cast in casts for name in cast.people_named)
    return Known(names, frozenset(name.rpartition(" ")[2] for name in names))


class Cast:
    """The people and bodies of one article, and where each is named."""

    def __init__(
        self,
        text: str,
        spans: Iterable[tuple[int, int]],
        blocks: Iterable[Stretch] = (),
    ) -> None:
        """Find the names of an article; `gather` then makes speakers of them.

        Args:
            text: The article's text.
            spans: Where the sources stand; a name there counts as a person's more easily.
            blocks: What stands where; all is body where nothing is said.
        """
        spans = list(spans)
        blocks = [block for block in blocks if block.kind != "body"]
        self.captions = Spans((b.start, b.end) for b in blocks if b.kind == "caption")
        silent = [(b.start, b.end) for b in blocks if b.kind != "caption"]
        self.text = keep_body(text, silent, Spans(spans))
        apart = Spans(silent)
        self.names = [name for name in find_names(self.text) if not apart.hold(name.start)]
        self.sentences = find_sentences(self.text)
        self.speakers: list[Speaker] = []
        self.sightings: list[Sighting] = []
        self._called: dict[tuple[str, str], list[Speaker]] = {}
        self._holding: dict[str, dict[Speaker, None]] = {}
        self._habit: dict[str, Sighting] = {}
        self._bodies: dict[str, Speaker] = {}
        self._phrases: dict[tuple[str, str], Speaker] = {}
        self._apart: Callable[[str, str], bool] = _never
        begun = Spans((start, start + 1) for start, _ in spans)
        self._sources = {n for n in self.names if begun.overlap(begin_of(n) - 4, n.start + 1)}
        singles = (n.words[0] for n in self._sources if len(n.words) == 1)
        self._bare = {word for word in singles if not is_word(word, *_COMMON)}
        self.people_named = {fold_name(name.text) for name in self.names if self._is_person(name)}

    def gather(self, known: Known, apart: Callable[[str, str], bool] | None = None) -> None:
        """Make speakers of the names.

        Args:
            known: The people of all articles.
            apart: Whether two folded names are never one person's.
        """
        self._apart = apart or _never
        people = [
            n for n in self.names if n.kind != "organisation" and fold_name(n.text) in known.names
        ]
        # An initial fits several people, so those with whole given names come first.
        for name in sorted(people, key=lambda n: len(n.words[0].strip(".")) < 2):
            self._meet(name)
        for name in self.names:
            if len(name.words) == 1 and not self.bearers(name)[0] and self._is_single(name, known):
                self._meet(name).first = 0
        self.speakers.sort(key=lambda speaker: speaker.first)
        for name in self.names:
            self._see(name)
        guess_genders(self.text, self.sentences, self.sightings)
        for speaker in self.speakers:
            self._index(speaker)

    def sentence_of(self, position: int) -> int:
        """The 0-based sentence of a character."""
        return bisect.bisect_right(self.sentences, position) - 1

    def people(self) -> list[Speaker]:
        """The people with a name, in the order of their first full names."""
        return [speaker for speaker in self.speakers if speaker.kind == "person" and speaker.named]

    def bearers(self, name: Name) -> tuple[list[Speaker], str]:
        """The people whom a name can mean, and the rule that says so."""
        surname, word = _surname(name.words), fold_name(name.words[-1])
        if len(name.words) > 1:
            same = self._called.get(("surname", surname), [])
            return [speaker for speaker in same if self._is_same(speaker, name)], "full name"
        told = find_gender(name._replace(words=("",)))
        for rule in ("surname", "given name"):
            fitting = self._called.get((rule, word), [])
            fitting = [f for f in fitting if not told or f.gender in ("", told)]
            if fitting:
                known = [speaker for speaker in fitting if speaker.first <= name.start]
                return known or fitting, rule
        return [], ""

    def narrow(self, name: Name, fitting: list[Speaker]) -> list[Speaker]:
        """Narrow the bearers of a surname by how the article uses it where it is clear."""
        if len(fitting) < 2:
            return fitting
        habit = self._habit.get(_form_of(name))
        if habit and habit.speakers[0] in fitting:
            return list(habit.speakers)
        return _unmarked(fitting)

    def body(self, name: Name) -> Speaker:
        """The organisation, or whatever else bears a name that is no known person's."""
        key = re.sub(r"^the ", "", fold_name(name.text))
        if key not in self._bodies:
            person = name.kind == "person" or key in load_kinds()["given"]
            kind = "person" if person else "organisation"
            self._bodies[key] = self.add(Speaker(name.text, kind, find_gender(name), name.start))
            initials = "".join(word[0] for word in name.words if word[0].isupper())
            if len(initials) > 2:
                self._bodies.setdefault(initials.casefold(), self._bodies[key])
        return self._bodies[key]

    def phrase(self, words: str, kind: str, gender: str, start: int) -> Speaker:
        """The speaker that has no name but these words."""
        key = (kind, fold_name(words))
        if key not in self._phrases:
            speaker = Speaker(words, kind, gender, start, named=False)
            self._phrases[key] = self.add(speaker)
        return self._phrases[key]

    def add(self, speaker: Speaker) -> Speaker:
        """Take one more speaker into the cast."""
        self.speakers.append(speaker)
        self._index(speaker)
        return speaker

    def holders(self, phrase: str) -> list[Speaker]:
        """Those whom the article shows with a role, or names so; people with a name, if any."""
        heads = fold_role(phrase).heads
        found = {f: None for h in heads for f in self._holding.get(h, ()) if has_role(f, phrase)}
        return [speaker for speaker in found if speaker.named] or list(found)

    def names_in(self, start: int, end: int) -> list[Name]:
        """The names that share a character with start to end."""
        first = bisect.bisect_right(self.names, start, key=lambda name: name.end)
        after = bisect.bisect_left(self.names, end, key=lambda name: name.start)
        return self.names[first:after]

    def _index(self, speaker: Speaker) -> None:
        for role in roles_of(speaker):
            self._holding.setdefault(role.head, {})[speaker] = None

    def salience(self, name: Name) -> float:
        """2 for a name that opens its sentence, 1 for a subject further on, less for the rest."""
        start = begin_of(name)
        sentence = self.sentences[self.sentence_of(start)]
        if role := find_role_before(self.text, name):
            start = role.start
        words = _WORD.findall(self.text, max(sentence, start - 25), start)
        owner = self.text.startswith(("'", "’"), name.end)
        opens = bool(_TWO_WORDS.fullmatch(self.text, sentence, start))
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

    def _is_single(self, name: Name, known: Known) -> bool:
        """Whether a single name is a person's: by title, relation, or bearers in other articles."""
        the = self.text[max(0, name.start - 4) : name.start].casefold() == "the "
        theirs = not the and name in self._sources and fold_name(name.text) in known.surnames
        return bool(theirs or (name.title and name.kind == "person") or self._single_role(name))

    def _is_same(self, speaker: Speaker, name: Name) -> bool:
        apart = self._apart(fold_name(speaker.name), fold_name(name.text))
        return same_person(speaker.name, name.text) and not apart

    # Who bears it.

    def _meet(self, name: Name) -> Speaker:
        """Add a full name to the person who bears it, or to a new one."""
        bearers, _ = self.bearers(name)
        if len(bearers) > 1:
            return bearers[0]
        speaker = bearers[0] if bearers else self._introduce(name)
        speaker.first = min(speaker.first, name.start)
        speaker.forms[name.text] += 1
        if len(name.words) > len(speaker.name.split()):
            speaker.name = name.text
        speaker.gender = speaker.gender or find_gender(name)
        speaker.roles += [
            r for r in (find_role_before(self.text, name), find_role_after(self.text, name)) if r
        ]
        return speaker

    def _introduce(self, name: Name) -> Speaker:
        speaker = self.add(Speaker(name.text, "person", first=name.start))
        self._called.setdefault(("surname", _surname(name.words)), []).append(speaker)
        self._called.setdefault(("given name", fold_name(name.words[0])), []).append(speaker)
        return speaker

    def _see(self, name: Name) -> None:
        """Note who is named here."""
        speakers, _ = self.bearers(name)
        if not speakers and name.kind == "organisation":
            speakers = [self.body(name)]
        if not speakers:
            return
        if len(name.words) == 1 and len(speakers) == 1:
            speakers[0].forms[name.text] += 1
            speakers[0].roles += self._single_role(name)
        speakers = self.narrow(name, speakers)
        form = _form_of(name)
        sighting = Sighting(name.start, name.end, tuple(speakers), form, self.salience(name))
        self.sightings.append(sighting)
        # "A Bell at the wheel" brings in one more Bell: it does not say whom "Bell" means here.
        begin = begin_of(name)
        is_one_more = _ONE_MORE.search(self.text[max(0, begin - 4) : begin])
        if len(speakers) == 1 and not is_one_more:
            self._habit.setdefault(form, sighting)

    def _single_role(self, name: Name) -> list[Role]:
        """The role before a surname with its title, or before the given name of a relative."""
        role = find_role_before(self.text, name)
        relative = role and is_word(role.words.split()[-1], "relation")
        return [role] if role and (name.title or relative) else []


def _never(one: str, other: str) -> bool:
    """Nobody is apart where no analyst says so."""
    return False


def _form_of(name: Name) -> str:
    """A name with its title: `Bell` and `Ms Bell` are not one usage."""
    return fold_name(f"{name.title} {name.text}")


def _surname(words: tuple[str, ...]) -> str:
    return fold_name(split_suffix(words)[0][-1])


def _unmarked(fitting: list[Speaker]) -> list[Speaker]:
    """Leave out whom the article keeps naming in full, where another is so named far less."""
    times = {f: sum(n for form, n in f.forms.items() if " " in form) for f in fitting}
    least = min(times.values(), default=0)
    rare = [f for f in fitting if times[f] == least]
    others = [n for n in times.values() if n > least]
    return rare if len(rare) == 1 and all(n >= MARKED * least for n in others) else fitting
