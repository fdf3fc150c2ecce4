"""From paragraphs to quotations that are signed, or announced by whom they are from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.attribution.parse import WORD, Paragraph
from dateline.attribution.turns.labels import WORDS, read_label
from dateline.words import Span

_DASH = r"(?:[—–―~‒]|--?|&mdash;)"
_HANDLE = r"(?P<handle> ?\(?@\w{1,30}\)?)"
_DAY = (
    r"(?:,? ?(?:on )?(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?"
    r"|\d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?))"
)
# Behind the name only what he or she is, and where from: no verb.
_WHAT = r"(?:,? (?:of|from|in|at) [^.,;:!?\n“”\"]{1,50}|, [^.,;:!?\n“”\"]{1,70})*"
_SIGNED = re.compile(
    rf"[\s>*_]*(?:{_DASH}[ \t*_]*(?P<dashed>(?:the )?{WORDS}{_WHAT}){_HANDLE}?{_DAY}?"
    rf"|\((?P<bracketed>{WORDS}(?:, [^()\n]{{1,60}})?)\))[.*_\s]*$"
)
_AGED = re.compile(rf"[*_]*(?P<aged>{WORDS}, \d{{1,3}}(?:, [^.;:!?\n“”\"]{{1,60}})?)[*_]*$")
_POSTED = re.compile(rf"\s{_DASH}\s*(?P<name>{WORDS}){_HANDLE}{_DAY}?\s*$")
_DOCUMENT = (
    r"(?:statement|message|letter|note|post|tweet|reaction|response|reply|e-?mail|comments?|remarks"
    r"|words|text|memo|speech|appeal|tribute|greeting|telegram)"
)
_LEAD_IN = re.compile(
    r"[\s*_]*(?:(?:[^:.!?\n“”\"]{0,60}\b)?"
    rf"(?P<document>{_DOCUMENT})(?: in full)?,? (?:(?:sent|issued|released|written) )?(?:from|by)"
    r"|(?:(?:And|Also|Then|Next|Now|Finally|This|Or|First),? )?(?:[Tt]his )?[Ff]rom"
    r"(?: the (?:desk|office|pen) of)?) (?P<by>[^:\n“”\"]{2,90}):[\s*_]*$"
)
_OWNED = re.compile(
    rf"[\s*_]*(?P<by>(?:[Tt]he )?[^:.!?\n“”\"]{{0,40}}?{WORDS})['’]s?"
    rf" (?:full )?(?P<document>{_DOCUMENT})"
    r"(?:,? in full)?:[\s*_]*$"
)
_BEHIND = re.compile(
    r" (?:on|after|about|to|in which|read|posted|issued|dated|sent) .*$|,? (?:on )?\w+day$"
)
_FEWEST = 2  # words of a quotation that is a paragraph of its own


class Signed(NamedTuple):
    """Quoted or printed words, and the name that stands behind or before them."""

    pieces: tuple[Span, ...]
    source: Span
    rule: str


class LeadIn(NamedTuple):
    """Who is announced, and whether words follow that may be printed without marks."""

    source: Span
    is_document: bool


class Found(NamedTuple):
    """What is signed or announced in an article, and the numbers of the paragraphs with it."""

    signed: list[Signed]
    taken: frozenset[int]


def read_signature(text: str, start: int, end: int) -> Span | None:
    """The name in “— Orla Venn, chair”, “(Orla Venn, 41, baker)” or “~ Orla Venn”.

    Returns:
        The place of the name with what it tells of its bearer, without a handle or a day; None
        where the stretch is anything else.
    """
    match = _SIGNED.match(text, start, end)
    if match is None:
        return None
    first, last = match.span("dashed" if match["dashed"] else "bracketed")
    day = re.search(rf"{_DAY}$", text[first:last])
    return first, first + len(text[first : first + day.start() if day else last].rstrip(" ,"))


def read_lead_in(text: str, start: int, end: int) -> LeadIn | None:
    """Who is named in “A statement from Orla Venn:”, “And from the chair, Orla Venn:”."""
    match = _LEAD_IN.match(text, start, end) or _OWNED.match(text, start, end)
    if match is None:
        return None
    first, words = match.start("by"), _BEHIND.sub("", match["by"]).rstrip(" ,*_")
    named = re.search(WORDS, words)
    return LeadIn((first, first + len(words)), bool(match["document"])) if named else None


def find_signed(text: str, paragraphs: Sequence[Paragraph], taken: frozenset[int]) -> Found:
    """Find quotations that are paragraphs of their own and have a name before or behind them.

    The name stands in the same paragraph, in the next one, or ends in a colon in the one before;
    several quotations in a row have one name. Words without marks are taken only behind a lead-in
    that says what they are, and in front of a handle.

    Args:
        text: The article's flat text.
        paragraphs: Its paragraphs.
        taken: The numbers of those that belong to transcripts.
    """
    signed: list[Signed] = []
    used: set[int] = set()
    run: list[int] = []  # quotations without a name yet, in a row
    lead: LeadIn | None = None
    for number, paragraph in enumerate(paragraphs):
        start, end = paragraph.start, paragraph.end
        bare = _list_bare(text, paragraph) if number not in taken else []
        own = read_signature(text, bare[-1][1], end) if bare else None
        behind = None if bare else _read_line(text, start, end)
        if number in taken:
            run, lead = [], None
        elif own or (behind and run):
            places = [*run, number] if own else run
            pieces = [piece for i in places for piece in _list_bare(text, paragraphs[i])]
            signed.append(Signed(tuple(pieces), own or behind or (0, 0), "signature"))
            used.update((*places, number))
            run, lead = [], None
        elif bare and _is_whole(text, paragraph, bare):
            run = [] if lead else [*run, number]
            if lead:
                signed.append(Signed(tuple(bare), lead.source, "lead-in"))
                used.add(number)
        elif posted := _POSTED.search(text, max(start, end - 120), end):
            signed.append(Signed(((start, posted.start()),), posted.span("name"), "posted"))
            used.add(number)
            run, lead = [], None
        else:
            is_printed = lead and lead.is_document and number - 1 not in used
            if lead and is_printed and not paragraph.quotations:
                signed.append(Signed(((start, end),), lead.source, "lead-in"))
                used.add(number)
                lead = None
            else:
                lead = _find_lead(text, paragraphs, number)
            run = []
    return Found(signed, frozenset(used))


def _find_lead(text: str, paragraphs: Sequence[Paragraph], number: int) -> LeadIn | None:
    """Whom a paragraph announces: by its form, or by his name and a colon alone."""
    paragraph = paragraphs[number]
    found = read_lead_in(text, paragraph.start, paragraph.end)
    label = read_label(text, paragraph.start, paragraph.end)
    if found or label is None or label.form not in ("name", "role") or label.body < paragraph.end:
        return found
    then = paragraphs[number + 1 : number + 2]
    is_quoted = any(_is_whole(text, p, _list_bare(text, p)) for p in then)
    return LeadIn((label.start, label.end), is_document=False) if is_quoted else None


def _list_bare(text: str, paragraph: Paragraph) -> list[Span]:
    """The quotations of a paragraph that begins with one and has no words between them."""
    spans: list[Span] = []
    for quotation in paragraph.quotations:
        before = text[spans[-1][1] if spans else paragraph.start : quotation.outer_start]
        if before.strip(" \t*_>…"):
            break
        spans.append((quotation.outer_start, quotation.outer_end))
    return spans


def _is_whole(text: str, paragraph: Paragraph, bare: list[Span]) -> bool:
    """Whether a paragraph is nothing but its quotations, of some length."""
    rest = text[bare[-1][1] : paragraph.end] if bare else "x"
    words = [word for span in bare for word in WORD.findall(text, *span)]
    return not rest.strip(" .*_") and len(words) >= _FEWEST


def _read_line(text: str, start: int, end: int) -> Span | None:
    """A signature on a line of its own: a dash, brackets, a tilde, or a name with an age."""
    aged = _AGED.match(text, start, end)
    return read_signature(text, start, end) or (aged.span("aged") if aged else None)
