"""From a passage to drafts: each cue with what it seems to introduce, and its source."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.attribution.argument import Argument, find_arguments
from dateline.attribution.content import cut_tail, to_pieces
from dateline.attribution.lexicon import CUE_POS, Cue
from dateline.attribution.passage import LONG, SHORT, Passage, Span
from dateline.attribution.repair import mend_coordination
from dateline.attribution.source import find_source

# A phrase is content from this chance on: best joint F1 on the develop half of PolNeAR train.
THRESHOLD = 0.42
# Where more than this share of a cue's occurrences name nobody, whoever stands near is not it.
_UNSOURCED = 0.5


@dataclass
class Draft:
    """An attribution in the making; all spans count characters of the article.

    `token` is the cue's in its passage, or -1; `score` the lexicon's estimate, `trust` the final
    one.
    """

    token: int
    cue: Cue | None
    cue_span: Span | None
    pieces: list[Span]
    source: Span | None
    rule: str
    score: float
    quoted: bool = False
    kind: str = "indirect"
    trust: float = 0.0
    traits: list[str] = field(default_factory=list)
    addressee: str | None = None
    medium: str | None = None

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

    def add(self, *spans: Span) -> None:
        """Add pieces, which make this an attribution of quoted words."""
        self.pieces = sorted({*self.pieces, *spans})
        self.quoted = True


def draft_passage(passage: Passage) -> list[Draft]:
    """Draft the attributions that the parse of a passage shows, in the order of their cues."""
    parse = passage.parse
    mend_coordination(parse)
    drafts = []
    for token, pos in enumerate(parse.pos):
        if pos in CUE_POS and not passage.marks[token]:
            cue = passage.find_cue(token)
            draft = _draft_cue(passage, token, cue) if cue else None
            if draft:
                drafts.append(draft)
    for draft in drafts:  # only now, because cutting a content can hang a later cue anew
        draft.source = find_draft_source(passage, draft.token, draft.cue)
    return drafts


def _draft_cue(passage: Passage, token: int, cue: Cue) -> Draft | None:
    chosen: list[tuple[float, Argument]] = []
    for argument in find_arguments(passage.parse, token):
        score = passage.lexicon.probability(cue, argument.construction, mark_of(passage, argument))
        if score >= THRESHOLD:
            chosen.append((score, argument))
    if not chosen:
        return None
    score, rule = max((score, argument.construction) for score, argument in chosen)
    phrases = [
        cut_tail(passage, *phrase, token)
        for _, argument in chosen
        if argument.construction.startswith("around") == rule.startswith("around")
        for phrase in argument.pieces
    ]
    pieces = to_pieces(passage, phrases, token)
    return make_draft(passage, token, cue, pieces, rule, score) if pieces else None


def make_draft(
    passage: Passage, token: int, cue: Cue, pieces: list[Span], rule: str, score: float
) -> Draft:
    """A draft with its cue's span, as yet without a source."""
    return Draft(token, cue, passage.to_span((token, token)), pieces, None, rule, score)


def find_draft_source(passage: Passage, token: int, cue: Cue) -> Span | None:
    """The source of a cue, unless the lexicon has counted that this cue names nobody."""
    n, unsourced = cue.unsourced
    owned = any(passage.parse.deps[k] == "poss" for k in passage.parse.kids[token])
    if not owned and (unsourced + 0.3) / (n + 2) > _UNSOURCED:
        return None
    tokens = find_source(passage.parse, token)
    return passage.to_span(tokens) if tokens else None


def mark_of(passage: Passage, argument: Argument) -> str:
    """Whether an argument holds quoted speech, another quotation, or neither."""
    found = {passage.marks[i] for a, b in argument.pieces for i in range(a, b + 1)}
    return LONG if LONG in found else SHORT if SHORT in found else ""
