"""From the names of one article to what bears each: a person, a body, or what is not certain."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from dateline.speakers.names.alike import is_full, main_words
from dateline.speakers.names.bodies import Bodies, find_callings, key_of, tells_firm
from dateline.speakers.names.evidence import is_many, is_place, weigh_names
from dateline.speakers.names.listed import is_word
from dateline.speakers.names.name import Name
from dateline.speakers.names.roles import (
    Role,
    begin_of,
    find_role_after,
    find_role_before,
    find_single_role,
)
from dateline.words import Spans

# By what stands beside a name it is a person's from so much on, and a body's from so little, or
# from less where a listed given name opens it: see `weigh_names`.
PERSON, BODY, NAMED_BODY = 2, -2, -5
_OWNER = re.compile(r"(?:[Tt]he )?\S+['’]s? $")
_COMMON = ("role", "person", "group", "organisation")


class Kinds:
    """What bears the names of one article, by all that it says: of whom, later on, and where."""

    def __init__(
        self,
        text: str,
        found: Iterable[Name],
        spans: Collection[tuple[int, int]],
        begins: Collection[int],
    ) -> None:
        """Weigh each name.

        Args:
            text: The article's text.
            found: The names in it.
            spans: Where the sources stand; a name there counts as a person's more easily.
            begins: Where its sentences begin; a body that is called `the airline` opens one.
        """
        self._text = text
        found = list(found)
        self._weights = weigh_names(text, found)
        self._called: dict[str, tuple[int, int]] = {}
        begun = Spans((start, start + 1) for start, _ in spans)
        self.sources = {n.start for n in found if begun.overlap(self._reach(n), n.start + 1)}
        names = [self._behind_the(self._told(name)) for name in found]
        alone = {name.words[0] for name in names if len(name.words) == 1}
        self._last = {n.words[-1] for n in names if len(n.words) > 1 and n.words[-1] in alone}
        begins = frozenset(begins)
        firsts = (n for n in names if n.start in self.sources or self._begin(n) in begins)
        able = [name for name in firsts if self._can_be_body(name)]
        self._called = find_callings(text, spans, able)
        self.names = [self._told(name) for name in names]
        firms = [key for key, at in self._called.items() if tells_firm(text[slice(*at)])]
        self.bodies = Bodies(text, self.names, firms)
        told = (n for n in self.names if n.title or self._weighs(n) >= PERSON)
        spoken = (name for name in self.names if name.start in self.sources)
        speaking = (name for name in spoken if not self._is_behind_the(name))
        singles = (n.words[-1] for n in [*speaking, *told] if not is_full(n.text))
        self._bare = {word for word in singles if not is_word(word, *_COMMON)}

    def is_person(self, name: Name) -> bool:
        """Whether a name of several words is a person's, by its words or what stands around it."""
        if not is_full(name.text) or len(main_words(name.text)) > 5:
            return False
        if name.kind == "organisation" or is_place(name) or is_many(name):
            return False
        weight = self._weighs(name)
        if self.bodies.is_firm(name) and weight < PERSON and not name.title:
            return False  # of `Ann Bell Inc.`
        if name.kind == "person" or name.words[-1] in self._bare or weight >= PERSON:
            return True
        # Only a firm that is called `Brandt Orrin Holdings` in full is `Brandt Orrin`.
        if self.is_body(name) or weight < 0 or self._is_behind_the(name):
            return False
        return bool(name.start in self.sources or self._has_role(name))

    def is_single(self, name: Name, surnames: Collection[str]) -> bool:
        """Whether a single name is a person's: by title, relation, or bearers in other articles.

        Also by an age or `who`, or by a small particle: `von Linde`.
        """
        if self._is_behind_the(name) or name.kind == "organisation" or is_many(name):
            return bool(name.title and name.kind == "person")
        told = self._weighs(name) >= PERSON or name.words[0].islower() or name.kind == "person"
        if name.start in self.sources and not told:
            theirs = main_words(name.text)[-1] in surnames
            told = theirs or bool(find_role_after(self._text, name))
        return told or bool(find_single_role(self._text, name))

    def is_body(self, name: Name) -> bool:
        """Whether a body that the article names in full bears a name."""
        return name.kind == "organisation" or self.bodies.find(name) != key_of(name)

    def find_calling(self, name: Name) -> Role | None:
        """What the article calls a body further on, as its role: `the airline`."""
        at = self._called.get(key_of(name))
        return Role(self._text[slice(*at)], *at) if at else None

    def _weighs(self, name: Name) -> int:
        return self._weights.get(name.text, 0)

    def _told(self, name: Name) -> Name:
        """A name as what its places in the text say that bears it, where these say it clearly."""
        weight = self._weighs(name)
        least = NAMED_BODY if name.kind == "person" else BODY
        if key_of(name) in self._called or (not name.title and weight <= least):
            return name._replace(kind="organisation")
        return name._replace(kind="") if name.kind == "organisation" and weight >= PERSON else name

    def _behind_the(self, name: Name) -> Name:
        """A name of several words that speaks and has `the` before it, as a body's."""
        told = name.start in self.sources and len(name.words) > 1 and not name.kind
        the = told and self._is_behind_the(name) and not is_many(name)
        return name._replace(kind="organisation") if the else name

    def _can_be_body(self, name: Name) -> bool:
        """Whether nothing says that a name is a person's."""
        if name.kind == "organisation":
            return True
        if name.kind == "person" or name.title or is_place(name) or name.words[-1] in self._last:
            return False
        return self._weighs(name) <= 0 and not self._has_role(name)

    def _has_role(self, name: Name) -> bool:
        return bool(find_role_after(self._text, name) or find_role_before(self._text, name))

    def _begin(self, name: Name) -> int:
        """Where a name begins with its title or article."""
        return begin_of(name) - 4 * self._is_behind_the(name)

    def _is_behind_the(self, name: Name) -> bool:
        return self._text[max(0, name.start - 4) : name.start].casefold() == "the "

    def _reach(self, name: Name) -> int:
        """Where a source begins at the latest that is this name: `Labour’s Orla Venn` is she."""
        begin = begin_of(name)
        owned = self._text[begin - 2 : begin] in ("s ", "' ", "’ ")
        owner = _OWNER.search(self._text, max(0, begin - 40), begin) if owned else None
        return owner.start() if owner else begin - 4
