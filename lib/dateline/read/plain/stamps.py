"""From a line to the days that it was published and updated, where it is nothing but a stamp."""

from __future__ import annotations

import re

from dateline.read.metadata.dates import find_dates
from dateline.read.plain.shapes import NAME, OUTLET_WORD, is_agency, is_name

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
_GATE = re.compile(r"\d|\bago\b|yesterday|today|just now", re.IGNORECASE)
_ROLE = re.compile(r"(?i)editors?: ?\w[\w .]*|all, ?\w+|by")


def read_stamp(line: str) -> dict[str, str] | None:
    """What a line states that is only a date or time, alone or beside an outlet, place or author.

    Args:
        line: A line.

    Returns:
        Its `date` and `updated`, each as its words, and the name beside them by its column; nothing
        for a time of day or one that is relative ("3 hours ago"); None where it is no such line.
    """
    if len(line) > _MOST or not _GATE.search(line):
        return None
    dates = dict(find_dates(line))
    fields: dict[str, str] = {}
    rest: list[str] = [""]
    label, at, n_times, is_labelled = "date", 0, 0, False
    while at < len(line):
        if date := dates.get(at):
            if date.precision not in ("day", "month_day") and not date.doubt:
                return None
            fields.setdefault(label, _widen(line, at, date.words, label))
            at += len(date.words)
            continue
        token = _TOKEN.match(line, at)
        if token is None:
            return None
        kind = token.lastgroup
        if kind in ("updated", "published"):
            label = "updated" if kind == "updated" else "date"
            is_labelled = True
        n_times += kind in ("ago", "clock")
        is_labelled = is_labelled or kind in ("ago", "zone")
        if kind == "bar" or (kind == "mark" and re.search(r"\s[–—-]", token[0])):
            rest.append("")
        elif kind == "word":
            rest[-1] = f"{rest[-1]} {token[0]}".strip()
        at = token.end()
    names = [name for words in rest if (name := words.strip(" ,:()[]*_–—-"))]
    if not fields:
        is_stamp = n_times > 0 and not names and (is_labelled or len(line) <= 12)
        return {} if is_stamp else None
    is_whole = any(re.search(r"\d{4}", words) for words in fields.values())
    named = _read_names(names, line) if is_whole or not names else None
    return None if named is None else fields | named


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
    is_two = re.fullmatch(rf"{NAME}(?: {NAME}){{1,3}}", name)
    return ("byline" if is_barred and is_two else "place"), name
