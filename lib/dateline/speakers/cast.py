"""From the names of one article to the people and bodies in it: who bears which name and role."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from dateline.speakers.names.alike import is_full, main_words, same_person, shortens
from dateline.speakers.names.bodies import key_of
from dateline.speakers.names.evidence import find_body_noun, find_body_role
from dateline.speakers.names.kinds import Kinds
from dateline.speakers.names.listed import fold_name, is_word
from dateline.speakers.names.name import Name, Stretch, find_names, keep_body
from dateline.speakers.names.roles import (
    Role,
    begin_of,
    find_role_after,
    find_role_before,
    find_single_role,
)
from dateline.speakers.person import (
    MARKED,
    Sighting,
    Speaker,
    find_gender,
    fold_role,
    guess_genders,
    has_role,
    roles_of,
)
from dateline.words import Spans, find_sentences, singular

_ONE_MORE = re.compile(r"\ban? $", re.IGNORECASE)
_WORD = re.compile(r"[\w’'-]+")
_AFTER_NAMES = ("cue", "verbal", "preposition", "opener", "auxiliary")  # what is no noun
_NOUN = re.compile(r" ([a-z]+)\b")
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
        self.text = keep_body(text.replace("\u00a0", " "), silent, Spans(spans))
        apart = Spans(silent)
        found = [name for name in find_names(self.text) if not apart.hold(name.start)]
        self.sentences = find_sentences(self.text)
        self._kinds = Kinds(self.text, found, spans, self.sentences)
        self.names = self._kinds.names
        self.speakers: list[Speaker] = []
        self.sightings: list[Sighting] = []
        self._called: dict[tuple[str, str], list[Speaker]] = {}
        self._holding: dict[str, dict[Speaker, None]] = {}
        self._habit: dict[str, Sighting] = {}
        self._bodies: dict[str, Speaker] = {}
        self._phrases: dict[tuple[str, str], Speaker] = {}
        self._apart: Callable[[str, str], bool] = _never
        # A body is called as it is where it speaks: by the longest of these forms.
        spoken = [n for n in self.names if n.start in self._kinds.sources and not n.text.isupper()]
        spoken.sort(key=lambda n: (len(n.words), -n.start))
        self._spoken = {self._kinds.bodies.find(n): n.text for n in spoken}
        self.people_named = {
            fold_name(name.text) for name in self.names if self._kinds.is_person(name)
        }

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
        # An initial fits several people, and a part of a name too, so whole names come first.
        for name in sorted(people, key=lambda n: (len(n.words[0].strip(".")) < 2, -len(n.words))):
            self._meet(name)
        for name in self.names:
            alone = not is_full(name.text) and not self.bearers(name)[0]
            if alone and self._kinds.is_single(name, known.surnames):
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
        *others, word = main_words(name.text)
        if others:
            same = [*self._called.get(("surname", word), ()), *self._called.get(("part", word), ())]
            same = [*dict.fromkeys(same)]
            return [speaker for speaker in same if self._is_same(speaker, name)], "full name"
        told = find_gender(name._replace(words=("",))) if name.title else ""
        for rule in ("surname", "given name", "part"):
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
        titled = [f for f in fitting if name.title and has_role(f, name.title)]
        if len(titled) == 1:
            return titled
        habit = self._habit.get(_form_of(name))
        if habit and habit.speakers[0] in fitting:
            return list(habit.speakers)
        return _unmarked(fitting)

    def body(self, name: Name) -> Speaker:
        """The organisation, or whatever else bears a name that is no known person's."""
        key = self._kinds.bodies.find(name)
        if key not in self._bodies:
            short = key != key_of(name)
            given = name.kind != "organisation" and is_word(key, "given")
            person = not short and (name.kind == "person" or given)
            kind = "person" if person else "organisation"
            words = self._spoken.get(key, name.text)
            self._bodies[key] = self.add(Speaker(words, kind, find_gender(name), name.start))
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
        before = self.text[max(sentence, start - 25) : start]
        words = _WORD.findall(before)
        owner = self.text.startswith(("'", "’"), name.end) or self._is_attribute(name)
        opens = bool(_TWO_WORDS.fullmatch(self.text, sentence, start))
        if owner or (words and is_word(words[-1], "preposition")):
            return 1.0 * (opens and owner)
        if opens:
            return 2.0
        last = words[-1] if words and before.endswith((words[-1], f"{words[-1]} ")) else ""
        return 0.5 if last.islower() and not is_word(last, "opener", "cue") else 1.0

    def _is_attribute(self, name: Name) -> bool:
        """`the Bell approach`, `Bell supporters`: a person's name that only tells whose it is."""
        noun = _NOUN.match(self.text, name.end)
        if not noun or is_word(noun[1], *_AFTER_NAMES) or not self.bearers(name)[0]:
            return False
        listed = is_word(singular(noun[1]), "role", "group", "organisation", "relation")
        the = self.text[max(0, name.start - 4) : name.start].casefold() == "the "
        return listed or (the and not name.title)

    def _is_same(self, speaker: Speaker, name: Name) -> bool:
        one, other = speaker.name, name.text
        same = same_person(one, other) or shortens(one, other) or shortens(other, one)
        return same and not self._apart(fold_name(one), fold_name(other))

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
        first, *inner, last = main_words(name.text) * (1 if is_full(name.text) else 2)
        for rule, words in (("surname", [last]), ("given name", [first]), ("part", inner)):
            for word in words:
                self._called.setdefault((rule, word), []).append(speaker)
        return speaker

    def _see(self, name: Name) -> None:
        """Note who is named here."""
        speakers, _ = self.bearers(name)
        if not speakers and self._kinds.is_body(name):
            speakers = [body := self.body(name)]
            noun = find_body_noun(self.text, name)
            roles = [noun and Role(self.text[slice(*noun)], *noun), self._kinds.find_calling(name)]
            # Whichever was named last is `the company`; but only one is `the airline`.
            body.roles += [r for r in roles if r and not is_word(r.words.split()[-1], "generic")]
            if place := find_body_role(self.text, name):
                body.roles.append(Role(self.text[slice(*place)], *place))
        if not speakers:
            return
        if not is_full(name.text) and len(speakers) == 1:
            speakers[0].forms[name.text] += 1
            speakers[0].roles += filter(None, [find_single_role(self.text, name)])
        speakers = self.narrow(name, speakers)
        form = _form_of(name)
        sighting = Sighting(name.start, name.end, tuple(speakers), form, self.salience(name))
        self.sightings.append(sighting)
        if len(speakers) == 1 and form not in self._habit:
            # "A Bell at the wheel" brings in one more Bell: it does not say whom "Bell" means here.
            begin = begin_of(name)
            if not _ONE_MORE.search(self.text[max(0, begin - 4) : begin]):
                self._habit[form] = sighting


def _never(one: str, other: str) -> bool:
    """Nobody is apart where no analyst says so."""
    return False


def _form_of(name: Name) -> str:
    """A name with its title: `Bell` and `Ms Bell` are not one usage."""
    return fold_name(f"{name.title} {name.text}")


def _unmarked(fitting: list[Speaker]) -> list[Speaker]:
    """Leave out whom the article keeps naming in full, where another is so named far less."""
    times = {f: sum(n for form, n in f.forms.items() if is_full(form)) for f in fitting}
    least = min(times.values(), default=0)
    rare = [f for f in fitting if times[f] == least]
    others = [n for n in times.values() if n > least]
    return rare if len(rare) == 1 and all(n >= MARKED * least for n in others) else fitting
