"""From the opening of a paragraph to its label: who speaks in a transcript, and at what time."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.attribution.cues.lexicon import load_rule_words
from dateline.words import Span

# 10:42, 10.42am, [00:01:12], (12:04 GMT): of a live blog or a recording. A number with a dot needs
# am or pm, a zone or brackets, or 4.50 would be a time.
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?"
_ZONE = r"(?:[ap]\.?m\b\.?|GMT|UTC|BST|CES?T|E[SD]?T|P[SD]T|h(?:rs)?\b)"
STAMP = (
    rf"(?:[\[(](?:{_CLOCK}|\d{{1,2}}\.\d{{2}})(?: ?{_ZONE}){{0,2}}[\])]"
    rf"|(?:{_CLOCK}(?: ?{_ZONE}){{0,2}}|\d{{1,2}}(?:\.\d{{2}})? ?{_ZONE})(?![\d:]))"
)
_PARTICLE = (
    r"(?:al|an|bin|da|de|del|della|den|der|di|dos|du|el|for|la|le|of|pro|tempore|the|van|von)"
)
_WORD = r"(?:[^\W\d_a-zß-ÿ][\w.’'‘-]*|(?:al|el|d|o)[-’']\w[\w’'-]*)"
WORDS = rf"{_WORD}(?: (?:{_WORD}|{_PARTICLE}|&|\d{{1,2}})){{0,5}}"
_EMPHASIS = r"[*_]{0,3}"
# A capital surname with a title and a full stop opens a turn in printed records: Mr. VENN. I rise.
_RECORD = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? |The )[A-ZÀ-Þ][A-ZÀ-Þ’'-]{2,}(?: [A-ZÀ-Þ]{2,}| pro tempore)*"
)
_SHORT = (
    rf"(?P<short>Q|A)(?:uestion|nswer)?(?: ?\d{{1,3}})?"
    rf"(?:{_EMPHASIS}[:.](?=\s|[*_]|$)|\*{{1,3}}(?=\s)|\t| {{2,}})"
)
# “Wait, it gets better:” is a sentence.
_CLAUSE = r"(?:and|but|he|here|i|if|it|or|she|that|there|they|this|we|when|you)\b"
# In brackets stand a constituency, an office, a time: Orla Venn (Selland North) (14:03).
_ASIDES = r"(?: ?\((?P<aside>[^()\n]{1,60})\)(?: ?\([^()\n]{1,60}\))?)?"
_NAMED = (
    rf"(?P<words>{WORDS})(?:, (?!{_CLAUSE})[^:,\n\"“”]{{1,40}})?{_ASIDES}(?: ?{STAMP})?{_EMPHASIS}"
    r":(?=\s|[*_]|$)"
)
_LABEL = re.compile(
    rf"(?:{_EMPHASIS}{STAMP}{_EMPHASIS}\s*[-–—:|]?\s*)?{_EMPHASIS}"
    rf"(?:{_SHORT}|(?P<record>{_RECORD})\.(?=\s)|{_NAMED}){_EMPHASIS}\s*"
)
# Only the name and the time on a line of their own, as programs that write down speech print them.
_LINE = re.compile(
    rf"{_EMPHASIS}(?:(?P<words>{WORDS})\s*[-–—|]?\s*{STAMP}"
    rf"|{STAMP}\s*[-–—|]?\s*(?P<after>{WORDS})):?{_EMPHASIS}$"
)
_STAMP = re.compile(rf"{_EMPHASIS}{STAMP}{_EMPHASIS}(?:\s*[-–—:|]\s*|\s+|$)")
_PERSON = re.compile(rf"{_WORD} (?:{_WORD}|{_PARTICLE} )*{_WORD}")
_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady|sen|rep|gov|prof|hon|the)\b\.? ", re.IGNORECASE
)


class Label(NamedTuple):
    """Who is said to speak: the place of the words, where the speech begins, and the label's form.

    The form is question or answer (Q, A), role (Moderator), capitals (VENN), stamped (with a time),
    name, or listed: a word that rather opens an item of a list (“Price:”). `key` is the same for
    each turn of one speaker.
    """

    start: int
    end: int
    body: int
    form: str
    key: str


def read_label(text: str, start: int, end: int) -> Label | None:
    """The label that opens a stretch of text; None where none does."""
    match = _LABEL.match(text, start, end)
    if match is None:
        return _read_line(text, start, end)
    if match["short"]:
        at = match.start("short")
        form = "question" if match["short"] == "Q" else "answer"
        return Label(at, _end_of_word(text, at, match.end()), match.end(), form, match["short"])
    span = match.span("record" if match["record"] else "words")
    is_stamped = _STAMP.match(text, start, end) or re.search(STAMP, match[0])
    label = _name_label(text, span, match.end(), is_stamped=bool(is_stamped))
    if label and label.form == "role" and match["aside"] and _PERSON.fullmatch(match["aside"]):
        # “The Minister for Roads (Ken Dow):” names who holds the office.
        return _name_label(text, match.span("aside"), match.end(), is_stamped=True)
    return label


def _read_line(text: str, start: int, end: int) -> Label | None:
    match = _LINE.match(text, start, end) if end - start < 80 else None
    if match is None or match.end() != end:
        return None
    span = match.span("words") if match["words"] else match.span("after")
    return _name_label(text, span, end, is_stamped=True)


def _end_of_word(text: str, start: int, limit: int) -> int:
    while start < limit and text[start].isalpha():
        start += 1
    return start


def _name_label(text: str, span: Span, body: int, *, is_stamped: bool) -> Label | None:
    words = text[slice(*span)]
    key = _TITLE.sub("", words).casefold().strip(".")
    first, last = (key.split() or [""])[0], (key.split() or [""])[-1]
    if {first, last} & load_rule_words("turn_roles"):
        form = "role"
    elif first in load_rule_words("not_speakers"):
        form = "listed"
    elif is_stamped:
        form = "stamped"
    else:
        form = "capitals" if any(len(w) > 1 and w.isupper() for w in words.split()) else "name"
    return Label(*span, body, form, key) if key else None


def skip_stamp(text: str, start: int, end: int) -> int:
    """Where a paragraph begins behind the time that a live blog or a recording puts before it."""
    match = _STAMP.match(text, start, end)
    return match.end() if match and match.end() < end else start


def is_label_line(line: str) -> bool:
    """Whether a line holds a speaker's name and a time, and nothing else."""
    return _read_line(line, 0, len(line)) is not None
