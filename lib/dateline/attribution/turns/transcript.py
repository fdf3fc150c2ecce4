"""From paragraphs to turns: which labels name who speaks, and which paragraphs go on with a turn.

A label alone proves nothing: lists are full of words before colons. So labels are weighed together,
by their forms, by whom else the article names, and by whether people seem to speak behind them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dateline.attribution.parse import Paragraph
from dateline.attribution.turns.labels import Label, is_label_line, read_label, skip_stamp
from dateline.words import Span

_FORMS = frozenset({"question", "answer", "role", "stamped", "capitals"})
_INLINE = re.compile(r"(?<=[.?!”\"*]) +(?=A(?:nswer)?[:.] +\S)")
_QUESTION = re.compile(r"\?[\"”’*_)\]]*$")
_EMPHASISED = re.compile(r"(\*{1,3}|_{1,3})(?=\S)[^\n]*(?<=\S)\1$")
_QUOTED = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?|(?<!\w)‘[^\n]*?’(?!\w)")
# Who speaks says I and you; who narrates an interview seldom does.
_SPOKEN = re.compile(
    r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Ww]e|us|[Oo]ur|[Oo]urs|[Yy]ou|[Yy]our"
    r"|Yes|No|Yeah|Well|Thank|Thanks|Okay|OK|Look|Sure|Absolutely|Exactly|Please)\b"
)
_ABOUT = re.compile(
    r"\b(?:interview|conversation|transcript|exchange|Q&A)\b[^.]{0,60}"
    r"\b(?:edited|condensed|conducted|abridged|translated|transcribed|took place|recorded)\b"
    r"|\bedited (?:for|and condensed)\b",
    re.IGNORECASE,
)
_NARRATED = re.compile(
    r"\b(?:said|says|asked|told|replied|added|continued|went on|interview|interviewer)\b"
)
_ASIDE = re.compile(r"[*_]*[(\[][^()\[\]\n]{1,200}[)\]][*_.]*$")
_CAPITAL = re.compile(r"[^\W\d_a-zß-ÿ][\w’'-]+")


class Turn(NamedTuple):
    """What one speaker says at a stretch: the label (None for an answer without one), its pieces.

    `is_sure` is false where the turn goes on into paragraphs that may as well be the narrator's.
    """

    label: Label | None
    pieces: tuple[Span, ...]
    is_sure: bool = True


class _Segment(NamedTuple):
    """A paragraph, or the part of one that a label opens."""

    number: int
    start: int
    end: int
    label: Label | None
    is_question: bool  # in emphasis, without a label, and asking

    def body(self) -> int:
        return self.label.body if self.label else self.start


class Transcript(NamedTuple):
    """The turns of an article, and the numbers of the paragraphs that they take up."""

    turns: list[Turn]
    taken: frozenset[int]


def find_turns(text: str, paragraphs: Sequence[Paragraph]) -> Transcript:
    """Find the turns of the interviews and transcripts in an article.

    Args:
        text: The article's flat text.
        paragraphs: Its paragraphs, in order.

    Returns:
        The turns in order. An unlabelled paragraph goes on with the turn before it, unless it
        tells of the speakers as a narrator does. Where questions have no labels but stand in
        bold or italics, twice or more, what follows them are the answers, and the questions are
        not taken for anyone's words.
    """
    segments = [s for i, p in enumerate(paragraphs) for s in _cut_segments(text, i, p)]
    labels = [s.label for s in segments if s.label]
    is_bold = sum(s.is_question for s in segments) > 1
    names = _list_names(text, labels) if labels or is_bold else Counter()
    held = _choose_labels(text, segments, names) if labels else set()
    if not held and not is_bold:
        return Transcript([], frozenset())
    only_questions = _are_all_questions(text, segments, held)
    about = _list_spoken_of(held, names)
    final = max((i for i, s in enumerate(segments) if _opens_turn(s, held, is_bold)), default=0)
    turns: list[Turn] = []
    taken: set[int] = set()
    # What an unlabelled paragraph would go on with: a label, a turn, a question ("ask"), nothing.
    state = ""
    for i, segment in enumerate(segments):
        label = segment.label if segment.label and segment.label.key in held else None
        is_last = i > final and state != "label"
        sure = _goes_on(text, segment, about, is_last=is_last) if state else None
        if label:
            piece = trim_emphasis(text, segment.body(), segment.end)
            state = "turn" if piece else "label"
            turns.append(Turn(label, (piece,) if piece else ()))
            taken.add(segment.number)
            if label.key in only_questions and piece:
                state = "ask"
        elif is_bold and segment.is_question:
            state = "ask"
            taken.add(segment.number)
        elif state and _ASIDE.match(text, segment.start, segment.end):
            taken.add(segment.number)
        elif sure is not None:
            piece = trim_emphasis(text, skip_stamp(text, segment.start, segment.end), segment.end)
            if state == "ask":
                turns.append(Turn(None, (), is_sure=True))
            state = "turn"
            last = turns[-1]
            pieces = (*last.pieces, piece) if piece else last.pieces
            turns[-1] = last._replace(pieces=pieces, is_sure=last.is_sure and sure)
            taken.add(segment.number)
        else:
            state = ""
    return Transcript([turn for turn in turns if turn.pieces], frozenset(taken))


def _opens_turn(segment: _Segment, held: set[str], is_bold: bool) -> bool:
    return segment.label.key in held if segment.label else is_bold and segment.is_question


def _cut_segments(text: str, number: int, paragraph: Paragraph) -> Iterator[_Segment]:
    """A paragraph, cut before an answer that follows its question on the same line."""
    start, end = paragraph.start, paragraph.end
    label = read_label(text, start, end)
    cuts = [m.end() for m in _INLINE.finditer(text, start, end)] if label else []
    if label and label.form != "question":
        cuts = []
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        last = first + len(text[first:last].rstrip())
        bold = _EMPHASISED.match(text, first, last) is not None
        is_headline = paragraph.kind == "heading" and not bold
        own = read_label(text, first, last)
        if own and is_headline and not is_label_line(text[first:last]):
            own = None  # “Venn: The road stays closed” as a headline is no turn
        asks = own is None and (bold or is_headline) and _asks(text, first, last)
        yield _Segment(number, first, last, own, asks)


def _asks(text: str, start: int, end: int) -> bool:
    return _QUESTION.search(text, max(start, end - 8), end) is not None


def trim_emphasis(text: str, start: int, end: int) -> Span | None:
    """A stretch without the white space and the marks of emphasis around it; None where empty."""
    words = text[start:end]
    bare = words.strip(" \t\n*_")
    if not any(map(str.isalnum, bare)):
        return None
    first = start + words.index(bare)
    return first, first + len(bare)


def _list_names(text: str, labels: list[Label]) -> Counter[str]:
    """The capitalised words of an article outside its labels, and the initials of its names."""
    taken = {at for label in labels for at in range(label.start, label.end)}
    words = [m for m in _CAPITAL.finditer(text) if m.start() not in taken]
    names = Counter(m[0].casefold().removesuffix("’s").removesuffix("'s") for m in words)
    for one, other in pairwise(words):
        if text[one.end() : other.start()] == " ":
            names[(one[0][0] + other[0][0]).casefold()] += 1
            names[f" {other[0]}".casefold()] += 1  # the last word of a longer name
    return names


def _is_known(label: Label, names: Counter[str]) -> bool:
    """Whether the article names whom a label names, or somebody with these initials."""
    words = label.key.split()
    if label.form == "listed":
        return len(words) == 1 and f" {words[0]}" in names
    return label.key in names or any(len(word) > 2 and word in names for word in words)


def _choose_labels(text: str, segments: list[_Segment], names: Counter[str]) -> set[str]:
    """The keys of those labels that name who speaks."""
    labels = [s.label for s in segments if s.label]
    times = Counter(label.key for label in labels)
    forms = {label.key: label.form for label in labels}
    known = {label.key for label in labels if _is_known(label, names)}
    then = [*segments[1:], None]
    speaking = {
        s.label.key for s, n in zip(segments, then, strict=True) if s.label and _speaks(text, s, n)
    }
    if "Q" in forms and "A" not in forms and times["Q"] < 2:
        del forms["Q"]
    if "A" in forms and "Q" not in forms:
        del forms["A"]
    sure = {key for key, form in forms.items() if form in ("question", "answer")}
    firm = {key for key, form in forms.items() if form in _FORMS} - sure
    told = {key for key in firm if key in speaking or (key in known and times[key] > 1)}
    # Capitals and roles hold beside others, where they return, and where the article knows them.
    sure |= {key for key in told if len(told | sure) > 1 or times[key] > 1 or key in known}
    plain = {key for key, form in forms.items() if form == "name" or key in known} - sure
    # What the article writes small elsewhere is a common noun, and no name.
    nouns = set(re.findall(r"[^\W\d_]\w*", text))
    returning = {key for key in plain if times[key] > 1 and key not in nouns}
    if sure or speaking & returning:
        sure |= {key for key in returning if key in known or key in speaking}
    if sure:  # beside others a role, capitals or a time is enough
        sure |= {key for key in firm if len(key.split()) < 4 or key in known}
    sure |= _find_exchange(text, segments, plain & known if not sure else plain, sure)
    return sure


def _find_exchange(
    text: str, segments: list[_Segment], plain: set[str], sure: set[str]
) -> set[str]:
    """Labels used once, right beside a turn of somebody else: “Courier: Why?”, “Venn: Because”."""
    found: set[str] = set()
    for one, other in pairwise(segments):
        keys = [s.label.key if s.label else None for s in (one, other)]
        if None in keys or keys[0] == keys[1] or not _speaks(text, one):
            continue
        near = [key for key in keys if key and key in plain]
        asked = _asks(text, one.start, one.end)
        if near and (set(keys) & (sure | found) or (asked and keys[1] in plain)):
            found |= {key for key in keys if key}
    return found


def _speaks(text: str, segment: _Segment, following: _Segment | None = None) -> bool:
    """Whether somebody seems to speak: asks, or says I; on the next line after a bare label."""
    if segment.label and following and not following.label and segment.body() >= segment.end:
        segment = following
    said = _QUOTED.sub(" ", text[segment.body() : segment.end])
    return _asks(text, segment.start, segment.end) or _SPOKEN.search(said) is not None


def _are_all_questions(text: str, segments: list[_Segment], held: set[str]) -> frozenset[str]:
    """The labels that only ask, twice or more, where nobody else has one: Q, or the paper."""
    asked = Counter(
        s.label.key
        for s in segments
        if s.label and s.label.key in held and _asks(text, s.start, s.end)
    )
    if len(held) != 1 or not asked:
        return frozenset()
    (key,) = held
    times = sum(1 for s in segments if s.label and s.label.key == key)
    return frozenset({key}) if times > 1 and asked[key] >= 0.7 * times else frozenset()


def _goes_on(text: str, segment: _Segment, about: frozenset[str], *, is_last: bool) -> bool | None:
    """Whether an unlabelled paragraph goes on with a turn, and surely so; None where it does not.

    Args:
        text: The article's flat text.
        segment: The paragraph.
        about: Whom a narrator would name.
        is_last: Whether no turn follows.
    """
    words = _QUOTED.sub(" ", text[segment.start : segment.end])
    if _ABOUT.search(words) or segment.label:
        return None
    if _SPOKEN.search(words):
        return True
    names = {m[0].casefold() for m in _CAPITAL.finditer(words)}
    if names & about or words.rstrip("*_ ").endswith(":") or _NARRATED.search(words):
        return None
    return not is_last


def _list_spoken_of(held: set[str], names: Counter[str]) -> frozenset[str]:
    """The last words of labels, and of names, whose bearers a narrator of the talk would name."""
    own = {word for key in held for word in key.split() if len(word) > 2}
    return frozenset(own | {name.strip() for name in names if name.startswith(" ")})
