"""From articles to blocks: what is body, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from dateline.frames import make_frame, take_frame
from dateline.read.forms.item import Part
from dateline.read.plain import shapes, stock
from dateline.read.plain.datelines import find_dateline, find_place_label
from dateline.read.plain.head import MOST_LINES, find_lead, find_people
from dateline.read.plain.paragraphs import find_paragraphs
from dateline.read.plain.tail import mark_inside, mark_live, mark_trailer
from dateline.words import Flat

BLOCK_KINDS = (
    "header",
    "dateline",
    "byline",
    "heading",
    "body",
    "caption",
    "credit",
    "note",
    "trailer",
)
_TEXT = ("body", "dateline")
_AROUND = ("header", "trailer")
# More lines than stand above any article's text; it also bounds the work on hostile files.
_MOST_LEAD_LINES = 60


class Block(NamedTuple):
    """A typed stretch of a flat text, without the space around: at first a paragraph."""

    start: int
    text: str
    kind: str = "body"

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.start + len(self.text)


class Layout(NamedTuple):
    """An article's flat text, and the blocks that it consists of; their offsets are into it."""

    flat: Flat
    blocks: list[Block]

    @property
    def body(self) -> str:
        """The paragraphs of the text, a line each."""
        return "\n".join(block.text for block in self.blocks if block.kind == "body")


def find_blocks(articles: pd.DataFrame) -> pd.DataFrame:
    r"""Split each article's text into typed blocks.

    A block is a paragraph or a part of one; hard-wrapped lines are one paragraph. What is in doubt
    is body, because to lose real text is worse than to count a caption. What the article's form
    states itself (`parts`) is of the kind that it states.

    Args:
        articles: ARTICLES; only `article_id`, `text` and, where it is there, `parts` are used.

    Returns:
        BLOCKS, one row a block, articles in their order and blocks in the text's. Blocks never
        overlap, and every character that is not white space (nor a byte order mark) lies in one.
        Empty in, empty out.

    Raises:
        ValueError: `articles` is not such a frame, or a part is not "kind start end" in its text.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut.\n\nPhoto: Bo Lund"])
        >>> dl.find_blocks(articles)[["kind", "start", "end"]].values.tolist()
        [['body', 0, 17], ['credit', 19, 33]]
    """
    return build_blocks(lay_out(articles))


def lay_out(articles: pd.DataFrame, blocks: pd.DataFrame | None = None) -> dict[str, Layout]:
    """Flatten each article's text, so that a paragraph is a line whatever width it was wrapped at.

    Args:
        articles: ARTICLES; only `article_id`, `text` and, where it is there, `parts` are used.
        blocks: BLOCKS of the articles; None finds them. Those of other articles are passed over.

    Returns:
        The layout of each article by its id, in their order.

    Raises:
        ValueError: One of the two is not such a frame, or a block or part reaches beyond its text.
    """
    optional = ["parts"] if blocks is None and "parts" in articles else []
    articles = take_frame(articles, "articles", "article_id", "text", *optional)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    if blocks is None:
        stated = articles["parts"] if optional else [()] * len(articles)
        own = zip(texts.items(), stated, strict=True)
        return {key: split_text(text, read_parts(parts, text)) for (key, text), parts in own}
    blocks = take_frame(blocks, "blocks", "article_id", "kind", "start", "end")
    known = blocks[blocks["article_id"].isin(list(texts))].sort_values("start", kind="stable")
    stretches: dict[str, list[tuple[int, int, str]]] = {article_id: [] for article_id in texts}
    columns = (known[column] for column in ("article_id", "start", "end", "kind"))
    for article_id, start, end, kind in zip(*columns, strict=True):
        if not 0 <= start < end <= len(texts[article_id]):
            raise ValueError(
                f"a block of {article_id!r} is ({start}, {end}), "
                f"expected places of its {len(texts[article_id])} characters"
            )
        stretches[article_id].append((int(start), int(end), kind))
    return {article_id: _lay_out(texts[article_id], own) for article_id, own in stretches.items()}


def _lay_out(text: str, stretches: Iterable[tuple[int, int, str]]) -> Layout:
    flat = Flat(text, ((start, end) for start, end, _ in stretches))
    if flat.text is text:  # nothing was wrapped
        return Layout(flat, [Block(start, text[start:end], kind) for start, end, kind in stretches])
    blocks = []
    for start, end, kind in stretches:
        first, last = flat.to_flat(start, end)
        blocks.append(Block(first, flat.text[first:last], kind))
    return Layout(flat, blocks)


def build_blocks(layouts: dict[str, Layout]) -> pd.DataFrame:
    """Make BLOCKS, with offsets into the article's own text, from each layout by article_id."""
    placed = [
        (article_id, i, block.kind, *flat.to_article(block.start, block.end))
        for article_id, (flat, blocks) in layouts.items()
        for i, block in enumerate(blocks)
    ]
    columns = zip(*placed, strict=True) if placed else [()] * 5
    names = ("article_id", "block_index", "kind", "start", "end")
    return make_frame("blocks", dict(zip(names, columns, strict=True)))


def read_parts(parts: Iterable[str], text: str) -> list[Part]:
    """Read the parts of an article as `articles.parts` holds them, in their order.

    Raises:
        ValueError: One is not "kind start end" with a kind of BLOCKS, or reaches beyond the text or
            into the one before.
    """
    found: list[Part] = []
    for written in parts:
        kind, *ends = str(written).split(" ")
        numbers = [int(end) for end in ends if end.isdigit()]
        if kind not in BLOCK_KINDS or len(numbers) != 2 or len(ends) != 2:
            raise ValueError(f"a part is {written!r}, expected a kind of blocks, its start and end")
        part = Part(kind, *numbers)
        if not (found[-1].end if found else 0) <= part.start <= part.end <= len(text):
            raise ValueError(f"the part {written!r} overlaps another or leaves its article's text")
        found.append(part)
    return found


def split_text(text: str, parts: Sequence[Part] = ()) -> Layout:
    """Split one article's text into typed blocks, in order and without overlap.

    Args:
        text: The text.
        parts: What its form states of it, in order; the rest is split by its looks. Where all are
            header or trailer (`mark_furniture` says so), the text is split by its looks as a whole.
    """
    if any(part.kind not in _AROUND for part in parts):
        return _split_stated(text, parts)
    flat, paragraphs = _lay_out(
        text, [(start, end, "body") for start, end in find_paragraphs(text)]
    )
    lines = _cut_date(paragraphs)
    if not lines:
        return Layout(flat, [])
    texts = [line.text for line in lines]
    kinds, filed = _name_lines(texts)
    blocks: list[Block] = []
    first = kinds.index("body") if "body" in kinds else None
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind != "body":
            line = line._replace(kind=kind)
        elif i in (first, filed) or kinds[i - 1] == "heading":
            *before, line = _cut_dateline(line, is_filed=i == filed)
            blocks += before
        if kind in ("body", "caption") and shapes.find_credit(line.text) is not None:
            blocks += _cut_credit(line)
        else:
            blocks.append(line)
    around = {(part.start, part.end): part.kind for part in parts}
    blocks = (
        [
            block._replace(kind=around.get(flat.to_article(block.start, block.end), block.kind))
            for block in _cut_sign(blocks)
        ]
        if around
        else _cut_sign(blocks)
    )
    return Layout(flat, blocks)


def _cut_sign(blocks: list[Block]) -> list[Block]:
    """Cut an agency's or a desk's sign off the last paragraph."""
    last = max((i for i, block in enumerate(blocks) if block.kind == "body"), default=None)
    if last is None or (at := stock.find_glued_trailer(blocks[last].text)) is None:
        return blocks
    return [*blocks[:last], *_cut(blocks[last], at, "body", "trailer"), *blocks[last + 1 :]]


def _name_lines(lines: list[str]) -> tuple[list[str], int | None]:
    """The kind of each line, and the line whose dateline is to be cut off."""
    kinds = ["body"] * len(lines)
    top = _mark_front_matter(lines, kinds)
    if top == len(lines):
        return kinds, None
    head, first, filed = find_lead(lines, top, len(lines))
    people = find_people(lines[top : top + len(head)], head)
    bottom = mark_trailer(lines, kinds, top, people)
    if bottom < min(len(lines), top + MOST_LINES):  # some of what was looked at is trailer
        head, first, filed = find_lead(lines, top, bottom)
    for i, kind in enumerate(head, start=top):
        kinds[i] = kind or "body"
    mark_live(lines, kinds, top, bottom)
    mark_inside(lines, kinds, first, bottom)
    return kinds, filed


def _split_stated(text: str, parts: Sequence[Part]) -> Layout:
    """The stated parts as they are, but for the dateline in front of the text; between them, looks.

    No form states where a dateline ends: agencies, databases and pages leave it in the text.
    """
    stretches: list[tuple[int, int, str]] = []
    at = 0
    for part in (*parts, Part("body", len(text), len(text))):
        flat, between = split_text(text[at : part.start])
        for block in between:
            start, end = flat.to_article(block.start, block.end)
            stretches.append((at + start, at + end, block.kind))
        words = text[part.start : part.end]
        start = part.start + len(words) - len(words.lstrip())
        line = Block(start, words.strip(), part.kind)
        opens = part.kind == "body" and all(kind not in _TEXT for *_, kind in stretches)
        dateline = find_dateline(line.text) if opens else None
        pieces = _cut(line, dateline.end, "dateline", "body") if dateline else [line]
        stretches += [(piece.start, piece.end, piece.kind) for piece in pieces if piece.text]
        at = part.end
    return _lay_out(text, stretches)


def _mark_front_matter(lines: list[str], kinds: list[str]) -> int:
    """Mark the lines between two fences at the top; return the index of the first line below."""
    fences = [i for i, line in enumerate(lines[:_MOST_LEAD_LINES]) if line in ("---", "...")]
    if lines[0] != "---" or len(fences) < 2:
        return 0
    kinds[: fences[1] + 1] = ["header"] * (fences[1] + 1)
    return fences[1] + 1


def _cut_date(lines: list[Block]) -> list[Block]:
    """Make a line of its own of a date before the first line."""
    if lines and (prefix := stock.DATE_PREFIX.match(lines[0].text)):
        return _cut(lines[0], prefix.end(), "body", "body") + lines[1:]
    return lines


def _cut_dateline(line: Block, *, is_filed: bool) -> list[Block]:
    """Cut a dateline off the paragraph that it opens."""
    dateline = find_dateline(line.text)
    if dateline is None and is_filed:
        dateline = find_place_label(line.text)
    return _cut(line, dateline.end, "dateline", line.kind) if dateline else [line]


def _cut_credit(line: Block) -> list[Block]:
    """Cut a picture's credit off the line that it ends."""
    cut = shapes.find_credit(line.text)
    return [line] if cut is None else _cut(line, cut, line.kind, "credit")


def _cut(line: Block, at: int, first: str, second: str) -> list[Block]:
    """The line in two blocks of these kinds, or in one where the other would be empty."""
    head, tail = line.text[:at].rstrip(), line.text[at:].lstrip()
    pieces = [Block(line.start, head, first), Block(line.end - len(tail), tail, second)]
    return [piece for piece in pieces if piece.text]
