"""From a parsed paragraph to a passage: the parse with its quotations marked on the tokens."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.attribution.lexicon import Cue, Lexicon
from dateline.attribution.parse import Paragraph, Parse
from dateline.quotations.marks import Quotation

Span = tuple[int, int]
WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")
LONG, SHORT = "+q", "+s"  # marks of tokens: inside a quotation that is speech, or another one


class Passage(NamedTuple):
    """A paragraph with all that the rules look at."""

    text: str
    paragraph: Paragraph
    parse: Parse
    marks: list[str]
    lexicon: Lexicon

    @property
    def quotations(self) -> list[Quotation]:
        """The paragraph's quotations, in order."""
        return self.paragraph.quotations

    def to_span(self, tokens: tuple[int, int]) -> Span:
        """From the first and last token to characters of the article."""
        return self.parse.starts[tokens[0]], self.parse.ends[tokens[1]]

    def find_cue(self, token: int) -> Cue | None:
        """The entry of a token in the lexicon."""
        parse = self.parse
        particle = find_particle(parse, token)
        return self.lexicon.find(parse.words[token], parse.pos[token], particle)

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


def make_passage(text: str, paragraph: Paragraph, parse: Parse, lexicon: Lexicon) -> Passage:
    """Mark each token with the kind of quotation that it stands in, if any."""
    marks, token = [""] * len(parse.words), 0
    for quotation in paragraph.quotations:
        mark = LONG if quotation.function == "speech" else SHORT
        while token < len(marks) and parse.starts[token] < quotation.outer_start:
            token += 1
        while token < len(marks) and parse.starts[token] < quotation.outer_end:
            marks[token] = mark
            token += 1
    return Passage(text, paragraph, parse, marks, lexicon)


def is_complete(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is speech, a sentence with its capital and its final punctuation."""
    return (
        quotation.function == "speech"
        and text[quotation.start].isupper()
        and text[quotation.end - 1] in ",.?!…—-"
    )
