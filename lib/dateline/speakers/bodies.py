"""From the bodies that an article names in full to the one that a short form means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.speakers.names.listed import fold_name, is_word, load_kinds
from dateline.speakers.names.name import Name

_PLACED = re.compile(r"\b(?:in|at|near|from|to|around|across|outside) (?:the )?$")


class Bodies:
    """The bodies that one article names, by their full and their short names."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        """Take the names of an article; those of bodies tell what short forms stand for."""
        self._full: dict[str, None] = {}
        self._initials: dict[str, str] = {}
        self._placed: set[str] = set()
        for name in names:
            key = key_of(name)
            if _PLACED.search(text, max(0, name.start - 14), name.start):
                self._placed.add(key)
            if name.kind == "organisation" and len(name.words) > 1:
                self._full.setdefault(key)
                initials = "".join(word[0] for word in name.words if word[0].isupper())
                if len(initials) > 2:
                    self._initials.setdefault(initials.casefold(), key)

    def find(self, name: Name) -> str:
        """The key of the body that a name means; its own where it is no short form of one.

        `Orrin Vale` is `Orrin Vale Holdings`, `Orrin` is `Orrin Motors`, but of `Orrin Police` it
        is the town; `the Post` is `the Orrin Post`.
        """
        key = key_of(name)
        if key in self._full:
            return key
        if key in self._initials:
            return self._initials[key]
        words = key.split()
        begun = [full for full in self._full if full.split()[: len(words)] == words]
        if len(words) == 1 and key not in self._placed:
            begun = [full for full in begun if _is_firm(full)]
        elif len(words) == 1:
            begun = []
        ended = [full for full in self._full if full.split()[-len(words) :] == words]
        found = begun or ended
        return found[0] if len(found) == 1 else key

    def is_firm(self, name: Name) -> bool:
        """Whether a name is a firm's without its legal form: `Ann Bell` of `Ann Bell Inc.`."""
        key = key_of(name)
        rests = (full[len(key) :].split() for full in self._full if full.startswith(f"{key} "))
        return any(
            is_word(rest[-1], "legal") and all(is_word(word, "legal", "body") for word in rest)
            for rest in rests
        )


def key_of(name: Name) -> str:
    """A body's name as it is looked up: folded, without `the`."""
    return fold_name(name.text).removeprefix("the ")


def _is_firm(key: str) -> bool:
    """Whether a name is a firm's or a club's, which the first word alone can mean."""
    rest = key.replace(",", "").split()[1:]
    return any(word in load_kinds()["body"] and not is_word(word, "place") for word in rest)
