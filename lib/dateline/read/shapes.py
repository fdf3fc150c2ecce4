"""From a line of a news text to what it looks like: dateline, byline, caption, trailer ..."""

from __future__ import annotations

import re

from dateline.read.dates import find_date

# What a header line's key says about the article; None where it is known but not used. Only known
# keys open a header line outside a fence, so that "Voss: we won" stays body.
KEYS = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("outlet", "source", "publisher", "publication", "newspaper"), "outlet"),
    **dict.fromkeys(("date", "published", "published_on", "pubdate", "publication_date"), "date"),
    **dict.fromkeys(("author", "authors", "byline", "by", "writer"), "byline"),
    **dict.fromkeys(("place", "location", "dateline"), "place"),
    **dict.fromkeys(("url", "link", "permalink"), "url"),
    **dict.fromkeys(("language", "lang"), "language"),
    **dict.fromkeys(("section", "category", "tags", "keywords", "updated", "modified"), None),
}
KEY_LINE = re.compile(r"[*_]*(?P<key>[A-Za-z][A-Za-z_ -]{0,24}?)[*_]*\s*:\s*(?P<value>.*)")

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁĽŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
_UPPER = rf"[{_CAPITAL}][{_CAPITAL}.’'-]*"
_NAME = rf"[{_CAPITAL}][\w.’'-]*"
_SMALL = r"(?:and|for|of|in|at|the|de|van|von|with)\b"
_NAMES = rf"{_NAME}(?:(?: - |[ ,;|/&·—–]+)(?:{_NAME}|{_SMALL}))*"

_DASH = r"\s*(?:—|–|--|-)\s+"
_MONTH_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
_DATE = rf"(?P<date>(?:[A-Z][a-z]+day,? )?{_MONTH_DAY})"
_AGENCY = r"\((?P<agency>[A-Z][\w .,/&-]{1,40})\)"
_PLACE = rf"{_NAME}(?: {_NAME}){{0,3}}(?:, {_NAME})??"
# What opens a paragraph in capitals before a dash and is no place.
_NO_PLACE = r"(?!(?:BREAKING|UPDATED?|EXCLUSIVE|WATCH|VIDEO|FILE|PHOTOS?|OPINION|ANALYSIS|LIVE)\b)"
DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # PLACE – and PLACE, Region, Dec. 3 (Agency) -
        rf"{_NO_PLACE}(?P<place>(?=[^—–]*?[{_CAPITAL}]{{3}}){_UPPER}(?:[ /]{_UPPER}){{0,3}}"
        rf"(?:, {_NAME}(?: {_NAME})?)??)(?:,? {_DATE})?(?:,? {_AGENCY})?{_DASH}",
        # Place, 12 March 2025 – and Place (Agency) —: in small letters it takes a date or an agency
        rf"(?P<place>{_PLACE}),? {_DATE}(?:,? {_AGENCY})?{_DASH}",
        rf"(?P<place>{_PLACE}),? {_AGENCY}{_DASH}",
        rf"(?:{_DATE} )?{_AGENCY}{_DASH}",
    )
)
DATE_PREFIX = re.compile(
    r"(?:date:?\s+)?(?P<date>\d{4}-\d\d-\d\d)(?!\d)(?:T[\d:.+Z-]+)?[\s:|–—-]+", re.IGNORECASE
)
_BYLINE = re.compile(
    rf"[*_]*(?i:by|written by|story by|reporting by|report by)[: ]\s*(?P<name>{_NAMES})"
    r"(?:\s*[|·—–,-]\s*(?P<date>[\w ,.:]*\d{4}[\w ,.:]*))?[*_]*"
)

_CREDIT = (
    r"(?i:photos?|images?|pictures?|illustration|graphic)"
    r"(?:\s*(?i:credits?|courtesy(?: of)?|source)\s*[:/]?|\s+by\b|\s*[:/])"
    r"|(?i:credits?|courtesy)\s*:"
)
CREDIT = re.compile(
    rf"(?:^|(?<=[.!?”\")\]])\s+|\s+(?=[(\[]))(?P<credit>[_*]*(?:"
    rf"(?:{_CREDIT})[^.\n]{{1,60}}(?:\.[^.\n]{{1,20}})?\.?"
    rf"|\[(?:{_CREDIT})[^\]\n]{{1,80}}\]\.?|\((?:{_CREDIT})[^)\n]{{1,80}}\)\.?"
    r"|\([^()\n]{0,50}(?:AP Photo|Getty Images|(?i:file photo|handout))[^()\n]{0,50}\)\.?)[_*]*)$"
)
CAPTION = re.compile(
    r"!\[|[_*(\[]*(?i:from (?:l|left) to (?:r|right)\b|\(?(?:l|left) to (?:r|right)\)?\s?[:,]"
    r"|photo caption\s?:|caption\s?:|file photo\s?:|(?:photo|picture|image)\s?:)"
    r"|[_*(]*FILE(?: PHOTO)?\s?(?:[:—–]|-+\s)"
)
_BY_NAMES = (
    rf"(?i:(?:additional |with )?(?:reporting|writing|editing|translated|compiled) by) {_NAMES}"
)
TRAILER = re.compile(
    rf"[_*(\[]*(?:{_BY_NAMES}(?:\W+{_BY_NAMES})*\W*$|/{{2,}}|©|(?:-\s?30\s?-|ENDS?|#{{2,}})\W*$"
    r"|(?i:\(c\) \d{4}|copyright\s*(?:©|\(c\)|\d{4})|all rights reserved|source\s?:"
    r"|follow (?:@|.{2,60} on (?:twitter|facebook|x\b|instagram))"
    r"|read (?:more\b(?:\W*$|:| at| on| here)|the (?:full|rest|original)\b.{0,50}here)"
    r"|(?:sign up|subscribe|click) (?:for|to|here|now)\b|https?://\S+$|@\w+\W*$))"
)
GLUED_TRAILER = re.compile(
    rf"(?<=\s)(?:/{{2,}}\s?[^/\n]{{1,80}}|\({_BY_NAMES}[^()\n]*\)|###|-30-|\(?ENDS\)?)$"
)
MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")
RULE = re.compile(r"[-*_=~#•\s]{3,}$")

_LABEL = re.compile(r"[^:]{1,40}:(?:\s|$)")
_ITEM = re.compile(r"(?:[-*•·–—>]|\(?\d{1,3}[.)]|\(?\w[.)])\s")
_OPENING_MARK = re.compile(r"[_*]*[\"“”„«‘'`]")
_STOP = re.compile(r"[.!?…,;:][\"”’')\]*_]*$")
_BOLD = re.compile(r"(\*\*|__)[^*_]+\1$")
_AROUND_DATE = re.compile(
    r"(?i:\b(?:published|posted|date|on|at|a\.?m\.?|p\.?m\.?|gmt|utc|z|t|e[sd]t|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day)\b|[\d:|,.+\s–—-])*"
)


def is_header(line: str) -> bool:
    """Whether a line above the text says something about it: a known key, a date, an address."""
    match = KEY_LINE.match(line)
    if match and read_key(match) in KEYS:
        return True
    return is_date(line) or bool(re.fullmatch(r"https?://\S+", line))


def read_key(match: re.Match) -> str:
    """The key of a KEY_LINE as it is spelt in KEYS."""
    return match["key"].strip().lower().replace(" ", "_").replace("-", "_")


def is_date(line: str) -> bool:
    """Whether a line holds a date and nothing else but a time and words such as "published"."""
    stated = find_date(line) if len(line) <= 120 else None
    if stated is None or stated.precision not in ("day", "month_day"):
        return False
    return bool(_AROUND_DATE.fullmatch(line.replace(stated.words, " ", 1)))


def find_dateline(line: str) -> re.Match | None:
    """The dateline that a paragraph opens with."""
    return next((match for pattern in DATELINES if (match := pattern.match(line))), None)


def find_byline(line: str) -> re.Match | None:
    """The names that a whole line gives as its authors', and the date beside them."""
    return _BYLINE.fullmatch(line) if len(line) <= 160 else None


def find_credit(line: str, start: int = 0) -> re.Match | None:
    """The picture credit that a paragraph ends with."""
    # Credits are short: looking at the end alone keeps the search linear on any text.
    return CREDIT.search(line, max(start, len(line) - 150))


def is_caption(line: str) -> bool:
    """Whether a paragraph is a picture's caption: by its opening, or short and with a credit."""
    if CAPTION.match(line):
        return True
    credit = find_credit(line)
    # 60 words: longer than captions are; a quotation before the credit may be body text.
    return bool(credit) and len(line.split()) <= 60 and not re.search('["“”]', line)


def is_trailer(line: str) -> bool:
    """Whether a last line closes the article: an agency, rights, contacts, where to read on."""
    if len(line) <= 200 and TRAILER.match(line):
        return True
    stated = find_date(line)
    rest = (
        line.replace(stated.words, "", 1) if stated and stated.precision == "day" else "a a a a a"
    )
    return len(rest.split()) <= 4 and bool(re.fullmatch(rf"\W*{_NAMES}\W*", rest))


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a full stop, a comma or the like, marks aside."""
    return bool(_STOP.search(line))


def is_short(line: str, *, most_words: int = 12) -> bool:
    """Whether a line has a heading's length and none of the marks of a list, label or speech."""
    return (
        len(line.split()) <= most_words
        and len(line) <= 8 * most_words
        and (line[0].isupper() or line[0].isdigit())
        and not (_ITEM.match(line) or _LABEL.match(line) or _OPENING_MARK.match(line))
        and not _STOP.search(line)
    )


def is_marked_heading(line: str) -> bool:
    """Whether a line is a heading by its form alone: Markdown, all bold, all capitals, a rule."""
    if MARKDOWN_HEADING.match(line) or RULE.match(line):
        return True
    few = len(line.split()) <= 8 and not _OPENING_MARK.match(line)
    capitals = line.isupper() and sum(map(str.isalpha, line)) >= 4 and not _ITEM.match(line)
    return few and (bool(_BOLD.match(line)) or (capitals and not _LABEL.match(line)))


def is_title(line: str) -> bool:
    """Whether a first line is a headline by its form: no full stop, or nearly all capitalised."""
    if len(line.split()) > 20 or len(line) > 160 or _ITEM.match(line) or find_dateline(line):
        return False
    if not _STOP.search(line) or line.endswith(";"):
        return True
    words = re.findall(r"[^\W\d_][\w’']{3,}", line)
    capitalised = sum(word[0].isupper() for word in words)
    return len(words) >= 3 and capitalised >= 0.75 * len(words)
