"""From names to those who bear them: who is one person, with which gender, in which roles."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dateline.speakers.names.evidence import AGE
from dateline.speakers.names.listed import fold_name, is_office, is_word, load_kinds
from dateline.speakers.names.name import Name

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
# By what stands beside a name it is a person's from so much on, and a body's from so little, or
# from less where a listed given name opens it: see `weigh_names`.
PERSON, BODY, NAMED_BODY = 2, -2, -5
# A surname alone means the best known of its bearers in other articles from this share of articles,
# and so many, on; else it stays open (0: 0; 173 real rows).
KNOWN_SHARE, KNOWN_ARTICLES = 0.9, 10

_BREAK = re.compile(r"[.;:!?“”\"(\n–—](?:\s|$)|\s(?:- |(?=[“‘\"]))")
_TOKEN = re.compile(r"[^\s,]+")
_APPOSITION = re.compile(
    r"(?:, (?:who is |once )?| (?:is|was) )(?:(?:now|then) )?(?:(?:the|an?|its|their|one of the) |"
    r"((?:his|her|[\w-]+[’']s?) ))?([^\n,.;:()—–“”\"]{3,90})"
)
_HEAD_END = re.compile(r"\s(?:of|for|at|in|to|on|from|with|and|where)\s")
_RELATIVE = re.compile(r"(?:^|\s+)(?:who|which|that|whose)\b")
_IN = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear) (?:the )?$")
_CLAUSE = re.compile(r"\s(?:is|are|was|were|has|have|had|will|would|said|says)\s")
# A role's complement is not counted: `led the mayor in several`. What was tried instead, all words
# for groups, parts the leader of a people from his name.
_COUNTED = frozenset({"several", "some", "many", "most", "few"})
_COMPLEMENT = ("of", "for", "at", "in", "to", "on")
_GENDERED = re.compile(r"\b(?:he|his|him|she|hers?)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”\n]*|\"[^\"\n]*\"|``(?:(?!'')[^\n])*")
_LISTED = ("role", "title", "organisation", "document", "relation")


class Role(NamedTuple):
    """A role seen with a name: its words, and where they stand."""

    words: str
    start: int
    end: int


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


@lru_cache(maxsize=2**12)
def find_role_before(text: str, name: Name) -> Role | None:
    """`the Mayor of Orr, Ann Bell`, `bureau director Ann Bell`: the role before a name."""
    title = not all(is_word(word, "honorific") for word in name.title.split())
    start = begin_of(name)
    window = _BREAK.split(text[max(0, start - 110) : start])[-1]
    words = [(m.group(), start - len(window) + m.start()) for m in _TOKEN.finditer(window)]
    head = len(words)
    for i in reversed(range(len(words))):
        if is_office(words[i][0]):
            apart = "," in text[words[i][1] : start].rstrip(" ,")
            head = len(words) if apart or _is_parted([w for w, _ in words[i + 1 :]]) else i
            break
    if head == len(words) and not title:
        return None
    first, at = head, words[head][1] if head < len(words) else start
    while first > max(0, head - 3) and "," not in text[words[first - 1][1] : at]:
        if not _describes(words[first - 1][0], head < len(words)):
            break
        first, at = first - 1, words[first - 1][1]
    role = text[at : name.start if title else start].strip(" ,_*")
    return Role(role, at, at + len(role)) if role else None


def find_role_after(text: str, name: Name) -> Role | None:
    """`Ann Bell, the mayor of Orr,`: the role after a name."""
    age = AGE.match(text, name.end)
    match = _APPOSITION.match(text, age.end() if age else name.end)
    if not match:
        return None
    words = _RELATIVE.split(match.group(2))[0]
    if _IN.search(text, max(0, name.start - 12), name.start) or _CLAUSE.search(words):
        return None  # `In Orr, the mayor`, `After Bell, the mayor was late`
    head = _HEAD_END.split(words + " ")[0].split()
    if not head or not is_word(head[-1], "title", "role", "relation"):
        return None
    return Role((match.group(1) or "") + words, match.start(2), match.start(2) + len(words))


def begin_of(name: Name) -> int:
    """Where a name begins with its title."""
    return name.start - len(name.title) - 1 if name.title else name.start


def _is_parted(between: list[str]) -> bool:
    """Whether the words between a role and a name say that the role is somebody else's.

    `secretary of state Ann Bell meets`: a whole name; `led the mayor in several`: no complement.
    """
    return bool(between) and (
        between[0] not in _COMPLEMENT
        or any(is_word(word, "verbal", "cue") or word.endswith("ed") for word in between)
        or is_word(between[-1], "preposition", "opener")
        or not _COUNTED.isdisjoint(between)
    )


def _describes(word: str, lower: bool) -> bool:
    """Whether a word before a role belongs to it: `former`, `Ruvian`, also `bureau` if `lower`."""
    listed = is_word(word.strip("_*"), "opener", "preposition", "cue", "verbal")
    fits = (lower or word[0].isupper()) and not word.endswith(("ed", "ing"))
    return word.casefold() == "former" or (fits and not listed)
