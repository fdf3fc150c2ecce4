"""Passages for the tests of attribution: one paragraph, parsed, with the shipped lexicon."""

import math

from dateline.attribution.cues.lexicon import Cue, Lexicon, load_lexicon
from dateline.attribution.parse import Paragraph, Parse, parse_paragraphs
from dateline.attribution.passage import make_passage
from dateline.quotations.marks import pair_marks

RARE = -5.0  # log-odds of a phrase beside a word that a test's lexicon does not hold


def passage_of(text, lexicon=None, *, kind="body"):
    paragraph = Paragraph("a", kind, 0, len(text), pair_marks(text, 0, len(text)))
    ((paragraph, parse),) = parse_paragraphs([(text, paragraph)])
    return make_passage(text, paragraph, parse, lexicon or load_lexicon())


def passages_of(text, lexicon=None):
    """The passages of a text whose paragraphs are parted by an empty line."""
    places, start = [], 0
    for part in text.split("\n\n"):
        places.append((start, start + len(part)))
        start += len(part) + 2
    paragraphs = [
        (text, Paragraph("a", "body", start, end, pair_marks(text, start, end)))
        for start, end in places
    ]
    return [
        make_passage(text, paragraph, parse, lexicon or load_lexicon())
        for paragraph, parse in parse_paragraphs(paragraphs)
    ]


def token_of(passage, word):
    return passage.parse.words.index(word)


def words_of(passage, phrase):
    """The words from a phrase's first token to its last."""
    return None if phrase is None else passage.text[slice(*passage.to_span(phrase))]


def lexicon_of(**rates):
    """A lexicon in which each verb is a cue, and its clauses content, so often of 100 times."""
    return _lexicon_of("any", rates)


def beside_lexicon(**rates):
    """A lexicon that knows only how often verbs introduce the quotation before them, of 100."""
    return _lexicon_of("beside after", rates)


def _lexicon_of(construction, rates):
    cues = {}
    for verb, hits in rates.items():
        shifts = {construction: math.log(max(hits, 0.5) / (100 - hits)) - RARE}
        cues[verb, "VERB"] = Cue(verb, "VERB", "speech", (100, hits), (100, 0), shifts)
    weights = {(pos, "any"): RARE for pos in ("VERB", "NOUN", "ADJ")}
    return Lexicon(cues, weights | {("VERB", "subject"): RARE, ("VERB", "object"): RARE})


def parse_of(*rows):
    """A parse by hand: (word, tag, dependency, head) of each token."""
    words, tags, deps, heads = (tuple(column) for column in zip(*rows, strict=True))
    kids = tuple(tuple(k for k, h in enumerate(heads) if h == i != k) for i in range(len(rows)))

    def list_below(i):
        return [i, *(j for k in kids[i] for j in list_below(k))]

    edges = [list_below(i) for i in range(len(rows))]
    left, right = tuple(map(min, edges)), tuple(map(max, edges))
    none = ("",) * len(rows)
    zeros = (0,) * len(rows)
    return Parse(words, none, tags, deps, heads, left, right, zeros, zeros, zeros, kids)
