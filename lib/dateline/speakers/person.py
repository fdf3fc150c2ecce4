"""From names to those who bear them: who is one person, with which gender, in which roles."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dateline.speakers.names.listed import fold_name, is_office, is_word, load_kinds
from dateline.speakers.names.name import Name
from dateline.speakers.names.roles import Role

# The thresholds of the whole room, measured on our gold (395 rows with a speaker) and on the 12
# PolNeAR articles with named speakers (231 rows, in two halves: no other value wins in both). In
# brackets: other values, and how many of these 626 rows they lose; where few or none, how many rows
# of 926 real articles (see rules) the threshold changes, against its being off.

# Points of an antecedent:
DISTANCE = -2.5  # a sentence in which nobody speaks between (-0.5: 21, -1: 7, -2: 4, -3: 2, -4: 5)
SALIENCE = 1.5  # its place in its sentence, 0 to 2 (0: 8, 0.5: 3, 1: 2, 2: 4, 3: 4)
SPOKE = 0.5  # it spoke (-1: 2, 0: 1, 1: 4, 2: 7)
QUOTED = -2.0  # it stands in somebody's quotation, and the pronoun does not (0: 0; 19 real rows)
OFTEN = 0.25  # times the logarithm of how often it is named (0: 0, 0.5: 0, 1: 3; 114 real rows)
UNKNOWN = -1.0  # nothing tells whether it is a he or a she
SAID = -3.0  # it stands in the very words whose speaker is sought (0: 1, -2: 0, -5: 1)
# An antecedent is one of two candidates if the other comes so close; more easily below FAR points.
# Of 235 pronouns with a gold speaker, 7 were so, and 5 of these had been read wrongly. To decide
# always wins up to 2 rows more, and guesses the others.
CLOSE = 0.2  # (0.1: 0, 0.3: 0, 0.5: 2, 1: 7)
FAR = -2.0  # (-4: 0, 0: 2, 2: 35)
CLOSE_AFAR = 3.0  # (2: 0, 4: 0)
# Whom a pronoun means for whom nobody fits before may be named so many sentences on: 8 real rows. 2
# would find two more, one of them wrongly.
AHEAD = 1
# So many names and speakers are looked back on at most, lest a long file take the square of its
# length (10: 0; 30 changes 2 real rows).
MANY = 100
# Characters within which a letter that is spoken of has come up, for the same reason (80: 6,
# 500: 1, 2000: 0).
PAST = 8000
# Of two of one surname, the surname alone means the one whom the article names in full so many
# times less often: the other is not called by the surname alone (30, or off: 4; 36 real rows).
MARKED = 3
# A surname alone means the best known of its bearers in other articles from this share of articles,
# and so many, on; else it stays open (0: 0; 173 real rows).
KNOWN_SHARE, KNOWN_ARTICLES = 0.9, 10

# The letters come first, as a pattern is searched faster by these than by a word's edge.
_GENDERED = re.compile(r"[hs](?:(?<=\bh)(?:e|is|im|ers?)|(?<=\bs)he)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”\n]*|\"[^\"\n]*\"|``(?:(?!'')[^\n])*")
_LISTED = ("role", "title", "organisation", "document", "relation")


class RoleKey(NamedTuple):
    """A role as it is compared: its head noun, and all its words."""

    head: str
    words: frozenset[str]

    @property
    def heads(self) -> list[str]:
        """The head nouns of the roles that this one can be: a leader is a president or a king."""
        return [self.head, *(load_kinds()["leader"] if self.head == "leader" else ())]


@lru_cache(maxsize=2**16)
def fold_role(phrase: str) -> RoleKey:
    """A role as it is compared: folded, short forms written out, `Turkish` as `turki`.

    Listed words stay whole, so that a minister is not a ministry; others are cut to five letters,
    so that a place and its adjective agree.
    """
    # AP's stylebook: premier and prime minister are often used interchangeably in translation.
    folded = fold_name(phrase).replace("prime minister", "premier")
    plain = re.sub(r"['’]s?(?!\w)", " ", folded)
    words: list[str] = []
    head = ""
    for word in re.findall(r"[\w-]+", plain):
        if is_word(word, "preposition"):
            head = head or (words[-1] if words else "")
        elif not is_word(word, "opener", "passing"):
            whole = load_kinds()["short role"].get(word, word)
            words.append(whole if is_word(whole, *_LISTED) else whole[:5])
    return RoleKey(head or (words[-1] if words else ""), frozenset(words))


def is_role(wanted: RoleKey, seen: RoleKey) -> bool:
    """Whether a role is one that was seen, in fewer words; a president is a leader."""
    if not wanted.head or seen.head not in wanted.heads:
        return False
    told = wanted.words - ({wanted.head} - {seen.head})
    return told <= seen.words and not any(is_word(word, "under") for word in seen.words - told)


@dataclass(eq=False)
class Speaker:
    """Somebody or something that can speak, as one article knows it."""

    name: str
    kind: str
    gender: str = ""
    first: int = 0
    named: bool = True
    forms: Counter = field(default_factory=Counter)
    roles: list[Role] = field(default_factory=list)


class Sighting(NamedTuple):
    """A place where somebody is named or speaks; several speakers where the name fits them all.

    `form` is the name as it stands there, or the status of a source that was read; `salience` is 2
    for what opens its sentence, above 2 for who speaks there, and less further on.
    """

    start: int
    end: int
    speakers: tuple[Speaker, ...]
    form: str
    salience: float
    gender: str = ""
    margin: float = 0.0


def has_role(speaker: Speaker, phrase: str) -> bool:
    """Whether a speaker's own article shows it with a role, or names a body by its kind."""
    return any(is_role(fold_role(phrase), role) for role in roles_of(speaker))


def roles_of(speaker: Speaker) -> list[RoleKey]:
    """The roles that a speaker's own article tells of it; a body's and a phrase's name is one."""
    roles = [fold_role(role.words) for role in speaker.roles]
    if speaker.kind == "organisation" or not (speaker.named or speaker.kind == "document"):
        roles.append(fold_role(speaker.name))
    if speaker.named and speaker.kind == "organisation":
        # `Team Orrin` and `Orrin Bank Ltd` are the team and the bank.
        words = [w for w in fold_name(speaker.name).split() if not is_word(w, "legal")]
        ends = {words[0], words[-1]} if words else ()
        heads = [w for w in sorted(ends) if is_word(w, "organisation") and w != roles[-1].head]
        roles += [RoleKey(head, fold_role(speaker.name).words) for head in heads]
    return roles


def find_gender(name: Name) -> str:
    """The gender that a title or a given name tells; "" where neither does."""
    for word in name.title.split():
        for kind in ("title", "relation"):
            if gender := load_kinds()[kind].get(fold_name(word)):
                return gender
    return load_kinds()["given"].get(name.words[0].casefold(), "")


def guess_genders(text: str, sentences: list[int], sightings: list[Sighting]) -> None:
    """Give people the gender of the pronouns in and right after sentences on them alone.

    Args:
        text: The article's text.
        sentences: Where its sentences begin.
        sightings: Who is named in it, in its order; those without a gender may get one.
    """
    at = [bisect.bisect_right(sentences, sighting.start) - 1 for sighting in sightings]
    about: dict[int, set[Speaker]] = {}
    for here, sighting in zip(at, sightings, strict=True):
        if sighting.speakers[0].kind == "person":
            about.setdefault(here, set()).update(sighting.speakers)
    ends = [*sentences[1:], len(text)]
    # Whom a quotation calls her, a country or somebody else, is not who says so.
    told = _QUOTED.sub(lambda m: " " * len(m.group()), text)
    pronouns = [(m.start(), m.group().casefold()) for m in _GENDERED.finditer(told)]
    votes: dict[Speaker, Counter[str]] = {}

    def vote(speaker: Speaker, start: int, end: int, weight: int) -> None:
        """Count the first pronoun that begins from start to end."""
        first = bisect.bisect_left(pronouns, (start,))
        if first < len(pronouns) and pronouns[first][0] < end:
            sense = load_kinds()["pronoun"][pronouns[first][1]]
            votes.setdefault(speaker, Counter())[sense] += weight

    for here, sighting in zip(at, sightings, strict=True):
        speaker = sighting.speakers[0]
        if len(sighting.speakers) == 1 and sighting.salience == 2:
            vote(speaker, ends[here], ends[here] + 1, 2)
        if about.get(here) == {speaker}:
            vote(speaker, sighting.end, ends[here], 1)
    for speaker, tally in votes.items():
        if not speaker.gender and tally["m"] != tally["f"]:
            speaker.gender = max("mf", key=lambda gender: tally[gender])


def find_pairs(text: str, sightings: list[Sighting]) -> list[Sighting]:
    """`Ann Bell and Tom Orr`, `Bell and Gov. Orr`: whom the next `they` can mean."""
    return [
        one._replace(end=other.end, speakers=(*one.speakers, *other.speakers), form="joint")
        for one, other in pairwise(sightings)
        if _joins(text[one.end : other.start])
        if all(len(s.speakers) == 1 and s.speakers[0].kind == "person" for s in (one, other))
        if one.speakers != other.speakers
    ]


def _joins(between: str) -> bool:
    """Whether words join two people: `and`, `and former Gov.`."""
    before, is_and, words = between.partition(" and ")
    return (
        bool(is_and)
        and before in ("", ",")
        and all(
            is_office(word) or is_word(word, "passing", "honorific") or word == "former"
            for word in words.split()
        )
    )
