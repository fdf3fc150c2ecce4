"""From a passage to drafts: each cue, or label, with what it seems to introduce and its source.

A Draft is never changed; what makes a new one of it stands here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dateline.attribution.argument import Argument, find_arguments, find_followers
from dateline.attribution.content import cut_tail, is_hedge, to_pieces, trim
from dateline.attribution.cues.lexicon import CUE_POS, Cue, is_questioned, is_told_before
from dateline.attribution.cues.score import (
    ALL_QUOTED,
    CONTENT,
    LABELLED,
    PRINTED,
    SIGNED,
    TURN,
    TURN_ON,
    UNSOURCED,
)
from dateline.attribution.parse import WORD
from dateline.attribution.passage import SPEECH, TERM, Passage
from dateline.attribution.source import find_source
from dateline.attribution.turns.labels import Label, read_label
from dateline.attribution.turns.signatures import Signed
from dateline.attribution.turns.transcript import Turn
from dateline.quotations.marks import Quotation
from dateline.wordlists import load_words
from dateline.words import Span

_NAMED = frozenset({"nickname", "title"})  # what a quotation is for that nobody says
# Rules of words that are printed as they were said, with marks or without.
_VERBATIM = frozenset({"turn", "turn on", "answer", "signature", "lead-in", "posted"})
_ASKED = frozenset({"about", "whether", "wh", "clause", "clause before"})  # what somebody is asked


class Draft(NamedTuple):
    """An attribution in the making; all spans count characters of the article.

    `token` is the cue's in its passage, or -1 where no cue of the passage introduces it; `estimate`
    is the chance of the construction alone, `score` the final one. `head`: what heads the content.
    """

    token: int
    cue: Cue | None
    cue_span: Span | None
    pieces: tuple[Span, ...]
    source: Span | None
    rule: str
    estimate: float
    quoted: bool = False
    kind: str = "indirect"
    score: float = 0.0
    traits: tuple[str, ...] = ()
    addressee: str | None = None
    medium: str | None = None
    via: str | None = None
    negated: bool = False
    head: str = ""

    @property
    def start(self) -> int:
        """The first character of the content."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """One past the last character of the content."""
        return self.pieces[-1][1]

    def holds(self, start: int, end: int) -> bool:
        """Whether one piece holds the whole stretch."""
        return any(s <= start and end <= e for s, e in self.pieces)

    def holds_any(self, quotations: list[Quotation]) -> bool:
        """Whether one piece holds a quotation, with its marks."""
        return any(self.holds(q.outer_start, q.outer_end) for q in quotations)

    def add(self, *spans: Span) -> Draft:
        """Add pieces, which make this an attribution of quoted words."""
        return self._replace(pieces=tuple(sorted({*self.pieces, *spans})), quoted=True)

    def mark_quoted(self) -> Draft:
        """Say that it holds speech in quotation marks."""
        return self._replace(quoted=True)

    def take_out(self, text: str, quotation: Quotation) -> Draft:
        """Leave out a quotation, with its marks; nothing may be left."""
        rest: list[Span] = []
        for start, end in self.pieces:
            if start <= quotation.start and quotation.end <= end:
                rest += [(start, quotation.outer_start), (quotation.outer_end, end)]
            else:
                rest.append((start, end))
        pieces = (trim(text, *span) for span in rest)
        return self._replace(pieces=tuple(filter(None, pieces)))

    def name_source(self, source: Span | None) -> Draft:
        """Name another source, or none."""
        return self._replace(source=source)

    def pass_on(self, via: str | None, source: Span | None, pieces: tuple[Span, ...]) -> Draft:
        """Say through whom it is known, and whose words they are."""
        return self._replace(via=via, source=source, pieces=pieces)

    def classify(self, kind: str) -> Draft:
        """Say whether it is direct, mixed or indirect."""
        return self._replace(kind=kind)

    def rate(self, traits: list[str], score: float) -> Draft:
        """Give the final score, and what it came from."""
        return self._replace(traits=tuple(traits), score=score)


def swap(drafts: list[Draft], old: Draft, new: Draft) -> list[Draft]:
    """The drafts with one in the place of another."""
    return [new if draft is old else draft for draft in drafts]


def find_kind(text: str, draft: Draft, quotations: list[Quotation]) -> str:
    """Direct where all words stand in marks or in a turn, mixed where some do, else indirect."""
    if draft.rule in _VERBATIM:
        return "direct"
    words = [m.start() for s, e in draft.pieces for m in WORD.finditer(text, s, e)]
    near = [q for q in quotations if q.start < draft.end and draft.start < q.end]
    marked = sum(any(q.start <= word < q.end for q in near) for word in words)
    return "direct" if marked >= ALL_QUOTED * len(words) else "mixed" if marked else "indirect"


def drop_nested(drafts: list[Draft], *, within: Iterable[Draft] = ()) -> list[Draft]:
    """Keep the outermost: what has its cue inside another's content goes."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: -sum(e - s for s, e in d.pieces)):
        cue = draft.cue_span
        others = (*within, *kept)
        if not (cue and any(s <= cue[0] < e for other in others for s, e in other.pieces)):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.start)


def is_only_named(draft: Draft, passage: Passage) -> bool:
    """Whether what is quoted is only what somebody or something is called."""
    names = {(q.outer_start, q.outer_end): q.function for q in passage.quotations}
    functions = [names.get(piece) for piece in draft.pieces]
    return "nickname" in functions or (len(functions) == 1 and functions[0] in _NAMED)


def draft_passage(passage: Passage) -> tuple[list[Draft], Passage]:
    """Draft the attributions that the parse of a passage shows, in the order of their cues.

    Returns:
        The drafts, and the passage with a parse in which cues that were cut off from the content
        of another one hang on that.
    """
    drafts = []
    for token, pos in enumerate(passage.parse.pos):
        if pos in CUE_POS and not passage.marks[token] and (cue := passage.find_cue(token)):
            draft, passage = _draft_cue(passage, token, cue)
            if draft:
                drafts.append((draft, cue))
    # Sources only now, because cutting a content can hang a later cue anew.
    found = [d.name_source(_find_draft_source(passage, d.token, cue)) for d, cue in drafts]
    # “See the table”, “Consider that ...”: a base form without a source (right in 1 of 22).
    tags, quoted = passage.parse.tags, passage.quotations
    said = [d for d in found if d.source or tags[d.token] != "VB" or d.holds_any(quoted)]
    return said, passage


def _draft_cue(passage: Passage, token: int, cue: Cue) -> tuple[Draft | None, Passage]:
    chosen: list[tuple[float, Argument]] = []
    if is_hedge(passage, token, cue):
        return None, passage
    found = [(a, passage.name_head(a.head)) for a in find_arguments(passage.parse, token)]
    is_asked = any(is_questioned(cue, a.construction, head) for a, head in found)
    for argument, head in found:
        if is_asked and argument.construction not in _ASKED:
            continue
        mark = find_mark(passage, argument)
        chance = passage.lexicon.probability(cue, argument.construction, mark, head)
        if chance >= CONTENT:
            chosen.append((chance, argument))
    if not chosen:  # what has no other content
        chosen = [(CONTENT, a) for a, _ in found if is_told_before(cue, a.construction)]
    if not chosen:
        return None, passage
    estimate, best = max(chosen, key=lambda pair: (pair[0], pair[1].construction))
    rule, head = best.construction, passage.name_head(best.head)
    is_around = rule.startswith("around")
    used = [a for _, a in chosen if a.construction.startswith("around") == is_around]
    pieces = [piece for argument in used for piece in argument.pieces]
    phrases = []
    for piece in (*pieces, *find_followers(passage.parse, token, used)):
        phrase, passage = cut_tail(passage, piece, token)
        phrases.append(phrase)
    contents = to_pieces(passage, phrases, token)
    span = passage.to_span((token, token))
    draft = Draft(token, cue, span, tuple(contents), None, rule, estimate, head=head)
    return draft if contents else None, passage


def draft_quotation(
    passage: Passage, token: int, cue: Cue, quotation: Quotation, rule: str, estimate: float
) -> Draft:
    """Draft an attribution of a quotation to a cue beside it."""
    cue_span, span = passage.to_span((token, token)), (quotation.outer_start, quotation.outer_end)
    source = _find_draft_source(passage, token, cue)
    return Draft(token, cue, cue_span, (span,), source, rule, estimate, quoted=True)


def draft_announced(
    before: Passage, token: int, cue: Cue, quotation: Quotation, estimate: float
) -> Draft:
    """Draft an attribution of a quotation to a cue in the passage before its own."""
    return draft_quotation(before, token, cue, quotation, "announced", estimate)._replace(token=-1)


def draft_uncued(quotation: Quotation, source: Span | None, rule: str, estimate: float) -> Draft:
    """Draft an attribution of a quotation that only a name beside it attributes."""
    span = (quotation.outer_start, quotation.outer_end)
    return Draft(-1, None, None, (span,), source, rule, estimate, quoted=True)


def _find_draft_source(passage: Passage, token: int, cue: Cue) -> Span | None:
    """The source of a cue, unless the lexicon has counted that this cue names nobody."""
    n, unsourced = cue.unsourced
    owned = any(passage.parse.deps[k] == "poss" for k in passage.parse.kids[token])
    if not owned and (unsourced + 0.3) / (n + 2) > UNSOURCED:
        return None
    phrase = find_source(passage.parse, token)
    return passage.to_span(phrase) if phrase else None


def find_mark(passage: Passage, argument: Argument) -> str:
    """Whether an argument holds quoted speech, another quotation, or neither."""
    found = {passage.marks[i] for a, b in argument.pieces for i in range(a, b + 1)}
    return SPEECH if SPEECH in found else TERM if TERM in found else ""


def draft_label(passage: Passage) -> list[Draft]:
    """The attribution of a paragraph that a speaker's name and a colon open, outside transcripts.

    It holds before a quotation, and in a headline (“Venn: The road stays closed.”).
    """
    text, paragraph = passage.text, passage.paragraph
    label = read_label(text, paragraph.start, paragraph.end)
    if label is None or label.form in ("listed", "question", "answer"):
        return []
    if label.key.split()[0] in load_words("stopwords_en.txt"):
        return []  # “Then: “...””, “On Saturday: “...””
    piece = trim(text, label.body, paragraph.end)
    quoted = any(not text[label.body : q.outer_start].strip() for q in passage.quotations)
    if piece is None or not (quoted or paragraph.kind == "heading"):
        return []
    source, cue_span = (label.start, label.end), _find_colon(text, label)
    return [Draft(-1, None, cue_span, (piece,), source, "label", LABELLED, quoted)]


def draft_turns(text: str, turns: Iterable[Turn], interviewee: Span | None) -> list[Draft]:
    """The attributions of a transcript's turns; answers without a label are the interviewee's."""
    drafts = []
    for label, pieces, is_sure in turns:
        source = (label.start, label.end) if label else interviewee
        cue_span = _find_colon(text, label) if label else None
        rule = ("turn" if label else "answer") if is_sure else "turn on"
        estimate = TURN if is_sure else TURN_ON
        draft = Draft(-1, None, cue_span, pieces, source, rule, estimate, kind="direct")
        drafts.append(draft.rate([], estimate))
    return drafts


def draft_signed(text: str, signed: Iterable[Signed], quotations: list[Quotation]) -> list[Draft]:
    """The attributions of signed and announced words; those without marks are printed as said."""
    drafts = []
    for pieces, source, rule in signed:
        draft = Draft(-1, None, None, pieces, source, rule, SIGNED)
        is_marked = find_kind(text, draft._replace(rule=""), quotations) == "direct"
        estimate = SIGNED if is_marked or rule == "posted" else PRINTED
        drafts.append(draft.classify("direct").rate([], estimate))
    return drafts


def _find_colon(text: str, label: Label) -> Span | None:
    colon = text.rfind(":", label.end, label.body)
    is_time = text[colon + 1 : colon + 2].isdigit()
    return None if colon < 0 or is_time else (colon, colon + 1)
