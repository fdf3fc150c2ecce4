"""From a line of a news text to what it looks like and states: dateline, byline, caption ..."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.read.metadata.dates import find_date

# What a header line's key says about the article: a column, what its date is of, or "" where
# nothing is kept. Outside a fence only these keys make a header line, so that "Voss: we won" stays
# body.
_COLUMNS = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("outlet", "source", "publisher", "publication"), "outlet"),
    **dict.fromkeys(("date", "published", "published_on", "published_at", "pubdate"), "date"),
    **dict.fromkeys(("author", "authors", "byline"), "byline"),
    **dict.fromkeys(("place", "location", "dateline"), "place"),
    **dict.fromkeys(("url", "link"), "url"),
    **dict.fromkeys(("language", "lang"), "language"),
    **dict.fromkeys(("updated", "modified"), "updated"),
    **dict.fromkeys(("section", "category", "tags", "keywords"), ""),
}
_KEY_LINE = re.compile(r"[*_]*(?P<key>[A-Za-z][A-Za-z_ -]{0,24}?)[*_]*\s*:[*_]*\s*(?P<value>\S.*)")
_WRAPPED = re.compile(r"([*_]{1,3}|[\"'])(?P<bare>.*)\1")

# A capital of any script: what is a letter and not one of the usual small ones.
_NAME = r"[^\W\d_a-zß-ÿ][\w.’'-]*"
_SMALL = r"(?:and|for|of|in|at|the|de|van|von|with)\b"
_NAMES = rf"{_NAME}(?:(?: - |[ ,;|/&·—–]+)(?:{_NAME}|{_SMALL}))*"
_BYLINE = re.compile(
    rf"[*_]*(?i:by|(?:written|story|reporting|report) by)[: ]\s*(?P<byline>{_NAMES}?)"
    r"(?:\s*[|·—–,-]\s*(?P<date>[\w ,.:]*\d{4}[\w ,.:]*))?[*_.]*"
)

_PLACE = rf"(?P<place>{_NAME}(?:[ /]{_NAME}){{0,3}}(?:, {_NAME}(?: {_NAME})?)??)"
_MONTH_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)"
_DATE = rf"(?P<date>(?:[A-Z][a-z]+day,? )?{_MONTH_DAY}(?:,? \d{{4}})?)"
_AGENCY = r"\((?P<outlet>[A-Z][\w .,/&-]{1,40})\)"
_DATELINE = re.compile(rf"(?:{_PLACE},? ?)??(?:{_DATE},? ?)?(?:{_AGENCY})?\s*(?:—|–|--|-)\s+")
# What opens a paragraph in capitals before a dash and is no place.
_NO_PLACE = re.compile(
    r"(?:BREAKING|UPDATED?|EXCLUSIVE|WATCH|VIDEO|FILE|PHOTOS?|OPINION|ANALYSIS|LIVE)\b"
)
DATE_PREFIX = re.compile(r"(?i:date:?\s+)?\d{4}-\d\d-\d\d(?!\d)(?:T[\d:.+Z-]+)?[\s:|–—-]+")
_AROUND_DATE = re.compile(
    r"(?i:\b(?:published|posted|date|on|at|[ap]\.?m\.?|gmt|utc|z|t|e[sd]t|\w{3,6}day)\b"
    r"|[\d:|,.+\s–—-])*"
)
_OUTLET_WORD = re.compile(
    r"(?i)^the\b|\b(?:news|times|post|press|agency|herald|courier|tidings|journal|gazette|daily"
    r"|weekly|tribune|observer|telegraph|review|radio|tv|mail|star|today|media)\b|\w\.\w{2,}$"
)

_OF_PICTURE = (
    r"(?i:(?:photos?|images?|pictures?|illustration|graphic)"
    r"(?:\s+(?:credits?|courtesy|source|by)\b|\s*[:/])|(?:credits?|courtesy)\s*:)"
)
_PICTURE_DESK = r"(?:AP Photo|Getty(?: Images)?|(?i:file photo|handout))"
_PHOTOGRAPHER = rf"{_NAME}(?: {_NAME}){{1,3}}(?: via |\s*/\s*){_NAME}(?: {_NAME})?"
# A full stop inside a credit stands in an address or after an initial, or a sentence begins.
_CREDIT = re.compile(
    r"(?:^|(?<=[.!?”\")\]])\s+|\s+(?=[(\[]))(?P<credit>"
    rf"[_*(\[]*{_OF_PICTURE}(?:[^.\n]|\.(?=\w)|(?<=[A-Z])\.){{1,80}}"
    rf"|\([^()\n]{{0,50}}{_PICTURE_DESK}[^()\n]{{0,50}}\)|^(?:{_PHOTOGRAPHER}|Getty(?: Images)?)"
    r")[.)\]_*]*$"
)
_CAPTION = re.compile(
    r"!\[|[_*(\[]*(?i:from (?:l|left)(?: to (?:r|right)\b|\s?[:,])"
    r"|l(?:eft)? to r(?:ight)?\)?\s?[:,]|(?:photo )?caption\s?:"
    r"|(?:file )?(?:photo|picture|image)\s?:)|FILE(?: PHOTO)?\s?(?:[:—–]|-+\s)"
)

_BY_NAMES = (
    r"(?i:(?:additional |with )?(?:reporting|writing|editing|translated|compiled) by) " + _NAMES
)
_COPYRIGHT = r"(?i:copyright\s*(?:©|\(c\)|\d{4})|(?:©|\(c\))(?:\s*copyright)?)[\W\d]*"
_OUTLET = r"(?P<outlet>[^\W\d_].{0,60}?)(?=\s*(?:[,|/\d]|\.?$|\. |(?i:all rights)))"
_CLOSING = (
    r"(?i:h/t |all rights reserved|this is a developing story"
    r"|this (?:article|story|post|piece) (?:has been|(?:was )?(?:first|orig|upd))"
    r"|(?:sign up|subscribe|click) (?:for|to|here|now)\b"
    r"|(?:twitter|e-?mail|related|also on .{2,40})\s?:"
    r"|follow (?:@|.{2,60} on (?:twitter|facebook|x\b|instagram))"
    r"|read (?:more|it all)\b(?:\W*$|:| at| on| here)"
    r"|read the (?:full|rest|original)\b.{0,50}\b(?:here|at|on)\b"
    r"|(?:watch|listen|view|see)\b.{0,80}(?:\b(?:above|below|here)|https?://\S+)\W*$)"
)
_TRAILER = re.compile(
    rf"[_*(\[]*(?:(?:/{{2,}}|{_COPYRIGHT}|(?i:source)\s?:)\s*(?:{_OUTLET})?|(?P<url>https?://\S+)$"
    rf"|{_BY_NAMES}(?:\W+{_BY_NAMES})*\W*$|{_NAMES} contributed(?: reporting\b| to this |\W*$)"
    rf"|(?:-\s?30\s?-|ENDS?|#{{2,}}|@\w+)\W*$|{_CLOSING})"
)
_GLUED_TRAILER = re.compile(
    rf"(?<=\s)(?:/{{2,}}\s?[^/\n]{{1,80}}|\({_BY_NAMES}[^()\n]*\)|###|-30-|\(?ENDS\)?)$"
)

_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S|(\*\*|__)[^*_]{1,80}\1$")
_RULE = re.compile(r"[-*_=~#•—–\s]{2,}\.?$")
# A speaker's label ("Voss:" or "Mara Voss, 52"), an item of a list, speech, two sentences.
_NO_HEADING = re.compile(
    r"[^:]{1,40}:(?:\s|$)|.*, \d{1,3}$|(?:[-*•·–—>]|\(?\d{1,3}[.)]|\(?\w[.)])\s"
    r"|[_*]*[\"“”„«‘'`]|.*[^\W\d_]{3}[.?!]\s"
)


def read_header(line: str) -> dict[str, str] | None:
    """What a line above the text states, by column; None where it is no such line.

    It is "Key: value" with a known key, an address, a date, or an outlet or place with a date.
    """
    match = _KEY_LINE.fullmatch(line)
    key = re.sub("[ -]", "_", match["key"].lower()) if match else ""
    if match and key in _COLUMNS and len(match["value"].split()) <= 20:
        return {_COLUMNS[key]: unwrap(match["value"])} if _COLUMNS[key] else {}
    return {"url": line} if re.fullmatch(r"https?://\S+", line) else _read_dated_line(line)


def _read_dated_line(line: str) -> dict[str, str] | None:
    """A date and nothing else, or beside it an outlet, or a place where no word says outlet."""
    date = find_date(line) if len(line) <= 120 else None
    if date is None or date.precision not in ("day", "month_day"):
        return None
    name = line.replace(date.words, "", 1).strip(" ,.|·()[]*_–—-")
    if _AROUND_DATE.fullmatch(name):
        return {"date": line}
    if not date.day or not is_name(name):
        return None
    return {"outlet" if _OUTLET_WORD.search(name) else "place": name, "date": line}


def unwrap(words: str) -> str:
    """Take off the marks that stand around the whole of a title or name, and a name's full stop."""
    match = _WRAPPED.fullmatch(words)
    bare = match["bare"] if match else words
    return re.sub(r"(?<=\w\w)\.$", "", bare.strip())


def read_byline(line: str) -> dict[str, str] | None:
    """The names that a whole line gives as its authors', and the date beside them."""
    match = _BYLINE.fullmatch(line) if len(line) <= 160 else None
    return match.groupdict() if match else None


def is_name(line: str) -> bool:
    """Whether a line is a name and nothing else, such as the writer's paper below a byline."""
    return len(line.split()) <= 6 and bool(re.fullmatch(_NAMES, line))


def read_trailer(line: str) -> dict[str, str] | None:
    """What a last line that is no text states: outlet, date, address; None where it is text."""
    if len(line) > 200:
        return None
    match = _TRAILER.match(line)
    if match is None:
        return {} if _RULE.match(line) else _read_dated_line(line)
    date = find_date(line)
    return match.groupdict() | ({"date": line} if date and date.day else {})


def find_glued_trailer(line: str) -> int | None:
    """Where the trailer begins that the last paragraph ends with."""
    match = _GLUED_TRAILER.search(line, max(0, len(line) - 150))
    return match.start() if match else None


def find_dateline(line: str) -> re.Match | None:
    """The dateline that a paragraph opens with; its groups are columns."""
    match = _DATELINE.match(line, 0, 150)
    if match is None or _NO_PLACE.match(line):
        return None
    # In small letters a place takes a date or an agency: "Tarn – the minister – said".
    town = (match["place"] or "").partition(",")[0]
    is_capitals = town.isupper() and re.fullmatch(r"\D*[^\W\d_]{3}\D*", town)
    return match if match["outlet"] or is_capitals or (town and match["date"]) else None


# Asked twice for most lines, once for the caption and once for the credit, which was a quarter of
# the time that blocks take.
@lru_cache(maxsize=512)
def find_credit(line: str) -> int | None:
    """Where the picture credit begins that a paragraph ends with."""
    # Credits are short: to look at the end alone keeps the search linear on any text.
    match = _CREDIT.search(line, max(0, len(line) - 150))
    return match.start("credit") if match else None


def is_caption(line: str) -> bool:
    """Whether a paragraph is a picture's caption: by its opening, or short and with a credit."""
    if _CAPTION.match(line):
        return True
    # 60 words: longer than captions are; a quotation before the credit may be body text.
    is_brief = len(line.split()) <= 60 and not any(mark in line for mark in '"“”')
    return is_brief and find_credit(line) is not None


def is_short(line: str, *, most_words: int = 12) -> bool:
    """Whether a line has a heading's length and none of the marks of a list, label or speech."""
    is_brief = len(line.split()) <= most_words and len(line) <= 8 * most_words
    opens = line[0].isupper() or line[0].isdigit()
    return is_brief and opens and not (_NO_HEADING.match(line) or ends_sentence(line))


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a full stop, a comma or the like, marks aside."""
    return line.rstrip("\"”’')]*_").endswith((".", "?", "!", "…", ",", ";", ":"))


def is_marked_heading(line: str) -> bool:
    """Whether a line is a heading by its form alone: Markdown, all bold, all capitals, a rule."""
    if _MARKDOWN_HEADING.match(line) or _RULE.match(line):
        return True
    is_capitals = line.isupper() and sum(map(str.isalpha, line)) >= 4
    return is_capitals and len(line.split()) <= 8 and not _NO_HEADING.match(line)


def is_title(line: str) -> bool:
    """Whether a first line is a headline by its form: no full stop, or nearly all capitalised."""
    if len(line.split()) > 20 or len(line) > 160 or find_dateline(line):
        return False
    if not ends_sentence(line) or line.endswith(";"):
        return not re.match(r"[-*•·>]\s", line)
    words = re.findall(r"[^\W\d_][\w’']{3,}", line)
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
