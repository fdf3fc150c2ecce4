"""From a line of a news text to what it looks like and states: dateline, byline, caption ..."""

from __future__ import annotations

import re

from dateline.read.dates import find_date

# What a header line's key says about the article: a column, or "" where nothing is kept. Outside
# a fence only these keys make a header line, so that "Voss: we won" stays body.
_KEYS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "publication"),
    "date": ("date", "published", "published_on", "published_at", "pubdate", "publication_date"),
    "byline": ("author", "authors", "byline", "writer"),
    "place": ("place", "location", "dateline"),
    "url": ("url", "link", "permalink"),
    "language": ("language", "lang"),
    "": ("section", "category", "tags", "keywords", "updated", "modified"),
}
_COLUMNS = {key: column for column, keys in _KEYS.items() for key in keys}
_KEY_LINE = re.compile(r"[*_]*(?P<key>[A-Za-z][A-Za-z_ -]{0,24}?)[*_]*\s*:\s*(?P<value>\S.*)")
_WRAPPED = re.compile(r"([*_]{1,3})(.*)\1|\"([^\"]*)\"|'([^']*)'|\[([^\]]*)\]")

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁĽŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
_UPPER = rf"[{_CAPITAL}][{_CAPITAL}.’'-]*"
_NAME = rf"[{_CAPITAL}][\w.’'-]*"
_SMALL = r"(?:and|for|of|in|at|the|de|van|von|with)\b"
_NAMES = rf"{_NAME}(?:(?: - |[ ,;|/&·—–]+)(?:{_NAME}|{_SMALL}))*"
_BYLINE = re.compile(
    rf"[*_]*(?i:by|(?:written|story|reporting|report) by)[: ]\s*(?P<byline>{_NAMES}?)"
    r"(?:\s*[|·—–,-]\s*(?P<date>[\w ,.:]*\d{4}[\w ,.:]*))?[*_.]*"
)

_DASH = r"\s*(?:—|–|--|-)\s+"
_MONTH_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?"
_DATE = rf"(?P<date>(?:[A-Z][a-z]+day,? )?{_MONTH_DAY})"
_AGENCY = r"\((?P<outlet>[A-Z][\w .,/&-]{1,40})\)"
_PLACE = rf"{_NAME}(?: {_NAME}){{0,3}}(?:, {_NAME})??"
# What opens a paragraph in capitals before a dash and is no place.
_NO_PLACE = r"(?!(?:BREAKING|UPDATED?|EXCLUSIVE|WATCH|VIDEO|FILE|PHOTOS?|OPINION|ANALYSIS|LIVE)\b)"
_DATELINES = tuple(
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
DATE_PREFIX = re.compile(r"(?i:date:?\s+)?\d{4}-\d\d-\d\d(?!\d)(?:T[\d:.+Z-]+)?[\s:|–—-]+")
_AROUND_DATE = re.compile(
    r"(?i:\b(?:published|posted|date|on|at|a\.?m\.?|p\.?m\.?|gmt|utc|z|t|e[sd]t|(?:mon|tues|wednes"
    r"|thurs|fri|satur|sun)day)\b|[\d:|,.+\s–—-])*"
)
_OUTLET_WORD = re.compile(
    r"(?i)^the\b|\b(?:news|times|post|press|agency|herald|courier|tidings|journal|gazette|daily"
    r"|weekly|tribune|observer|telegraph|review|radio|tv|mail|star|today|media)\b|\w\.\w{2,}$"
)

_OF_PICTURE = (
    r"(?:(?i:photos?|images?|pictures?|illustration|graphic)"
    r"(?:\s*(?i:credits?|courtesy(?: of)?|source)\s*[:/]?|\s+by\b|\s*[:/])"
    r"|(?i:credits?|courtesy)\s*:)"
)
_PICTURE_DESK = r"(?:AP Photo|Getty(?: Images)?|(?i:file photo|handout))"
_CREDIT = re.compile(
    r"(?:^|(?<=[.!?”\")\]])\s+|\s+(?=[(\[]))(?P<credit>[_*]*(?:"
    rf"{_OF_PICTURE}[^.\n]{{1,60}}(?:\.[^.\n]{{1,20}})?\.?"
    rf"|\[{_OF_PICTURE}[^\]\n]{{1,80}}\]\.?|\({_OF_PICTURE}[^)\n]{{1,80}}\)\.?"
    rf"|\([^()\n]{{0,50}}{_PICTURE_DESK}[^()\n]{{0,50}}\)\.?)[_*]*)$"
    rf"|^(?P<name>(?:{_NAME}(?: {_NAME}){{1,3}}(?: via |\s*/\s*){_NAME}|Getty)(?: {_NAME})?)\.?$"
)
_CAPTION = re.compile(
    r"!\[|[_*(\[]*(?i:from (?:l|left)(?: to (?:r|right)\b|\s?[:,])"
    r"|\(?l(?:eft)? to r(?:ight)?\)?\s?[:,]"
    r"|(?:photo )?caption\s?:|file photo\s?:|(?:photo|picture|image)\s?:)"
    r"|[_*(]*FILE(?: PHOTO)?\s?(?:[:—–]|-+\s)"
)

_WORK = r"(?:additional |with )?(?:reporting|writing|editing|translated|compiled)"
_BY_NAMES = rf"(?i:{_WORK} by) {_NAMES}"
_TRAILERS = tuple(
    re.compile(r"[_*(\[]*(?:" + pattern + ")")
    for pattern in (
        r"/{2,}\s*(?P<outlet>[^\W\d_][^,|/\d]{0,60})?",
        r"(?=(?i:©|\(c\)|copyright\s*(?:©|\(c\)|\d{4})))(?i:copyright|\(c\)|[\W\d])*"
        r"(?P<outlet>[^\W\d_][^.,|/\d]{0,60}?)?(?=(?i:\s*all rights)|[.,|/\d]|$)",
        r"(?i:source)\s?:\s*(?P<outlet>[^\W\d_][^.,|/\d]{0,60})",
        r"(?P<url>https?://\S+)$",
        rf"{_BY_NAMES}(?:\W+{_BY_NAMES})*\W*$|{_NAMES} contributed(?: reporting\b| to this |\W*$)",
        r"(?:-\s?30\s?-|ENDS?|#{2,})\W*$|@\w+\W*$|h/t |(?i:all rights reserved)",
        r"(?i:follow (?:@|.{2,60} on (?:twitter|facebook|x\b|instagram))|(?:twitter|e-?mail)\s?:"
        r"|read (?:more|it all)\b(?:\W*$|:| at| on| here)|as published in|enter your e-?mail"
        r"|read the (?:full|rest|original)\b.{0,50}\b(?:here|at|on)\b"
        r"|(?:watch|listen|view|see)\b.{0,80}(?:\b(?:above|below|here)|https?://\S+)\W*$"
        r"|(?:sign up|subscribe|click) (?:for|to|here|now)\b|(?:also on .{2,40}|related)\s?:"
        r"|this (?:article|story|post|piece) (?:has been|was (?:first|orig|upd)|first|orig)"
        r"|this is a developing story)",
    )
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
_STOP = re.compile(r"[.!?…,;:][\"”’')\]*_]*$")


def read_header(line: str) -> dict[str, str] | None:
    """What a line above the text states, by column; None where it is no such line.

    It is "Key: value" with a known key, an address, a date, or an outlet or place with a date.
    """
    match = _KEY_LINE.fullmatch(line)
    key = re.sub("[ -]", "_", match["key"].strip().lower()) if match else None
    if key in _COLUMNS and len(match["value"].split()) <= 20:
        return {_COLUMNS[key]: unwrap(match["value"])} if _COLUMNS[key] else {}
    if re.fullmatch(r"https?://\S+", line):
        return {"url": line}
    if _is_date(line):
        return {"date": line}
    return _read_sign_off(line)


def _is_date(line: str) -> bool:
    date = find_date(line) if len(line) <= 120 else None
    if date is None or date.precision not in ("day", "month_day"):
        return False
    return bool(_AROUND_DATE.fullmatch(line.replace(date.words, " ", 1)))


def _read_sign_off(line: str) -> dict[str, str] | None:
    """A name and a whole date and nothing else: an outlet, or a place where no word says outlet."""
    date = find_date(line) if len(line) <= 80 else None
    name = line.replace(date.words, "", 1).strip(" ,.|·()[]*_–—-") if date and date.day else ""
    if not is_name(name):
        return None
    return {"outlet" if _OUTLET_WORD.search(name) else "place": name, "date": date.words}


def unwrap(words: str) -> str:
    """Take off the marks that stand around the whole of a title or name, and a name's full stop."""
    match = _WRAPPED.fullmatch(words)
    bare = next((part for part in match.groups()[1:] if part), "") if match else words
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
    match = next((m for pattern in _TRAILERS if (m := pattern.match(line))), None)
    if match is None:
        return {} if _RULE.match(line) else _read_sign_off(line)
    date = find_date(line)
    return match.groupdict() | ({"date": line} if date and date.day else {})


def find_glued_trailer(line: str) -> int | None:
    """Where the trailer begins that the last paragraph ends with."""
    match = _GLUED_TRAILER.search(line, max(0, len(line) - 150))
    return match.start() if match else None


def find_dateline(line: str) -> re.Match | None:
    """The dateline that a paragraph opens with; its groups are columns."""
    return next((match for pattern in _DATELINES if (match := pattern.match(line))), None)


def find_credit(line: str, start: int = 0) -> int | None:
    """Where the picture credit begins that a paragraph ends with."""
    # Credits are short: to look at the end alone keeps the search linear on any text.
    match = _CREDIT.search(line, max(start, len(line) - 150))
    return match.start(match.lastgroup) if match else None


def is_caption(line: str) -> bool:
    """Whether a paragraph is a picture's caption: by its opening, or short and with a credit."""
    if _CAPTION.match(line):
        return True
    # 60 words: longer than captions are; a quotation before the credit may be body text.
    is_brief = len(line.split()) <= 60 and not re.search('["“”]', line)
    return is_brief and find_credit(line) is not None


def is_short(line: str, *, most_words: int = 12) -> bool:
    """Whether a line has a heading's length and none of the marks of a list, label or speech."""
    is_brief = len(line.split()) <= most_words and len(line) <= 8 * most_words
    opens = line[0].isupper() or line[0].isdigit()
    return is_brief and opens and not (_NO_HEADING.match(line) or ends_sentence(line))


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a full stop, a comma or the like, marks aside."""
    return bool(_STOP.search(line))


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
