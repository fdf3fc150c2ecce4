"""From what stands beside a name to the role that it tells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dateline.speakers.names.evidence import AGE
from dateline.speakers.names.listed import is_human, is_office, is_word
from dateline.speakers.names.name import Name

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


class Role(NamedTuple):
    """A role seen with a name: its words, and where they stand."""

    words: str
    start: int
    end: int


@lru_cache(maxsize=2**12)
def find_role_before(text: str, name: Name) -> Role | None:
    """`the Mayor of Orr, Ann Bell`, `bureau director Ann Bell`: the role before a name."""
    title = not all(is_word(word, "honorific") for word in name.title.split())
    start = begin_of(name)
    before = text[max(0, start - 110) : start]
    near = before.rstrip(" ,").rpartition(",")[2]
    if not title and not any(map(is_office, near.split())):
        return None  # so it is with most names
    window = _BREAK.split(before)[-1]
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
    # `Ann Bell, and the mayor, Tom Orr`: the next one's.
    if not head or head[0] in ("and", "but", "or") or not is_human(head[-1]):
        return None
    return Role((match.group(1) or "") + words, match.start(2), match.start(2) + len(words))


def find_single_role(text: str, name: Name) -> Role | None:
    """The role before a surname with its title, or before the given name of a relative."""
    role = find_role_before(text, name)
    relative = role and is_word(role.words.split()[-1], "relation")
    return role if role and (name.title or relative) else None


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
