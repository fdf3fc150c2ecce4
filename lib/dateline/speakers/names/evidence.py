"""From what stands around a name to what bears it: a person, a body, or nothing that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dateline.speakers.names.listed import is_word, load_kinds
from dateline.speakers.names.name import Name
from dateline.words import singular

AGE = re.compile(r",? \(?(?:aged )?\d{1,3}\b(?! (?:per|%|[a-z]+s\b))")
_WHO = re.compile(r"(?:,? who(?:se)?\b(?! owns)|,? (?:himself|herself)\b)")
_YEARS_OLD = re.compile(r"\b\d{1,3}-year-old (?:\w+ )?$")
_FROM = re.compile(r"\b(?:at|from|in|near|of) (?:the )?$")
_CALLED = re.compile(
    r"\b(?:goes by|went by|called|known(?: only| simply)? as|"
    r"nam(?:ed|e) (?:only |simply )?(?:as )?)\s*[“\"‘']?$"
)
_WHICH = re.compile(r",? (?:which|whose (?:shares|headquarters|members))\b")
_OWNS = re.compile(
    r"(?:['’]s?)? (?:shares|profits|employees|customers|subsidiary|headquarters|management|"
    r"shareholders|investors)\b"
)
_PART_OF = re.compile(
    r"(?:(?<=\s)|^)(?:shares (?:of|in)|subsidiary of|unit of|"
    r"chief executive of|customers of|partner at|analysts? (?:at|with)|"
    r"(?:earnings|employees|jobs|losses|profits?|production|sales|staff|workers) (?:at|of)) $",
    re.IGNORECASE,
)
_GOVERNING = (" of ", " in ", " at ", " with ")  # the ends of these
# What a name is the subject of, up to its pronoun: `said on Monday that it would`, `will cut its`.
_UNTIL = r"(?: (?!(?:an?|and|of|the)\b)(?:[a-z]+|\w+day)){1,4} "
_ITS = re.compile(
    rf"{_UNTIL}(?:its|it (?:could|ha[ds]|plan(?:s|ned)|expect(?:s|ed)|w(?:ill|ould)|"
    r"(?:is|was) \w+ing))\b"
)
_HIS = re.compile(rf"{_UNTIL}(?:he|his|she|her)\b|[^.\n“”\"A-Z]*\. (?:S?He|His|Her)\b")
_NOUN = re.compile(r"((?:[\w’'-]+ ){0,3})\b([A-Za-z][a-z-]+) $")
# `the firm Orla Venn founded` is not called so; `the firm Orrin Vale said` is.
_SAYS = re.compile(r"[,.;:)”\"]| (?:(?:said|says|told|ha[sd]|is|was|will|would)\b)")
_HEADED = re.compile(
    r"\b(?:in|across|throughout|outside|inside|near|around|(?:president|head|members?|director) of|"
    r"spokes(?:man|woman|person) (?:for|of)) (?:the )?$|\b[Tt]he $"
)
_APPOSED = re.compile(
    r", (?:once |now |formerly )?(an?|the|its|one of the|part of) ([^\n,.;:()“”\"]{2,90})"
)
_CUT = re.compile(
    r"\s(?:of|for|in|at|to|with|by|that|which|from|on|"
    r"(?:based|founded|led|owned|run) (?:at|by|in|on))\b"
)


def weigh_names(text: str, names: Iterable[Name]) -> dict[str, int]:
    """Weigh whether a person (above 0) or a body (below) bears each name, by all its places.

    Args:
        text: The article's text.
        names: The names in it.

    Returns:
        The weight of each name by its words; 0 where nothing tells. A person is told by an age and
        `who`; a body by what it is said to be (`a maker of pumps`), by `which` and by shares. That
        it has an article or a preposition tells that it is no person's, but not that it is a body.
    """
    places: dict[str, list[Name]] = {}
    for name in names:
        places.setdefault(name.text, []).append(name)
    return {words: _weigh(text, found) for words, found in places.items()}


def _weigh(text: str, names: Sequence[Name]) -> int:
    placed = any(not n.title and _HEADED.search(text, max(0, n.start - 20), n.start) for n in names)
    it = any(_ITS.match(text, name.end) for name in names)
    he = any(len(name.words) > 1 and _HIS.match(text, name.end) for name in names)
    return sum(_weigh_place(text, name) for name in names) - placed - it + he


def _weigh_place(text: str, name: Name) -> int:
    before = text[max(0, name.start - 60) : name.start]
    weight = 0
    told = AGE.match(text, name.end) or _WHO.match(text, name.end)
    if told and not _FROM.search(before):  # `a diver from Orrin, who slept`
        weight += 2
    if ("-year-old " in before and _YEARS_OLD.search(before)) or _CALLED.search(before[-24:]):
        weight += 2
    role = find_body_role(text, name)
    if _WHICH.match(text, name.end) or role:
        trade = role and is_word(_head_of(text[slice(*role)]), "trade")
        weight -= 3 if trade else 5  # `Ann Bell, a publisher`
    if noun := find_body_noun(text, name):
        trade = is_word(text[slice(*noun)].split()[-1], "trade")
        weight -= 2 if "the " in before[-30:].casefold() else 3 if trade else 5
    governed = before[-6:].casefold().endswith(_GOVERNING)
    if _OWNS.match(text, name.end) or (governed and _PART_OF.search(before)):
        weight -= 3
    return weight


def find_body_noun(text: str, name: Name) -> tuple[int, int] | None:
    """`rating agency Orrin Vale`: where it says, right before a name, what a body is."""
    before = text[max(0, name.start - 60) : name.start]
    if name.title or not is_word(_last_of(before), "trade", "generic", "before"):
        return None
    match = _NOUN.search(text, max(0, name.start - 60), name.start)
    if not match:
        return None
    words = match.group(1).split()
    if any(is_word(word, "opener") for word in words) and not _SAYS.match(text, name.end):
        return None
    more = words and not is_word(words[-1], "opener", "preposition", "cue", "verbal", "honorific")
    return match.start(2) - (len(words[-1]) + 1 if more else 0), match.end(2)


def find_body_role(text: str, name: Name) -> tuple[int, int] | None:
    """`Orrin Vale, a maker of pumps,`: where it says what a body is."""
    match = _APPOSED.match(text, name.end)
    if not match:
        return None
    head = _head_of(match.group(2))
    if not head.islower():
        return None
    noun, kinds = singular(head), ("organisation", "generic", "trade")
    body = load_kinds()["body"].get(head) == ""  # no report and no system, which end names too
    if not (body or is_word(noun, *kinds) or is_word(head, *kinds)):
        return None
    # `the leader of the opposition` is a person, though a firm can lead its trade.
    if is_word(noun, "role", "title") and not is_word(noun, "trade"):
        return None
    return match.span(2)


def _last_of(before: str) -> str:
    """The word that stands right before a name."""
    return before[before.rfind(" ", 0, -1) + 1 : -1]


def _head_of(phrase: str) -> str:
    """The last word of a phrase before what belongs to it: `maker` of `a maker of pumps`."""
    return (_CUT.split(phrase + " ")[0].split() or [""])[-1]


def is_place(name: Name) -> bool:
    """Whether a word of a name tells a place: `New Orrin`, `Copper Palace`; not `Ann Hall`."""
    known = is_word(name.words[0], "given") or name.title
    ends = is_word(name.words[-1], "place") and not known
    return ends or (len(name.words) == 2 and is_word(name.words[0], "direction"))


def is_many(name: Name) -> bool:
    """Whether a name is of several people by its last word: `Orrin Republicans`."""
    last = name.words[-1].casefold()
    return last != singular(last) and is_word(singular(last), "role", "person")
