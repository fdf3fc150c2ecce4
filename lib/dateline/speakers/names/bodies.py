"""From the bodies that an article names in full to the one that a short form means."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Iterable, Sequence

from dateline.speakers.names.listed import fold_name, is_word, load_kinds
from dateline.speakers.names.name import Name
from dateline.speakers.names.opening import is_people

_WIDE = ("global", "group", "holdings", "international", "worldwide")
_IN_BRACKETS = re.compile(r" \((?:the )?[“\"]?([A-Z][\w.&-]{1,9})[”\"]?\)")
_PLACED = re.compile(r"\b(?:in|at|near|from|to|around|across|outside) (?:the )?$")

_THE = re.compile(r"[Tt]he ((?:([a-z-]+) )?((?!news\b)[a-z][a-z-]+))")
# Not what a body is, but which one: `the rival bank`, `the parent company`.
_WHICH = frozenset(
    {
        *("central", "city", "family", "first", "foreign", "former", "home", "host", "labour"),
        *("local", "member", "national", "new", "next", "only", "other", "parent", "regional"),
        *("rival", "same", "second", "sister", "smaller", "state", "third", "whole"),
    }
)
_NEAR = 600  # characters, some three sentences
_TOLD = ("kin", "body", "organisation", "paper")
_CALLED = ("kin", "before", "trade", "generic")
_OF_STATE = {"agency", "army", "church", "council", "court", "police"}


class Bodies:
    """The bodies that one article names, by their full and their short names."""

    def __init__(self, text: str, names: Sequence[Name], firms: Collection[str] = ()) -> None:
        """Take the names of an article; those of bodies tell what short forms stand for.

        Args:
            text: The article's text.
            names: The names in it.
            firms: The keys of names that are firms' by what the article calls them.
        """
        self._firms = frozenset(firms)
        self._full: dict[str, None] = {}
        self._initials: dict[str, str] = {}
        self._found: dict[str, str] = {}
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
                if short := _IN_BRACKETS.match(text, name.end):
                    self._initials[fold_name(short.group(1))] = key

    def find(self, name: Name) -> str:
        """The key of the body that a name means; its own where it is no short form of one.

        `Orrin Vale` is `Orrin Vale Holdings`, `Orrin` is `Orrin Motors`, but of `Orrin Police` it
        is the town; `the Post` is `the Orrin Post`.
        """
        key = key_of(name)
        if key not in self._found:
            self._found[key] = self._find(key)
        return self._found[key]

    def is_firm(self, name: Name) -> bool:
        """Whether a name is a firm's without its legal form: `Ann Bell` of `Ann Bell Inc.`."""
        key = key_of(name)
        rests = (full[len(key) :].split() for full in self._full if full.startswith(f"{key} "))
        return any(
            is_word(rest[-1], "legal") and all(is_word(word, "legal", "body") for word in rest)
            for rest in rests
        )

    def _find(self, key: str) -> str:
        longer = [full for full in self._full if _is_without_form(key, full)]
        if key in self._full:
            return longer[0] if len(longer) == 1 else key
        if key in self._initials:
            return self._initials[key]
        words = key.split()
        begun = [full for full in self._full if full.split()[: len(words)] == words]
        if len(words) == 1 and key not in self._placed:
            begun = [full for full in begun if full in self._firms or _is_firm(full)]
        elif len(words) == 1:
            begun = []
        ended = [full for full in self._full if full.split()[-len(words) :] == words]
        found = begun or ended
        return found[0] if len(found) == 1 else key


def key_of(name: Name) -> str:
    """A body's name as it is looked up: folded, without `the`."""
    return fold_name(name.text).removeprefix("the ")


def _is_firm(key: str) -> bool:
    """Whether a name is a firm's or a club's, which the first word alone can mean."""
    rest = key.replace(",", "").split()[1:]
    told = any(word in load_kinds()["body"] and not is_word(word, "place") for word in rest)
    return told or not any(is_word(word, "organisation", "place", "paper") for word in rest)


def _is_without_form(key: str, full: str) -> bool:
    """Whether a name is another without `Inc.`, `Holdings` or `Grupo`."""
    if key not in full:
        return False
    before, found, after = f" {full} ".partition(f" {key} ")
    forms = [is_word(w, "legal") or w in _WIDE for w in after.split()]
    forms += [load_kinds()["body"].get(w) == "first" for w in before.split()]
    return bool(found and forms) and all(forms)


def find_callings(
    text: str,
    spans: Iterable[tuple[int, int]],
    names: Sequence[Name],
) -> dict[str, tuple[int, int]]:
    """Find which names the sources `the airline`, `the party`, `the hospital` stand for.

    Args:
        text: The article's text.
        spans: Where the sources stand.
        names: The names that may be bodies' and that speak or open a sentence, in their order.

    Returns:
        Where the noun of the first such source stands, by the key of the name. Only where one name
        close before it fits, no name of the article has the noun in it, and nothing else was called
        so before: `an airline` brings in its own. A single word is a country's too easily.
    """
    found: dict[str, tuple[int, int]] = {}
    ends = [name.end for name in names]
    for start, end in sorted(spans):
        match = _THE.fullmatch(text, start, end)
        if not match or not is_word(noun := match.group(3), *_CALLED) or is_word(noun, "role"):
            continue  # `the publisher` is a person too
        if match.group(2) and not _is_compound(match.group(2), noun):
            continue
        first, after = bisect.bisect_left(ends, start - _NEAR), bisect.bisect_left(ends, start)
        fitting = {key_of(name): name for name in names[first:after] if fits(name, noun)}
        if len(fitting) == 1 and not _is_brought_in(text, noun, start):
            key, name = next(iter(fitting.items()))
            if name.kind == "organisation" or len(name.words) > 1:
                found.setdefault(key, match.span(1))
    return found


def _is_compound(kind: str, noun: str) -> bool:
    """Whether two words are what a body is: `the auction house`, `the think tank`."""
    return kind not in _WHICH and not is_people(kind) and not _kin_of(noun) <= _OF_STATE


def fits(name: Name, noun: str) -> bool:
    """Whether a body of this name can be called so: no hospital is `the airline`.

    A name that does not tell what the body is fits all but what belongs to a state.
    """
    places = {"last": name.words[-1], "first": name.words[0]}  # `First Orrin` is no `Orrin First`
    sense = load_kinds()["body"].get
    told = [w for w in name.words if places.get(sense(w.casefold(), ""), w) == w]
    own = {kin for word in told if is_word(word, *_TOLD) for kin in _kin_of(word)}
    called = _kin_of(noun)
    return not own.isdisjoint(called) if own else not called <= _OF_STATE


def tells_firm(words: str) -> bool:
    """Whether what is called by these words is a firm, or a club, which its first word can mean."""
    return not _kin_of(words.split()[-1]).isdisjoint(("firm", "club", "cause"))


def _kin_of(word: str) -> set[str]:
    """What kinds of body a word tells: a club by `Rovers`, a firm by most such words."""
    known = load_kinds()
    kin = known["kin"].get(word.casefold())
    if kin or word.casefold() in known["paper"]:
        return set((kin or "media").split())
    return {"firm"} if is_word(word, "body", "trade") else {word.casefold()}


def _is_brought_in(text: str, noun: str, end: int) -> bool:
    """Whether another one was spoken of before, or named: `an airline`, `Ruvian airlines`."""
    named = re.search(rf"\b{noun.capitalize()}\b", text)
    return bool(named or re.search(rf"(?<![Tt]he )\b{noun}s?\b", text[:end]))
