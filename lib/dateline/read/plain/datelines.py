"""From a paragraph's opening words to its dateline: place, day and agency, as agencies write it."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.read.plain.shapes import AGENCIES, MONTH_DAY, NAME

# Small words inside a town's name: Rio de Janeiro, Stratford upon Avon.
_LINK = r"(?:(?:(?:de|da|do|del|di|la|le|of|the|upon|on|sur|am|auf|y)[ ]){1,2})?"
_TOWN = rf"{NAME}(?:[ /]{_LINK}{NAME}){{0,3}}"
_REGION = rf"{NAME}(?: {NAME}){{0,2}}"
_PLACE = rf"(?P<place>{_TOWN}(?: \({_REGION}\))?(?: ?, {_REGION}){{0,2}}?)"
_WEEKDAY = r"(?:(?i:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?i:day)?\.?,? )"
_DATE = rf"(?P<date>{_WEEKDAY}?{MONTH_DAY}(?: ?,? \d{{4}})?)"
# An agency begins with a capital, but for those that write themselves small.
_AGENCY = rf"(?:[^\W\d_a-zß-ÿ]|(?=(?:{AGENCIES})\b))[\w .,/&-]{{1,40}}?"
_DASH = r"(?:\.?\s?[-–—:]{1,2}|\s?_)"
_IN_MARKS = rf"(?:\( ?(?P<outlet>{_AGENCY}) ?\)|/(?P<outlet>{_AGENCY})/)"
_BEFORE = r"\s?[.,]?\s?"


def _compile(*pieces: str) -> re.Pattern[str]:
    """One pattern of these pieces in a row; the second group of a name gets a number instead."""
    pattern, seen = "", set()
    for part in re.split(r"(\(\?P<\w+>)", "".join(pieces)):
        is_again = part in seen
        seen |= {part} if part.startswith("(?P<") else set()
        pattern += f"(?P<{part[4:-1]}_2>" if is_again else part
    return re.compile(pattern)


# The first that fits counts.
_PATTERNS = (
    # (OBA) - PORT VARRO, MAR 4 -
    _compile(rf"\((?P<outlet>{_AGENCY})\) ?[-–—] ?{_PLACE}, {_DATE} ?[-–—]+(?:\s+|$)"),
    # PORT VARRO, Ostrava Bay, March 4, 2025 (OBA) — ; /OBA/ -- ; --(OBA WIRE)--
    _compile(
        rf"(?:{_PLACE}{_BEFORE})??(?:{_DATE}{_BEFORE})?(?:-- ?)?(?:{_IN_MARKS})\.?"
        rf"(?:{_DASH}(?:\s+|$)|--)"
    ),
    # PORT VARRO. March 4. /OBA/. The ..., Varro, Mar 4 (OBA) The ...
    _compile(
        rf"{_PLACE}{_BEFORE}{_DATE}{_BEFORE}{_IN_MARKS}\.?(?:\s+(?=[\W\d_]*[^\W\d_a-zß-ÿ])|$)"
    ),
    # Varro, March 4, OBA - ; Varro, March 4, 2025, OBA --
    _compile(rf"{_PLACE}{_BEFORE}{_DATE},? (?P<outlet>[A-Z]{{2,8}})\s?{_DASH}(?:\s+|$)"),
    # Varro, AP – ; Varro, Ostrava Bay AP — : without a day only agencies that are known
    _compile(rf"{_PLACE},? (?P<outlet>{AGENCIES})\s?{_DASH}(?:\s+|$)"),
    # OBA | Varro, The council ...
    _compile(
        rf"(?P<outlet>[A-Z]{{2,8}}) \| {_PLACE}(?:,? {_DATE})?(?:,\s+|\.?\s?[-–—:]+(?:\s+|$))"
    ),
    # PORT VARRO, March 4 —
    _compile(rf"(?:{_PLACE}{_BEFORE})??(?:{_DATE}{_BEFORE})?\s*(?:—|–|--|-|_|\.-)(?:\s+|$)"),
)
# What opens a paragraph in capitals before a dash and is no place.
_NO_PLACE = re.compile(
    r"(?:BREAKING|UPDATED?|EXCLUSIVE|WATCH|VIDEO|FILE|PHOTOS?|OPINION|ANALYSIS|LIVE|CORRECTION"
    r"|In|On|At|By|Since|From|Until|After|Before|Between|For|As)\b"
)
# Asked of the first characters before any pattern is tried.
_MARKS = ("(", "—", "–", " -", "- ", "--", ".-", "_ ", "/", "|", "-\n")
_MOST = 150
# Small words of datelines: those inside a town's name, and agencies that write themselves small.
_SMALL_WORDS = (
    "de da do del di la le of the upon on sur am auf y dpa apa sda ats belga lusa kna epd ritzau"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_LABEL = re.compile(rf"(?P<place>{_TOWN}(?:, {_REGION})?):\s+(?=[\W\d_]*[^\W\d_a-zß-ÿ])")


class Dateline:
    """What a dateline states, by column, and where it ends."""

    def __init__(self, match: re.Match[str]) -> None:
        """Take the groups of a pattern that fitted."""
        found = {key.removesuffix("_2"): value for key, value in match.groupdict().items() if value}
        self.fields: dict[str, str] = {key: value.strip() for key, value in found.items()}
        place = self.fields.get("place", "").rstrip("-")
        if place:  # "PORT VARRO. March 4", but "PORT VARRO, Ost."
            self.fields["place"] = place if "," in place else place.rstrip(".")
        self.end = match.end()


# Asked of an article's first paragraph when its head is sought, and when the dateline is cut off.
@lru_cache(maxsize=64)
def find_dateline(line: str) -> Dateline | None:
    """The dateline that a paragraph opens with.

    Args:
        line: A paragraph without the white space around.

    Returns:
        Place, day and agency as far as they stand there; None where there is none.
    """
    opening = line[:_MOST]
    if not (opening[0].isalpha() or opening[0] in "(0123456789"):
        return None
    if _opens_sentence(opening) or _NO_PLACE.match(line):
        return None
    if not any(map(f"{opening}\n".__contains__, _MARKS)):
        return None
    for pattern in _PATTERNS:
        match = pattern.match(line, 0, _MOST)
        if match and _is_sure(found := Dateline(match), match[0]):
            return found
    return None


def _opens_sentence(opening: str) -> bool:
    """Whether one of the first words is small, as in no place and no agency."""
    for word in opening.split(" ", 4)[:4]:
        if word[:1].islower() and word not in _SMALL:
            return True
        if not word[-1:].isalnum():
            return False
    return False


def _is_sure(found: Dateline, words: str) -> bool:
    """In small letters a place takes a date or an agency: "Tarn – the minister – said"."""
    # With a colon it may be who speaks, and for which town: "Mr VOSS (North Varro): I object."
    if words.rstrip().endswith(":") and not found.fields.get("date"):
        return False
    if found.fields.get("outlet"):
        return True
    town = found.fields.get("place", "").partition(",")[0]
    return _is_capitals(town) or bool(town and found.fields.get("date"))


def _is_capitals(town: str) -> bool:
    return town.isupper() and bool(re.fullmatch(r"\D*[^\W\d_]{3}\D*", town))


def find_place_label(line: str) -> Dateline | None:
    """A dateline that is only a town in capitals and a colon, as papers of South Asia have it.

    Only what stands around tells it from the label of a speaker.
    """
    match = _LABEL.match(line, 0, 60)
    town = match["place"].partition(",")[0] if match else ""
    return Dateline(match) if match and _is_capitals(town) else None


def is_place(line: str) -> bool:
    """Whether a line is a town in capitals and nothing else, with its country or without."""
    match = re.fullmatch(rf"{_TOWN}(?:, {_REGION})?", line) if len(line) <= 40 else None
    return match is not None and _is_capitals(line.partition(",")[0])
