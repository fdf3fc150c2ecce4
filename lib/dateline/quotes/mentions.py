"""From the words of a source to what kind of mention it is: a name, a role, a pronoun, a group."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.quotes.cast import Cast
from dateline.quotes.names import Name, find_names, read_words

_CLAUSE = re.compile(r"[,—–-]? ?\b(?:who|whose|whom|which|that|where|when|while)\b|\(|\[")
_PREPOSITION = re.compile(
    r"(?:^|[\s(])(?:of|for|to|in|at|from|with|by|on|near|as|about|against|than)"
    r"(?: the| an?| his| her| their| its)?\s$",
    re.I,
)
_JOINT = re.compile(r"(?:['’]s?)?(?:,[^,]*,|, [^,]{0,40})?,? (?:and|&) (?:[\w-]+ ){0,5}", re.I)
_DETERMINER = re.compile(
    r"^(?:(?:the|an?|his|her|its|their|our|my|your|this|that|these|those|some|many|several|most|all|"
    r"both|other|another|various|numerous|few|at least|more than|about|nearly|almost|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|\d[\d,.]*|each|every|any|no|of)\s+)+",
    re.I,
)
_HEAD_END = re.compile(
    r"\s(?:of|at|in|for|from|with|on|to|by|near|among|within|across|against|as|about|on)\s|[,;:()—–]|\s-\s"
)
_ATTRIBUTIVE = re.compile(
    r" (?!(?:and|or|of|in|at|from|for|with|on|to|by|as|is|was|has|had|himself|herself|itself|also|"
    r"then|later)\b)[a-z]"
)


class Source(NamedTuple):
    """A source, read: what kind of mention, its names, and its noun phrase."""

    kind: str
    names: tuple[Name, ...] = ()
    phrase: str = ""
    head: str = ""
    owner: str = ""
    plural: bool = False
    gender: str = ""


def read_source(cast: Cast, start: int, end: int) -> Source:
    """Tell what kind of mention a source is.

    Args:
        cast: The people and bodies of the article.
        start: First character of the source.
        end: One past its last character.

    Returns:
        A Source. `names` are those of who speaks (several where they speak jointly), not those of
        a place, an employer or an owner. `phrase` is a noun phrase without its determiners.
    """
    pronouns = read_words()["pronoun"]
    text = cast.text[start:end].strip(" ,—–-")
    start = cast.text.index(text, start) if text else start
    if (word := text.casefold()) in pronouns:
        return Source("pronoun", gender=pronouns[word], phrase=word)
    first, *rest = word.split() or [""]
    if rest and rest[-1] in ("them", "us") and "of" in rest:
        return Source("pronoun", gender=pronouns[rest[-1]], phrase=word)
    if (
        first in pronouns
        and pronouns[first] in ("m", "f", "plural", "I", "we")
        and len(rest) == 1
        and rest[0] in ("himself", "herself", "both", "all", "also")
    ):
        return Source("pronoun", gender=pronouns[first], phrase=first)
    cut = _CLAUSE.search(text, 1)
    part = text[: cut.start()] if cut else text
    names = _speaking_names(cast, start, start + len(part))
    if names:
        return Source("name", tuple(names), phrase=part)
    return _read_phrase(part)


def _speaking_names(cast: Cast, start: int, end: int) -> list[Name]:
    """The names of a phrase that speak: no owners, employers, places or mere attributes."""
    inside = [n for n in cast.names_in(start, end)]
    if not inside:
        part = cast.text[start:end]
        inside = [n._replace(start=n.start + start, end=n.end + start) for n in find_names(part)]
    usable = []
    for name in inside:
        before, after = cast.text[start : name.start], cast.text[name.end : end]
        if name.title:
            before = cast.text[start : max(start, name.start - len(name.title) - 1)]
        if re.match(r"['’]", after) and after.strip("'’s "):
            continue
        if _PREPOSITION.search(before) or _is_attribute(after):
            continue
        if usable and not _JOINT.fullmatch(
            cast.text[usable[-1].end : name.start - (len(name.title) + 1 if name.title else 0)]
        ):
            continue
        usable.append(name)
    return usable


def _is_attribute(after: str) -> bool:
    match = _ATTRIBUTIVE.match(after)
    return bool(match)


def _read_phrase(part: str) -> Source:
    """Read a noun phrase without a speaking name."""
    known = read_words()
    owned = re.match(r"(.*?\b(?:[\w-]+['’]s?|his|her|its|their|my|our))\s(?=\w)(.*)", part, re.I)
    owner = owned.group(1) if owned else ""
    phrase = _DETERMINER.sub("", part).strip()
    core = _HEAD_END.split(phrase)[0]
    words = re.findall(r"[\w’'&-]+", core)
    if not words:
        return Source("none", phrase=part.strip())
    head = words[-1].casefold()
    single = singular(head)
    for kind in ("group", "document", "relation", "person", "role", "organisation"):
        word = head if head in known[kind] else single if single in known[kind] else ""
        if not word:
            continue
        plural = kind == "group" or (head != single)
        gender = known[kind][word]
        mention = {"relation": "role", "person": "role"}.get(kind, kind)
        if plural and mention == "role":
            mention = "group"
        return Source(mention, phrase=phrase, head=word, owner=owner, plural=plural, gender=gender)
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is"))
    return Source(
        "group" if plural else "role", phrase=phrase, head=head, owner=owner, plural=plural
    )


def singular(noun: str) -> str:
    """The singular of a plain noun, as far as its ending tells."""
    irregular = {
        "men": "man",
        "women": "woman",
        "people": "person",
        "children": "child",
        "wives": "wife",
    }
    if noun in irregular:
        return irregular[noun]
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
