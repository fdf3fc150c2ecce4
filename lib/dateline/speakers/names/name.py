"""From an article's text to the names in it, as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from dateline.speakers.names.lettering import RUN, find_runs, is_particle
from dateline.speakers.names.listed import fold_name, is_office, is_word, load_kinds
from dateline.speakers.names.opening import Openings, is_people
from dateline.words import Spans, singular

_INSIDE_NAME = re.compile(r"[“\"][^”\"’']*[”\"]|(?<!\w)[‘'](?=\w+[’'])\w+[’'](?!\w)|,")
_TAIL = re.compile(r" (?:of|for|on|beyond|without)(?: the| an?| all)? $")
_KIN_OF = re.compile(r"Sons?|Brothers|Daughters|Associates|Partners|Co|Company")
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)(?:r?uary|ch|[a-z]*er|il|ust)?")
_WORDS = re.compile(r"(?:\S+- )*\S+")  # `Ann Bell- Orr`, where a line broke behind the hyphen
_PLACE = re.compile(r"\S+(?= \S+ \S)")
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_OFFICE = re.compile(r"(?<![\w-])([\w-]+) (?:of|for) (?:the )?$")
_WITHIN = {"Against", "Beyond", "For", "Without"}  # `Journalists Without Fear`
_THE = re.compile(r"\b[Tt]he $")
# Behind two names that are one body's: `Bell and Orr, a maker of pumps`.
_MAKES = re.compile(
    r", an? (?:[\w-]+ ){0,3}(?:company|firm|maker|retailer|chain|bank|charity|group)\b"
)
# `Orrin-based Velt Motors`: what says of where or whose a name is.
_ATTRIBUTE = re.compile(
    r"[\w.’'-]+-(?:backed|based|born|bound|controlled|educated|led|listed|owned|run)"
)
_DETERMINER = re.compile(r"(?:\b(?:an?|another|her|his|its|one|the|their)|[’']s?) $", re.I)
_PLACED = re.compile(r"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|[Oo]f) $")
_AFTER_OF = re.compile(r"\b(?:of|for|in|at) (?:the )?$")


class Stretch(NamedTuple):
    """A typed block of an article: its kind as in BLOCKS, and where it stands."""

    kind: str
    start: int
    end: int


class Name(NamedTuple):
    """A name as it stands in a text: its offsets, its words, and the title before it."""

    start: int
    end: int
    words: tuple[str, ...]
    title: str
    kind: str

    @property
    def text(self) -> str:
        """The words of the name, without its title."""
        return " ".join(self.words)


def keep_body(text: str, silent: Iterable[tuple[int, int]], sources: Spans) -> str:
    """The text with line ends in place of what is no body, so that no rule looks there.

    A namesake in a byline left a surname open, a headline in title case made people of its words,
    and those who are named in a trailer became speakers. A heading that is a sentence can have a
    source, whose words must stay.
    """
    for start, end in silent:
        if not sources.overlap(start, end):
            text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def find_names(text: str) -> list[Name]:
    """Find the capitalised names of a text.

    Args:
        text: An article's text.

    Returns:
        One Name a run of capitalised words, in the order of the text: `title` holds the title or
        role words before it, `kind` is person or organisation where its words tell, else "".
    """
    runs = find_runs(text)
    openings = Openings(text, runs)
    names: list[Name] = []
    joined: set[str] = set()
    for run in _split_places(text, runs):
        name = _find_in_run(run, openings)
        if name and names:
            whole = text[names[-1].start : name.end]
            if whole in joined or _continues(names[-1], name, text):
                name = _join(names.pop(), name, text)
                joined.add(whole)
            if names and _is_listed(names[-1], name, text):
                name = _join(names.pop(), name, text)
        if name:
            names.append(name)
    # King and Weaver are surnames where somebody is so called in full.
    surnames = {n.words[-1] for n in names if len(n.words) > 1 and not _is_bare_title(n, text)}
    names = [n for n in names if n.words[-1] in surnames or not _is_bare_title(n, text)]
    return [name for name in names if not _is_epithet(name, text)]


def _split_places(text: str, runs: list[re.Match]) -> Iterator[re.Match]:
    """The runs of capitals; `of Norway Ann Bell` is two where `Norway` stands alone too."""
    alone = {run.group() for run in runs}
    for run in runs:
        place = _PLACE.match(run.group())
        rest = place and RUN.match(text, run.start() + place.end() + 1, run.end())
        before = text[max(0, run.start() - 12) : run.start()]
        if place and rest and place.group() in alone and _AFTER_OF.search(before):
            yield from filter(None, [RUN.match(text, run.start(), rest.start() - 1), rest])
        else:
            yield run


def _find_in_run(run: re.Match, openings: Openings) -> Name | None:
    """One name of a run of capitalised words, without what opens the sentence and its title."""
    plain = _INSIDE_NAME.sub(_blank, run.group())
    words = [(m.group(), run.start() + m.start()) for m in _WORDS.finditer(plain)]
    while words and openings.opens([word for word, _ in words], words[0][1]):
        words.pop(0)
    words = _drop_attribute(words)
    while len(words) > 1 and _WEEKDAY.fullmatch(words[-1][0]):
        words.pop()  # `told Ruvia News Tuesday`
    if not words:
        return None
    first = _find_title(tuple(word for word, _ in words), openings)
    if not first and len(words) > 2 and is_word(words[1][0], "given"):
        office = _OFFICE.search(run.string, max(0, words[0][1] - 30), words[0][1])
        first = int(office is not None and is_office(office[1]))  # `Secretary of State Ann Bell`
    title = " ".join(word for word, _ in words[:first])
    named = tuple(word.replace("- ", "-") for word, _ in words[first:])
    if not named:
        return None
    end = words[-1][1] + len(words[-1][0])
    return Name(words[first][1], end, named, title, _kind_of(named, bool(title)))


def _blank(match: re.Match) -> str:
    return " " * len(match.group())


def _drop_attribute(words: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The words of a run behind `Orrin-based`; none where they only say of which people one is."""
    told = [i for i, (word, _) in enumerate(words[:-1]) if _ATTRIBUTE.fullmatch(word)]
    rest = words[told[-1] + 1 :] if told else words
    return [] if told and len(rest) == 1 and is_people(rest[0][0]) else rest


def _find_title(words: tuple[str, ...], openings: Openings) -> int:
    """Where the name begins after its title or role; the number of words where it is all title."""
    known = load_kinds()
    if words[-1].casefold() in known["organisation"]:
        return 0
    if len(words) == 2 and words[0].casefold() in known["organisation"]:
        return 0  # `Consulate General`
    if is_word(words[-1], "body") and known["title"].get(words[0].casefold()):
        return 0  # `Queen Orla Infirmary`
    titles = [i for i, w in enumerate(words[:-1]) if is_office(w) or (i and _is_partisan(w))]
    if titles:
        first = titles[-1] + 1
        of = words[first].casefold() in ("of", "for")  # `Chief Of Staff Ann Bell`
        whose = [i for i in range(first, len(words) - 1) if is_word(words[i], "given")]
        return whose[0] if of and whose else first
    labels = next(i for i in range(len(words)) if not openings.is_label(words[i:]))
    if labels:  # `Liberal Democrat Ken Orr`
        return labels
    # `Tennis Australia Anna Bell`: words before a well-known given name are a description; but a
    # short one may be a syllable of a longer name, `Nguyen Thi Kim Hang`.
    given = [i for i, w in enumerate(words[:-1]) if len(w) > 3 and w.casefold() in known["given"]]
    return given[0] if given and given[0] >= 2 and len(words) - given[0] <= 3 else 0


def _is_partisan(word: str) -> bool:
    """Whether a word is somebody of a party: `Democrat`, not `Democratic`."""
    return is_word(word, "label") and is_word(word, "person") and not is_word(word, "given")


def _is_bare_title(name: Name, text: str) -> bool:
    """Whether a name is nothing but a role with a capital: `President`, `National Leader`."""
    alone = len(name.words) == 1 or text.startswith((" of ", " for "), name.end)
    return alone and is_word(name.words[-1], "title", "role", "relation")


def _is_epithet(name: Name, text: str) -> bool:
    """Whether a name is what somebody is called next: `the Orr Democrat`; not the Orr Star."""
    last = name.words[-1]
    if len(name.words) < 2 or name.kind == "organisation" or not is_word(last, "epithet", "person"):
        return False
    told = _DETERMINER.search(text, max(0, name.start - 8), name.start)
    partisan = _is_partisan(last) and not is_word(name.words[0], "given")
    return partisan or bool(told and not is_word(last, "paper"))


@lru_cache(maxsize=2**16)
def _kind_of(words: tuple[str, ...], titled: bool) -> str:
    """The kind of a name by its words: person, organisation, or "" where these do not tell."""
    known = load_kinds()
    # `Atlético`, but no `Sá`, which is no S.A.
    lower = [fold_name(w) if len(w) > 3 else w.casefold().rstrip(".") for w in words]
    given = lower[0] in known["given"]
    # `Ann Church` and `Ann D. Church` bear a surname; `Ann Bell Church` is a church.
    initials = all(len(word) == 1 for word in lower[1:-1])
    surname = len(words) > 1 and initials and given and is_word(lower[-1], "surname")
    if not _WITHIN.isdisjoint(words[1:-1]) or (
        not surname and any(_tells_body(lower, i) for i in range(len(lower)))
    ):
        return "organisation"
    if titled:
        return "person"
    if len(words) == 1:
        return "organisation" if len(words[0]) > 1 and words[0].isupper() else ""
    capitals = sum(map(_is_acronym, words))
    ends = lower[-1] == "united" or (is_word(lower[-1], "paper") and len(words) == 2 and not given)
    if 0 < capitals < len(words) or ends:
        return "organisation"
    many = lower[-1] != singular(lower[-1]) and is_word(singular(lower[-1]), "label")
    return "person" if given and len(words) <= 4 and not many else ""


def _tells_body(lower: Sequence[str], i: int) -> bool:
    """Whether a word of a name is a body's there: `Orrin First`, but not `First Orrin`."""
    known, last = load_kinds(), len(lower) - 1
    if i < last and is_particle(lower[i]):
        return False  # `Elad Bar Giora`
    place = known["body"].get(lower[i])
    here = "last" if i == last else "first" if not i else None
    return (
        lower[i] in known["organisation"]
        or place == ""
        or (place is not None and last > 0 and place == here)
    )


def _is_acronym(word: str) -> bool:
    """Whether a word of a longer name is all capitals, as `OVB` in `OVB News`; no initials."""
    letters = word.replace("&", "")
    listed = is_word(word, "suffix") or "." in word
    return len(word) > 2 and letters.isupper() and letters.isalpha() and not listed


def _continues(body: Name, name: Name, text: str) -> bool:
    """Whether `Ministry` + `of Trade`, or `Farmers'` + `League`, is one name."""
    between = text[body.end : name.start]
    # No speaker of 926 real articles, but a form of real bodies: a Students’ Association.
    if between in ("' ", "’ "):
        return body.words[-1].endswith("s") and name.kind == "organisation"
    if between in ("'s ", "’s "):  # `Tarn Sheriff’s Office`, not `Velt’s Bank`
        return name.kind == "organisation" and is_word(body.words[-1], "title", "person", "group")
    if between in (" and ", " & "):
        titled = name.title or (body.title and between == " and ")  # `Brewer Hale & Sons`
        return not titled and _is_pair(body, name, text, between)
    if is_office(body.words[-1]) or _MONTH.fullmatch(name.words[0]):
        return False
    last = body.words[-1].casefold()
    # `the Elders of Orrin`: several people whom a capital makes one body.
    if len(body.words) == 1 and between in (" of ", " of the ") and last != singular(last):
        again = text.count(text[body.start : name.end]) > 1
        people = is_word(last, "group") or is_word(singular(last), "role", "relation", "person")
        return again or people
    if between == " to ":  # `Committee to Free Orrin`
        return body.words[-1] in ("Campaign", "Coalition", "Committee", "Movement", "Society")
    is_body = body.kind == "organisation" or is_word(body.words[-1], "place")
    # `Doctors for Orrin`, where the article says so more than once.
    again = between == " for " and text.count(text[body.start : name.end]) > 1
    return bool(_TAIL.fullmatch(between)) and (is_body or (again and len(body.words) == 1))


def _is_listed(one: Name, other: Name, text: str) -> bool:
    """Whether `Hale` is the first of `Hale, Bell & Orr`."""
    listed = text[one.end : other.start] == ", " and "&" in other.words
    return (
        listed
        and len(one.words) == 1
        and not one.title
        and not _PLACED.search(text, max(0, one.start - 6), one.start)
    )


def _is_pair(one: Name, other: Name, text: str, between: str) -> bool:
    """Whether two names are one: `Vask and Sons`, `Bell & Orr`, `Ministry of Roads and Bridges`."""
    if _KIN_OF.fullmatch(other.words[0]):
        return True
    single = len(one.words) == 1 and one.kind != "organisation"
    if between == " & ":
        return single
    if {"of", "for"}.intersection(one.words):
        return all(is_word(word, "matter") for word in other.words)
    if len(one.words) > 1 and len(other.words) == 1:  # `Orrin Gas and Electric`
        return is_word(other.words[0], "matter") and is_word(one.words[-1], "body", "matter")
    if single and other.kind == "organisation":  # `the Ann and Tom Bell Foundation`
        return bool(_THE.search(text, max(0, one.start - 4), one.start))
    return single and len(other.words) == 1 and bool(_MAKES.match(text, other.end))


def _join(body: Name, name: Name, text: str) -> Name:
    words = tuple(text[body.start : name.end].split())
    return Name(body.start, name.end, words, body.title, "organisation")
