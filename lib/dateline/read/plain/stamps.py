"""From a line to the days that it was published and updated, where it is nothing but a stamp."""

from __future__ import annotations

import re

from dateline.read.metadata.dates import find_dates
from dateline.read.plain.shapes import NAME, OUTLET_WORD, has_given_name, is_agency, is_name

_MOST = 160
_UPDATED = r"(?:last |latest )?(?:updated?|modified|modification|revised|edited|changed|amended)"
_PUBLISHED = (
    r"(?:first |originally |date |web )*(?:published?|posted|issued|created|released|uploaded|filed"
    r"|publication date|pub(?:lication)? date|publish date|added|date)"
)
_AGO = (
    r"(?:(?:about |over )?(?:\d+|an?|one|two|three)"
    r" ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?) ago"
    r"|just now|moments ago|yesterday|today)"
)
_CLOCK = (
    r"t?\d{1,2}[:.h]\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:[ap]\.?m\b\.?|noon|midnight|hrs\b|hours\b))?"
    r"|\d{1,2} ?[ap]\.?m\b\.?"
)
_ZONE = (
    r"(?:gmt|utc|z|[ecmp][sd]?t|bst|wes?t|ces?t|ees?t|msk|ist|pkt|jst|kst|sgt|hkt|pht|wib|wita|ict"
    r"|a[ecw][sd]t|nz[sd]t|wat|cat|eat|sast|trt|ast|local time|uk|uk time)\b(?: ?[+-]\d{1,2})?"
    r"|[+-]\d\d:?\d\d\b|\s*\([A-Z]\w+\)"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_COUNT = (
    r"\d[\d,.]*[km]? ?(?:views?|reads?|shares?|comments?|likes?|words)\b"
    r"|\d+[ -]?min(?:ute)?s?\b(?:[ -]read(?:ing)?\b)?(?: time)?"
)
_FILLER = r"(?:on|at|by(?= *$)|all news|print|version|time|as of|and|last)\b"
_TOKEN = re.compile(
    rf"(?P<updated>{_UPDATED}\b)|(?P<published>{_PUBLISHED}\b)|(?P<ago>{_AGO}\b)|(?P<count>{_COUNT})"
    rf"|(?P<clock>{_CLOCK})|(?P<zone>{_ZONE})|(?P<other>{_WEEKDAY}|{_FILLER})"
    r"|(?P<mark>[\s,.:;()\[\]*_–—-]+)|(?P<bar>\s*[|•·/]\s*)|(?P<word>[^\s|•·]+)",
    re.IGNORECASE,
)
# A line without any of these is no stamp: asked first, as most lines have none.
_DIGIT = re.compile(r"\d")
_NO_DIGIT = re.compile(r"ago\b|yesterday|today|just now", re.IGNORECASE)
_SMALL_WORDS = (
    "a about ago am an and as at by comments date day days first for from hour hours hr hrs in "
    "just last likes local m min mins minute minutes modified moments month months of on one "
    "originally over pm post posted print published read reads reading secs second seconds "
    "share shares source the three time times today two uk update updated version view views "
    "web week weeks words year years yesterday created issued released uploaded filed added "
    "revised edited changed amended late latest gmt utc est edt editor now noon midnight h s "
    "to all van von den der de del di da la el al bin modification publication pub publish"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_PARTED = re.compile(r"\s[–—-]")
_ROLE = re.compile(r"(?i)editors?: ?\w[\w .]*|all, ?\w+|by|issue|edition")


def read_stamp(line: str) -> dict[str, str] | None:
    """What a line states that is only a date or time, alone or beside an outlet, place or author.

    Args:
        line: A line.

    Returns:
        Its `date` and `updated`, each as its words, and the name beside them by its column; nothing
        for a time of day or one that is relative ("3 hours ago"); None where it is no such line.
    """
    if len(line) > _MOST:
        return None
    if not (_DIGIT.search(line) or (len(line) <= 40 and _NO_DIGIT.search(line))):
        return None
    # Most lines with a digit are sentences, which their small words show.
    small = (word for word in line.split() if word.islower() and word.isalpha())
    if "|" not in line and not _SMALL.issuperset(small):
        return None
    stamp = _Stamp(line)
    if not stamp.read():
        return None
    names = [name for words in stamp.rest if (name := words.strip(" ,:()[]*_–—-"))]
    if not stamp.fields:
        is_sure = stamp.has_time and not names and (stamp.is_labelled or len(line) <= 12)
        return {} if is_sure else None
    is_whole = any(re.search(r"\d{4}", words) for words in stamp.fields.values())
    named = _read_names(names, line) if is_whole or not names else None
    return None if named is None else stamp.fields | named


class _Stamp:
    """A line that is read from left to right: its days, and the words that are neither."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.fields: dict[str, str] = {}
        self.rest = [""]
        self.has_time = self.is_labelled = False
        self.label = "date"

    def read(self) -> bool:
        """Read it to its end; False where it cannot be a stamp."""
        dates = dict(find_dates(self.line))
        at = 0
        while at < len(self.line):
            if date := dates.get(at):
                if date.precision not in ("day", "month_day") and not date.doubt:
                    return False
                words = _widen(self.line, at, date.words, self.label)
                self.fields.setdefault(self.label, words)
                at += len(date.words)
            elif token := _TOKEN.match(self.line, at):
                self._take(str(token.lastgroup), token[0])
                at = token.end()
            else:
                return False
        return True

    def _take(self, kind: str, words: str) -> None:
        if kind in ("updated", "published"):
            self.label = "updated" if kind == "updated" else "date"
        self.is_labelled |= kind in ("updated", "published", "ago", "zone")
        self.has_time |= kind in ("ago", "clock")
        if kind == "bar" or (kind == "mark" and _PARTED.search(words)):
            self.rest.append("")
        elif kind == "word":
            self.rest[-1] = f"{self.rest[-1]} {words}".strip()


def _widen(line: str, at: int, words: str, label: str) -> str:
    """The date's words; those of an update from its label on, which says what day it is."""
    if label == "date":
        return words
    labels = [m.start() for m in re.finditer(_UPDATED, line[:at], re.IGNORECASE)]
    return line[labels[-1] : at + len(words)] if labels else words


def _read_names(names: list[str], line: str) -> dict[str, str] | None:
    """The outlet, place or author beside a date; None where the words are something else."""
    fields: dict[str, str] = {}
    if len(names) > 3:
        return None
    for name in names:
        if _ROLE.fullmatch(name):
            continue
        column, words = _name_column(name, line)
        if column is None:
            return None
        fields.setdefault(column, words)
    return fields


def _name_column(name: str, line: str) -> tuple[str | None, str]:
    if marked := re.match(r"(?i)(by|source:?) +", name):
        words = name[marked.end() :]
        column = "byline" if marked[1].casefold() == "by" else "outlet"
        return (column if is_name(words) and len(words.split()) <= 6 else None), words
    if not is_name(name) or len(name.split()) > 6:
        return None, name
    if OUTLET_WORD.search(name) or is_agency(name):
        return "outlet", name
    # A comma or nothing stands before a day behind a place, a bar behind whoever wrote.
    behind = line[line.find(name) + len(name) :].lstrip()
    is_barred = behind[:1] in ("|", "•", "·") or re.match(r"(?i)published|posted|updated", behind)
    if is_barred and re.fullmatch(r"[A-Z]{2,6}", name):
        return "outlet", name
    is_two = re.fullmatch(rf"{NAME}(?: {NAME}){{1,3}}", name)
    if is_two and has_given_name(name):
        return "byline", name
    if is_barred and is_two:
        return "byline", name
    return "place", name
