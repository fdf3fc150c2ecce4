"""From a line to the stock that it is: keys, labels, invitations, notes, what closes an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dateline.read.metadata.dates import find_date
from dateline.read.plain.bylines import is_person, is_staff
from dateline.read.plain.shapes import AGENCIES, NAME, NAMES, is_rule, unwrap
from dateline.read.plain.stamps import read_stamp
from dateline.wordlists import read_table

# What a header line's key says about the article: a column, what its date is of, or "" where
# nothing is kept. Outside a fence only these keys make a header line, so that "Voss: we won" stays
# body.
_COLUMNS = {
    **dict.fromkeys(("title", "headline", "subject"), "title"),
    **dict.fromkeys(("outlet", "source", "publisher", "publication", "from"), "outlet"),
    **dict.fromkeys(("date", "published", "published_on", "published_at", "pubdate"), "date"),
    **dict.fromkeys(("author", "authors", "byline"), "byline"),
    **dict.fromkeys(("place", "location", "dateline"), "place"),
    **dict.fromkeys(("url", "link"), "url"),
    **dict.fromkeys(("language", "lang"), "language"),
    **dict.fromkeys(("updated", "modified"), "updated"),
    **dict.fromkeys(("section", "category", "tags", "keywords", "contact", "editor"), ""),
}
_KEY_LINE = re.compile(r"[*_]*(?P<key>[A-Za-z][A-Za-z_ -]{0,24}?)[*_]*\s*:[*_]*\s*(?P<value>\S.*)")
_PLACE_AND_AGENCY = re.compile(
    rf"(?P<place>{NAME}(?: {NAME}){{0,2}}) [•·|] (?P<outlet>{AGENCIES}|[A-Z]{{2,6}})"
)
_ADDRESS = re.compile(r"\s*<\S+@\S+>$")
DATE_PREFIX = re.compile(
    r"(?i:date:?\s+)?\d{4}-\d\d-\d\d(?!\d)(?:T[\d:.+Z-]++)?+[\s:|–—-]+"  # never half of a clock
)

# What points elsewhere from the midst of a text.
_TEASER = re.compile(
    r"[_*(\[]*(?i:read (?:more|also|next|this)|also read|see also|more|must read|recommended"
    r"|related(?: story| article| stories)?|watch(?: more)?|listen|don['’]t miss|(?:dig|go) deeper)"
    r"\s?[:|»>—–-]+\s*\S.{0,150}|(?:READ (?:MORE|ALSO)|ALSO READ|WATCH|RELATED)\b:?\s.{1,150}"
)
_CRUMBS = re.compile(r"\w[\w &]{0,25}(?:\s*[»›>]\s*\w[\w &]{0,60})+\W*")
# An agency's own notes at the top of a dispatch, for the editors who take it.
_SLUG = re.compile(
    r"[A-Z]{2}-{1,2}[A-Z\d][\w-]*,.*|[a-z]\d{4}\b.{0,60}|Eds?\.?: .{1,200}"
    r"|AP Photos?(?: [A-Z]{2,5}\d+,?)*|\(?(?:ATTN|EDITORS|ADDS|Adds|Updates|UPDATES):? .{1,200}\)?"
    r"|(?:URGENT|BULLETIN|ADVISORY|EDS)\W*|\d+ words?|[A-Z]{3,}\d{2,} .{0,40}"
)

_ARTICLE = r"(?:article|story|post|piece|report|column|page|headline|version|item)"
_NOTE = re.compile(
    r"[_*(\[•–-]*\s*(?i:"
    r"(?:corrections?|clarifications?|correction appended|amendment|retraction|erratum)\b"
    r"(?: \([^)]{1,40}\)|,? [a-z]{3,9}\.? \d[\d ,]*)?\s*[:.—–-]"
    r"|(?:editor['’]?s['’]? notes?|note to readers|notes? from the editor)\s*[:.—–-].{0,160}?"
    rf"\b(?:this|an|the) (?:\w+ ){{0,2}}(?:{_ARTICLE}|interview|transcript|series|essay|excerpt)\b"
    rf"|(?:this|the) {_ARTICLE} (?:has been|was|is) (?:\w+ ){{0,3}}?"
    r"(?:corrected|updated|amended|clarified|revised|edited|changed)\b"
    r"|an? (?:earlier|previous|prior|original) version of (?:this|the)\b"
    r"|this corrected version\b)"
)
# So they begin, in small letters: most paragraphs are asked no more.
_NOTE_STARTS_WORDS = (
    "correc|clarif|editor|amendm|retrac|erratu|note t|note f|notes |an ear|an ori|a prev|"
    "a prio|this a|this s|this p|this r|this c|this h|this v|this i|the ar|the st|the po|"
    "the pi|the re|the co|the pa|the he|the ve|the it"
)
_NOTE_STARTS = frozenset(_NOTE_STARTS_WORDS.split("|"))
# Longer than corrections are: what takes so much room reports something.
_LONGEST_NOTE = 500

_BY_NAMES = (
    r"(?i:(?:additional |with |further )?(?:reporting|writing|editing|translated|compiled|edited"
    r"|translation|written|graphics?|reported) by):? " + NAMES
)
_COPYRIGHT = r"(?i:copyright\s*(?:©|\(c\)|\d{4})|(?:©|\(c\))(?:\s*copyright)?)[\W\d]*"
_NOBODY = r"(?!(?i:all rights|(?:news )?agenc(?:y|ies)\b|staff\b))"
_OUTLET = (
    rf"(?P<outlet>{_NOBODY}[^\W\d_].{{0,60}}?)"
    r"(?=\s*(?:[,|/\d]|\.?$|\. |(?i:all rights)))"
)
# Desk initials, an agency's or author's sign, an address, a telephone number, alone on a line.
_SIGN = re.compile(
    r"[a-z]{1,5}(?:[/-][a-z]{1,5}){1,5}|[A-Z]{2,5}(?:/[A-Z]{2,5}){1,4}"
    r"|(?:--?|—|–)\s?[A-Z][A-Za-z]{1,14}|\(?[A-Z]{2,8}\)?|[A-Z]{2,8}/.{3,40}"
    r"|[(\[]*[\w.+-]+@[\w.-]+\.\w+.{0,60}|\+?[\d() -]{7,20}|\d{1,6}"
    r"|(?:tel|phone|mobile|fax|web|e-?mail)\W.{3,60}|www\.\S+"
    rf"|{AGENCIES}(?: [a-z]{{1,4}}){{1,6}}"
)
_GLUED_TRAILER = re.compile(
    rf"(?<=\s)(?:/{{2,}}\s?[^/\n]{{1,80}}|\({_BY_NAMES}[^()\n]*\)|###|-\s?30\s?-|\(?ENDS?\)?"
    r"|(?i:enditem)|(?<=[.!?”\"]\s)(?:(?:[-–—]{1,2}\s?)?\(?[A-Z]{2,8}\)?(?:/[A-Z]{2,8})*"
    r"(?: [A-Z]{2,3}){0,4}|[A-Z]{2,8}/[A-Z]\w+(?: [A-Z]\w+){0,2}))\.?$"
)
_LONG_TRAILER = re.compile(r"\W*(?:a version|copyright|©|\(c\)|this )", re.IGNORECASE)
_ABOUT = re.compile(r"(?i:about) (?:the )?[A-Z].{1,50}")
_BIOGRAPHY = re.compile(
    r" (?:is|was|are|covers?|writes?|reports?|joined|lives|works|teaches|can be|studies|serves"
    r"|has (?:covered|written|been|worked|reported)|contributed|tweets)\b"
)


@cache
def _list_lines(kind: str) -> str:
    """The alternatives of one kind in the list of stock lines."""
    rows = read_table("stock_lines.tsv")
    return "|".join(row["pattern"] for row in rows if row["kind"] == kind)


@cache
def _controls() -> re.Pattern[str]:
    return re.compile(_list_lines("control"), re.IGNORECASE)


@cache
def _labels() -> re.Pattern[str]:
    section = rf"(?:{_list_lines('section')})"
    joint = r"(?:\s*[|/»›>·•:,&-]+\s*|\s+and\s+)"
    story = r"(?: (?:news|story|stories|desk))?"
    return re.compile(rf"{section}{story}(?:{joint}{section}(?: news)?)*\W*", re.IGNORECASE)


@cache
def _openers() -> re.Pattern[str]:
    lines = f"{_list_lines('opener')}|{_list_lines('portrait')}"
    return re.compile(rf"(?:{lines})\s?[:.»>]?", re.IGNORECASE)


@cache
def _portraits() -> re.Pattern[str]:
    return re.compile(rf"(?:{_list_lines('portrait')})\s?[:.]?", re.IGNORECASE)


@cache
def _trailers() -> re.Pattern[str]:
    return re.compile(
        rf"[_*(\[\s]*(?:(?:/{{2,}}|{_COPYRIGHT}|(?i:source)\s?:)\s*(?:{_OUTLET})?|SOURCE [A-Z]"
        rf"|(?P<url>https?://\S+)$|{_BY_NAMES}(?:\W+(?:and )?{_BY_NAMES})*\W*$"
        rf"|{NAMES} (?:also )?contributed(?: reporting\b| to this |\W*$)"
        rf"|{NAMES} reported from {NAMES}\W*$"
        r"|(?:-\s?\d+\s?-|(?i:ends?|enditem|\(ends?\)|more|xxx)|#{2,}|@\w+)\W*$"
        rf"|(?i:{_list_lines('closing')}))"
    )


def read_header(line: str) -> dict[str, str] | None:
    """What a line above the text states, by column; None where it is no such line.

    It is "Key: value" with a known key, an address, a town beside an agency, or a stamp; see
    `read_stamp`.
    """
    if len(line) > 300:
        return None
    match = _KEY_LINE.fullmatch(line) if ":" in line[:30] else None
    key = re.sub("[ -]", "_", match["key"].lower()) if match else ""
    if match and key in _COLUMNS and len(match["value"].split()) <= 20:
        if "|" in line and (stamp := read_stamp(line)):
            return stamp
        value = unwrap(_ADDRESS.sub("", match["value"]))
        if _COLUMNS[key] == "outlet" and is_staff(value):
            return {}
        return {_COLUMNS[key]: value} if _COLUMNS[key] else {}
    if found := _PLACE_AND_AGENCY.fullmatch(line):
        return found.groupdict()
    if line.startswith("http") and re.fullmatch(r"https?://\S+", line):
        return {"url": line}
    stamp = read_stamp(line)
    return stamp and {key: value for key, value in stamp.items() if not _labels().fullmatch(value)}


def is_control(line: str) -> bool:
    """Whether a line is a button, a count or an invitation of a page, wherever it stands."""
    if not line or len(line) > 90 or line[-1] in '”"' or is_rule(line):
        return False
    if line[-1] == "." and line.count(" ") < 3:  # a sentence as short as "Listen."
        return False
    return _controls().fullmatch(line.rstrip(".")) is not None


def is_teaser(line: str) -> bool:
    """Whether a line only points to another story."""
    if len(line) > 180 or line[0] not in "RrAaSsMmWwLlDdGg_*([":
        return False
    return _TEASER.fullmatch(line) is not None


def is_label(line: str) -> bool:
    """Whether a line is a section's name, the way to it, or an agency's slug."""
    if len(line) <= 40 and _labels().fullmatch(line):
        return True
    if any(mark in line for mark in "»›>") and _CRUMBS.fullmatch(line):
        return True
    is_likely = not line[1:2].islower() or line.startswith("Ed")
    return is_likely and len(line) <= 200 and _SLUG.fullmatch(line) is not None


def is_note(line: str) -> bool:
    """Whether a paragraph corrects the article, or tells how it was changed."""
    if len(line) > _LONGEST_NOTE or not (line[:6].lower() in _NOTE_STARTS or line[0] in "_*([•–-"):
        return False
    return _NOTE.match(line) is not None


def read_trailer(line: str) -> dict[str, str] | None:
    """What a last line that is no text states: outlet, date, address; None where it is text."""
    if len(line) > 400:
        return None
    if len(line) > 200 and not _LONG_TRAILER.match(line):
        return None
    match = _trailers().match(line)
    if match is None:
        return {} if is_rule(line) else read_stamp(line)
    date = find_date(line)
    return match.groupdict() | ({"date": line} if date and date.day else {})


def is_sign(line: str) -> bool:
    """Whether a last line is a desk's or agency's sign, an address or a number."""
    return len(line) <= 60 and _SIGN.fullmatch(line) is not None


def find_glued_trailer(line: str) -> int | None:
    """Where the trailer begins that the last paragraph ends with."""
    if line[-1] in '”"?!' or (line[-1] == "." and line[-2:] != ")."):  # as most paragraphs end
        return None
    match = _GLUED_TRAILER.search(line, max(0, len(line) - 150))
    return match.start() if match else None


def opens_tail(line: str) -> bool:
    """Whether a line opens what follows an article, such as related links."""
    return len(line) <= 90 and bool(_openers().fullmatch(line) or _ABOUT.fullmatch(line))


def opens_portrait(line: str) -> bool:
    """Whether a line opens a paragraph about the author or the sender, below an article."""
    return len(line) <= 90 and bool(_portraits().fullmatch(line) or _ABOUT.fullmatch(line))


def is_biography(line: str, people: Sequence[str]) -> bool:
    """Whether a last paragraph says who one of these people is, who wrote the article."""
    bare = line.lstrip("_*( ")
    if len(line) > 500 or '"' in line:
        return False
    return any(bare.startswith(who) and _BIOGRAPHY.match(bare, len(who)) for who in people)


def split_people(byline: str) -> list[str]:
    """The names of a byline, each by itself, as a biography begins with one."""
    names = (name.strip() for name in re.split(r",? and |, | & |; ", byline))
    return [name.title() if name.isupper() else name for name in names if is_person(name)]
