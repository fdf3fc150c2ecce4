"""From a parsed paragraph to a passage: the parse with its quotations marked on the tokens."""

from __future__ import annotations

from typing import NamedTuple

from dateline.attribution.cues.lexicon import Cue, Lexicon
from dateline.attribution.cues.senses import name_head
from dateline.attribution.mend import mend_parse
from dateline.attribution.parse import Paragraph, Parse, Phrase
from dateline.quotations.marks import Quotation
from dateline.words import Span

SPEECH, TERM = "+q", "+s"  # marks of tokens: inside a quotation that is speech, or another one


class Passage(NamedTuple):
    """A paragraph with all that the rules look at."""

    text: str
    paragraph: Paragraph
    parse: Parse
    marks: tuple[str, ...]
    lexicon: Lexicon

    @property
    def quotations(self) -> list[Quotation]:
        """The paragraph's quotations, in order."""
        return self.paragraph.quotations

    def to_span(self, phrase: Phrase) -> Span:
        """The characters of a phrase."""
        return self.parse.starts[phrase[0]], self.parse.ends[phrase[1]]

    def find_cue(self, token: int) -> Cue | None:
        """The entry of a token in the lexicon."""
        parse = self.parse
        particle = find_particle(parse, token)
        return self.lexicon.find(parse.words[token], parse.pos[token], particle)

    def name_head(self, token: int) -> str:
        """What a token stands for that heads a phrase."""
        return name_head(self.parse.words[token], self.parse.pos[token])

    def find_token(self, offset: int) -> int:
        """The first token that starts at a character or after it."""
        starts = self.parse.starts
        return next((i for i, start in enumerate(starts) if start >= offset), len(starts))


def find_particle(parse: Parse, token: int) -> str:
    """The particle of a verb: the *out* of ruled out, also the *it* of “as she put it”."""
    is_put = parse.words[token].lower() in ("put", "puts", "putting")
    for kid in parse.kids[token]:
        is_it = is_put and kid == token + 1 and parse.words[kid].lower() == "it"
        if parse.deps[kid] == "prt" or is_it:
            return parse.words[kid].lower()
    return ""


def mark_of(quotation: Quotation) -> str:
    """How the tokens of a quotation are marked, and its constructions in the lexicon."""
    return SPEECH if quotation.function == "speech" else TERM


def make_passage(text: str, paragraph: Paragraph, parse: Parse, lexicon: Lexicon) -> Passage:
    """Mend the parse, and mark each token with the kind of quotation that it stands in, if any."""
    parse = mend_parse(parse)
    marks, token = [""] * len(parse.words), 0
    for quotation in paragraph.quotations:
        mark = mark_of(quotation)
        while token < len(marks) and parse.starts[token] < quotation.outer_start:
            token += 1
        while token < len(marks) and parse.starts[token] < quotation.outer_end:
            marks[token] = mark
            token += 1
    return Passage(text, paragraph, parse, tuple(marks), lexicon)


def is_complete(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is speech, a sentence with its capital and its final punctuation."""
    ends = text[quotation.end - 1] in ",.?!…—-" or text.startswith(",", quotation.outer_end)
    return quotation.function == "speech" and text[quotation.start].isupper() and ends
