"""From a line to its form: a name, a title, a heading, a caption, the credit of a picture."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dateline.wordlists import read_table

# A capital of any script: what is a letter and not one of the usual small ones.
NAME = r"[^\W\d_a-zß-ÿ][\w.’'-]*"
_SMALL = r"(?:and|for|of|in|at|the|de|del|della|der|den|van|von|bin|al|el|dos|du|la|with)\b"
NAMES = rf"{NAME}(?:(?: - |[ ,;|/&·—–]+)(?:{NAME}|{_SMALL}))*"
_NAMES = re.compile(NAMES)
_MONTH = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
MONTH_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH})"
# News agencies that sign without a word like "agency", those with a name of two letters or in small
# ones among them. Known names; with a day in the dateline any other is read as well.
AGENCIES = (
    r"(?:AP|AFP|dpa|EFE|ANSA|TASS|PTI|IANS|ANI|UNI|PA|AA|UPI|CNN|GNA|NAN|KUNA|QNA|WAM|SPA|SANA|IRNA"
    r"|MENA|APS|TAP|MAP|BNA|ONA|VNA|PNA|CNA|KPL|BTA|MTI|PAP|CTK|TASR|STA|SRNA|Tanjug|Hina|Lusa|Belga"
    r"|ANP|NTB|TT|STT|BNS|ELTA|UNN|Reuters|Xinhua|Interfax|Yonhap|Kyodo|Bernama|Antara|Anadolu"
    r"|Ukrinform|Bloomberg|PRNewswire|apa|sda|ats|belga|lusa|kna|epd|ritzau)"
)
_AGENCY = re.compile(AGENCIES)
OUTLET_WORD = re.compile(
    r"(?i)^the\b|\b(?:news|times|post|press|agency|herald|courier|tidings|journal|gazette|daily"
    r"|weekly|tribune|observer|telegraph|review|radio|tv|mail|star|today|media|broadcasting"
    r"|network|mercury|chronicle|standard|examiner|guardian|independent|newswire|wire|express"
    r"|bulletin|record|sentinel|dispatch|morning|globe|argus|echo|monitor|register)\b"
    r"|^[^@\s]+\w\.\w{2,}$"
)

_OF_PICTURE = (
    r"(?i:(?:photos?|photographs?|images?|pictures?|pics?|illustration|graphic)"
    r"(?:\s+(?:credits?|courtesy|source|by)\b|\s*[:/])|(?:credits?|courtesy)\s*(?::|\.\.\.))"
)
_PICTURE_DESK = r"(?:AP Photo|Getty(?: Images)?|(?i:file photo|handout))"
_TWO_NAMES = rf"{NAME}(?: {NAME}){{1,3}}"
_PHOTOGRAPHER = rf"{_TWO_NAMES}(?:(?: via |\s*/\s*){NAME}(?: {NAME}){{0,2}}){{1,3}}"
_IN_BRACKETS = (
    rf"\([^()\n]{{0,50}}{_PICTURE_DESK}[^()\n]{{0,50}}\)"
    rf"|\([^()\n]{{2,30}} Photo/{_TWO_NAMES}\)"
    rf"|\({_PHOTOGRAPHER}\)|\[{_PHOTOGRAPHER}\]"
    rf"|\((?:Supplied|{NAME}(?: {NAME}){{0,2}}): {_TWO_NAMES}\)"
)
# A full stop inside a credit stands in an address or after an initial, or a sentence begins.
_CREDIT = re.compile(
    r"(?:^|(?<=[.!?”\")\]])\s+|(?<=[.!?])(?=Credit)|\s+(?=[(\[©|]))(?P<credit>"
    rf"(?:\| )?[_*(\[]*{_OF_PICTURE}(?:[^.\n]|\.(?=\w)|(?<=[A-Z])\.){{1,80}}"
    rf"|{_IN_BRACKETS}|(?:^|(?<=[.!?]\s)){_PHOTOGRAPHER}"
    rf"|(?:REUTERS|Reuters|AP|AFP|EPA|EFE)/{_TWO_NAMES}(?:/File Photo)?"
    rf"|(?i:courtesy(?: of)?) {_TWO_NAMES}|(?i:file photo)|^(?i:getty(?: images)?)"
    rf"|© {_TWO_NAMES}(?:\s*[/,]\s*{NAME})?"
    r"|(?i:image (?:source|copyright)),? ?[A-Z][\w /.]{1,40}"
    r")[.)\]_*]*$"
)
_CAPTION = re.compile(
    r"!\[|[_*(\[]*(?i:from (?:l|left)(?: to (?:r|right)\b|\s?[:,])"
    r"|l(?:eft)? to r(?:ight)?\)?\s?[:,]|(?:photo |image )?caption\s?[:,]"
    r"|(?:file )?(?:photo|picture|image)\s?:)|FILE(?: PHOTO)?\s?(?:[:—–]|-+\s)"
    r"|(?:Getty Images|Reuters|EPA|PA Media|AFP|PA) An? [a-z]"
    r"|Getty Images (?!Inc|Holdings)[A-Z][a-z]+ (?!said|says|is\b|was\b|has\b|shares)[a-z][^.]*$"
)
_NO_CREDIT_ENDS = frozenset("”\"’'?!…,;:")
# Captions begin so, in small letters, or with a mark.
_CAPTION_STARTS_WORDS = "from|left|l to|phot|capt|imag|file|pict|gett|reut|epa |pa m|pa a|afp "
_CAPTION_STARTS = frozenset(_CAPTION_STARTS_WORDS.split("|"))

_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S|(\*\*|__)[^*_]{1,80}\1$")
_RULE = re.compile(r"[-*_=~#•—–\s]{2,}\.?$")
# A speaker's label ("Voss:" or "Mara Voss, 52"), an item of a list, speech, two sentences.
_NO_HEADING = re.compile(
    r"[^:]{1,40}:(?:\s|$)|.*, \d{1,3}$|(?:[-*•·–—>]|\(?\d{1,3}[.)]|\(?\w[.)])\s"
    r"|[_*]*[\"“”„«‘'`]|.*[^\W\d_]{3}[.?!]\s"
)
_WRAPPED = re.compile(r"([*_]{1,3}|[\"'])(?P<bare>.*)\1")


def unwrap(words: str) -> str:
    """Take off the marks that stand around the whole of a title or name, and a name's full stop."""
    match = _WRAPPED.fullmatch(words)
    bare = match["bare"] if match else words
    return re.sub(r"(?<=\w\w)\.$", "", bare.strip())


def is_name(line: str) -> bool:
    """Whether a line is a name and nothing else, such as the writer's paper below a byline."""
    return len(line.split()) <= 8 and _NAMES.fullmatch(line) is not None


@cache
def _given_names() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("given_names.csv"))


def has_given_name(words: str) -> bool:
    """Whether the first word is a given name that is known."""
    return words.partition(" ")[0].capitalize() in _given_names()


def is_agency(words: str) -> bool:
    """Whether words are the name of a news agency that is known."""
    return _AGENCY.fullmatch(words) is not None


def _has_credit_mark(end: str) -> bool:
    """Whether the end of a line has one of the signs that no credit is without.

    One after the other, as a pattern or a loop over them takes three times as long, and this is
    asked of nearly every paragraph of a corpus.
    """
    return (
        end[-1] in ")]"
        or ("/" in end or "hoto" in end or "mage" in end or "ictur" in end or "ics: " in end)
        or ("llustr" in end or "raphic" in end or "redit" in end or "ourtes" in end)
        or ("ic: " in end or " via " in end or "©" in end or "getty" in end)
    )


# Asked twice for most lines, once for the caption and once for the credit.
@lru_cache(maxsize=512)
def find_credit(line: str) -> int | None:
    """Where the picture credit begins that a paragraph ends with."""
    # Credits are short: to look at the end alone keeps the search linear on any text.
    end = line[-150:].lower()
    if line[-1] in _NO_CREDIT_ENDS or not _has_credit_mark(end):
        return None
    match = _CREDIT.search(line, max(0, len(line) - 150))
    return match.start("credit") if match else None


def is_caption(line: str) -> bool:
    """Whether a paragraph is a picture's caption: by its opening, or short and with a credit."""
    is_likely = line[:4].lower() in _CAPTION_STARTS or line[0] in "!_*(["
    if is_likely and _CAPTION.match(line):
        return True
    # 60 words: longer than captions are; a quotation before the credit may be body text.
    if len(line) > 600 or find_credit(line) is None:
        return False
    return len(line.split()) <= 60 and not any(mark in line for mark in '"“”')


def is_short(line: str, *, most_words: int = 12) -> bool:
    """Whether a line has a heading's length and none of the marks of a list, label or speech."""
    if len(line) > 8 * most_words or len(line.split()) > most_words:
        return False
    opens = line[0].isupper() or line[0].isdigit()
    return opens and not (ends_sentence(line) or _NO_HEADING.match(line))


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a full stop, a comma or the like, marks aside."""
    return line.rstrip("\"”’')]*_").endswith((".", "?", "!", "…", ",", ";", ":"))


def is_rule(line: str) -> bool:
    """Whether a line is drawn and not written."""
    return _RULE.match(line) is not None


def is_marked_heading(line: str) -> bool:
    """Whether a line is a heading by its form alone: Markdown, all bold, all capitals, a rule."""
    if line[0] in "#*_-=~•—–" and (_MARKDOWN_HEADING.match(line) or _RULE.match(line)):
        return True
    is_capitals = line.isupper() and sum(map(str.isalpha, line)) >= 4
    return is_capitals and len(line.split()) <= 8 and not _NO_HEADING.match(line)


def is_title(line: str) -> bool:
    """Whether a first line is a headline by its form: no full stop, or nearly all capitalised."""
    if len(line) > 160 or len(line.split()) > 20:
        return False
    if not ends_sentence(line) or line.endswith(";"):
        return not re.match(r"[-*•·>]\s", line)
    words = re.findall(r"[^\W\d_][\w’']{3,}", line)
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)
