"""Who can speak in an article: figures, the roles they are seen with, and where they are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from dateline.speakers.name import (
    Name,
    RoleKey,
    fold_name,
    is_role,
    read_role,
    read_words,
    split_suffix,
)


class Role(NamedTuple):
    """A role seen with a name: its words, and where they stand."""

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
    forms: Counter = field(default_factory=Counter)
    roles: list[Role] = field(default_factory=list)


class Sighting(NamedTuple):
    """A place where somebody is named or speaks; several figures where the name fits them all.

    `form` is the name as it stands there, or the status of a source that was read; `salience` is 2
    for what opens its sentence, above 2 for who speaks there, and less further on.
    """

    start: int
    end: int
    figures: tuple[Figure, ...]
    form: str
    salience: float
    gender: str = ""


class Reading(NamedTuple):
    """Who a source is: kind of mention, status, figures, why, and which of them stay open."""

    kind: str
    status: str
    figures: tuple[Figure, ...]
    evidence: str
    gender: str = ""
    open: tuple[Figure, ...] = ()


def read_one_of(kind: str, figures: Iterable[Figure], rule: str, words: str) -> Reading:
    """The reading that the words are this figure, or stay open between these."""
    figures = tuple(figures)
    status = "resolved" if len(figures) == 1 else "candidate"
    return Reading(kind, status, figures, f"{rule}: {words} is {name_any(figures)}")


def name_any(figures: Iterable[Figure]) -> str:
    """The names of figures of whom one is meant."""
    return " or ".join(figure.name for figure in figures)


@lru_cache(maxsize=2**16)
def same_person(one: str, other: str) -> bool:
    """Whether two full names can be one person's: surname, suffix and given names agree."""
    (a, a_suffix), (b, b_suffix) = (split_suffix(tuple(fold_name(n).split())) for n in (one, other))
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    if a_suffix and b_suffix and a_suffix != b_suffix:
        return False
    return _agree(a[0], b[0]) and (len(a) == 2 or len(b) == 2 or _agree(a[1], b[1]))


def holds(figure: Figure, phrase: str) -> bool:
    """Whether a figure's own article shows it with a role, or names a body by its kind."""
    return any(is_role(read_role(phrase), role) for role in roles_of(figure))


def roles_of(figure: Figure) -> list[RoleKey]:
    """The roles that a figure's own article tells of it; a body's and a phrase's name is one."""
    roles = [read_role(role.words) for role in figure.roles]
    if figure.kind == "organisation" or not (figure.named or figure.kind == "document"):
        roles.append(read_role(figure.name))
    return roles


def find_gender(name: Name) -> str:
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
