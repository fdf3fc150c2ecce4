"""From a line to the authors that it names, and to what stands beside their names."""

from __future__ import annotations

import re
from functools import cache

from dateline.read.plain.shapes import NAME, OUTLET_WORD, has_given_name, is_agency, is_name
from dateline.read.plain.stamps import read_stamp
from dateline.wordlists import load_words

_WORD = rf"(?:(?:al|el|as|ad|ul|d|l|t|ter)[-’'])?{NAME}"
_PARTICLE = (
    r"(?:(?:van|von|der|den|de|del|della|di|da|do|dos|das|du|la|le|el|al|bin|bint|ibn|ben|abu|ter"
    r"|ten|zu|zur|af|av|y|e)\s)"
)
_PERSON = re.compile(rf"{_WORD}(?: {_PARTICLE}{{0,3}}{_WORD}){{1,4}}")
_BY = re.compile(
    r"[*_]*(?i:(?:(?:words|written|story|text|reported|reporting|report|posted|published) )?by"
    r"|words(?=:)|authors?(?=:))[: ]\s*"
)
_FROM = re.compile(r"(?i:from )(?=.* (?:in|at) )")
_JOB = re.compile(
    r"(?i:\b(?:correspondents?|reporters?|editors?|writers?|columnists?|contributors?|producers?"
    r"|analysts?|journalists?|staff|bureau|desk|chief|reporting|critic|photographers?|fellow"
    r"|trainee|team|service|presenter|anchor|commentator|interviewer|broadcaster)\b)"
)
# Writers who are not named: as part of a byline, and as a line of their own.
_OTHERS = r"(?:news )?agenc(?:y|ies)|wires?|others|staff"
_STAFF = re.compile(
    rf"{_OTHERS}|(?:staff|newsroom) and agencies"
    r"|(?:from )?(?:our|staff|special|web|news|sports|city|foreign|monitoring) (?:own )?"
    r"(?:correspondents?|reporters?|desk|report|writers?)",
    re.IGNORECASE,
)
# What parts the names from what follows them, and one name from the next.
_ASIDE = re.compile(r"\s*[|•·(]\s*|\s+[—–-]+\s+|\s*<(?=\S+@)")
_JOINT = re.compile(r"\s*(?:,? and |,? & |;|,? with |\s/\s|,)\s*")
_IN = re.compile(rf" (?:in|at) (?P<place>(?:the )?{NAME}(?:[ -]{NAME}){{0,3}}(?:, {NAME})?)")
_STAMPED = re.compile(
    r"(?:(?<=\s)on )?(?:(?:first |last )?(?:published|posted|updated)\b"
    r"|[12]\d{3}-\d\d-\d\d|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\d{1,2}[/.]\d)",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august"
    r"|september|october|november|december",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"(?:e-?mail:? ?)?\S+@[\w.-]+\w|@\w+|https?://\S+|www\.\S+", re.IGNORECASE)
_REPORTING = re.compile(
    rf"[*_]*(?i:reporting) (?i:from|in) (?P<place>{NAME}(?:[ -]{NAME}){{0,3}}(?:, {NAME})?)"
)
_MOST = 160


@cache
def _openers() -> frozenset[str]:
    """What a headline may begin with and a name does not."""
    return load_words("stopwords_en.txt") - {"will", "may", "don", "so", "an", "my", "you"}


def is_person(words: str) -> bool:
    """Whether words are a person's name by their form: two to five words in capitals."""
    return _PERSON.fullmatch(words) is not None and not _JOB.search(words)


def read_byline(line: str) -> dict[str, str] | None:
    """What a line that begins with "By" or the like states: names, place, day; None for no byline.

    Jobs, papers and addresses behind the names are no part of them.
    """
    if len(line) > _MOST:
        return None
    opening = _BY.match(line)
    if opening is None and (opening := _FROM.match(line)):
        found = read_bare(line[opening.end() :])
        return found if found and "place" in found else None
    if opening is None:
        return None
    rest = line[opening.end() :].rstrip("*_. ").strip()
    return _read(rest, is_marked=True) if rest and not _DAYS.match(rest) else None


def read_bare(line: str) -> dict[str, str] | None:
    """The same of a line that opens with a person's name; only its place tells that it is one."""
    line = line.strip("*_ ")
    if len(line) > _MOST or line.endswith((".", "?", "!")) or not _PERSON.match(line):
        return None
    if line.partition(" ")[0].lower() in _openers():
        return None
    found = _read(line, is_marked=False)
    return None if found is None or OUTLET_WORD.search(found["byline"]) else found


def _read(rest: str, *, is_marked: bool) -> dict[str, str] | None:
    stamped = next((m for m in _STAMPED.finditer(rest) if m.start()), None)
    names, dated = (rest[: stamped.start()], rest[stamped.start() :]) if stamped else (rest, "")
    stamp = read_stamp(dated.removeprefix("on ").removeprefix("ON ")) if dated else {}
    if stamp is None:
        return None
    names = re.sub(r"(?i)[\s|•·,—–-]+(?:on)?$|\s+on$", "", names)
    main, *asides = _ASIDE.split(names)
    asides = [aside.rstrip(") >") for aside in asides]
    people, places, tail = _read_people(main.rstrip(" ,"), is_marked=is_marked)
    if not people or not all(map(_is_beside, [*tail, *asides])):
        return None
    fields = {"byline": people} | {key: stamp[key] for key in ("date", "updated") if key in stamp}
    if len(places) == 1 and not stamped:
        fields["place"] = places[0]
    elif not is_marked and len(tail) == 1 and is_name(tail[0]) and not _is_job_or_outlet(tail[0]):
        fields["place"] = tail[0]
    papers = [aside for aside in asides if _is_paper(aside)]
    return fields | ({"outlet": papers[0]} if papers else {})


def _read_people(main: str, *, is_marked: bool) -> tuple[str, list[str], list[str]]:
    """The names as printed, the places behind them, and the items that are no names."""
    joints = [*_JOINT.finditer(main)]
    ends = [joint.start() for joint in joints] + [len(main)]
    starts = [0, *(joint.end() for joint in joints)]
    items = [main[start:end] for start, end in zip(starts, ends, strict=True)]
    links = ["", *(joint[0].strip(" ,") for joint in joints)]
    found: str = ""
    places: list[str] = []
    for i, item in enumerate(items):
        where = _IN.search(item)
        name = item[: where.start()] if where and where.end() == len(item) else item
        later = any(links[k] and is_person(items[k]) for k in range(i + 1, len(items)))
        is_one = is_person(name) and (i == 0 or links[i] or later or has_given_name(name))
        if not is_one and not (i == 0 and is_marked and is_name(name)):
            # "By Harbour News and agencies" is printed so, and no list of people.
            if i == 1 and re.fullmatch(f"(?i:{_OTHERS})", main[starts[i] :]):
                return (found, places, []) if places else (main, [], [])
            return found, places, items[i:]
        found += (main[ends[i - 1] : starts[i]] if i else "") + name
        places += [where["place"]] if where and name != item else []
    return found, places, []


def is_staff(words: str) -> bool:
    """Whether words stand for writers who are not named."""
    return _STAFF.fullmatch(words) is not None


def _is_beside(words: str) -> bool:
    """Whether words may stand beside a name: a job, a paper, a town, an address."""
    if not words or _CONTACT.fullmatch(words) or is_staff(words) or is_agency(words):
        return True
    return len(words.split()) <= 8 and (is_name(words) or _JOB.search(words) is not None)


def _is_paper(words: str) -> bool:
    return (
        OUTLET_WORD.search(words) is not None
        and is_name(words)
        and not (_JOB.search(words) or _CONTACT.fullmatch(words))
    )


def _is_job_or_outlet(words: str) -> bool:
    is_outlet = OUTLET_WORD.search(words) or is_agency(words) or words.isupper()
    return bool(is_outlet or _JOB.search(words))


def read_below_byline(line: str, people: str) -> dict[str, str] | None:
    """What a line right below the names adds: their job, their paper, where they report from.

    Args:
        line: A line.
        people: The names above it.
    """
    if len(line) > 100:
        return None
    if where := _REPORTING.match(line):
        return {"place": where["place"]}
    if _CONTACT.fullmatch(line) or line.casefold() in ("by", "and"):
        return {}
    first = people.partition(",")[0].partition(" and ")[0]
    if first and line.startswith(first) and re.search(r" reported from | reporting from ", line):
        return {}
    words = line.split()
    if len(words) > 8 or line.endswith((".", "?", "!", ":")):
        return None
    if _JOB.search(line):
        return {}
    return {"outlet": line} if _is_paper(line) and "," not in line else None
