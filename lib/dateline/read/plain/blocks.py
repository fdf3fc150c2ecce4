"""From articles to blocks: what is body, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from dateline.frames import build_frame, take_frame
from dateline.read.forms.item import Part
from dateline.read.plain import shapes
from dateline.read.plain.paragraphs import find_paragraphs
from dateline.words import Flat

BLOCK_KINDS = ("header", "dateline", "byline", "heading", "body", "caption", "credit", "trailer")
_TEXT = ("body", "dateline")
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
    blocks = []
    for start, end, kind in stretches:
        first, last = flat.to_flat(start, end)
        blocks.append(Block(first, flat.text[first:last], kind))
    return Layout(flat, blocks)


def build_blocks(layouts: dict[str, Layout]) -> pd.DataFrame:
    """Make BLOCKS, with offsets into the article's own text, from each layout by article_id."""
    rows = []
    for article_id, (flat, blocks) in layouts.items():
        for i, block in enumerate(blocks):
            start, end = flat.to_article(block.start, block.end)
            row = {"article_id": article_id, "block_index": i, "kind": block.kind}
            rows.append({**row, "start": start, "end": end})
    return build_frame("blocks", rows)


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
        parts: What its form states of it, in order; the rest is split by its looks.
    """
    if parts:
        return _split_stated(text, parts)
    flat, paragraphs = _lay_out(
        text, [(start, end, "body") for start, end in find_paragraphs(text)]
    )
    lines = _cut_ends(paragraphs)
    if not lines:
        return Layout(flat, [])
    texts = [line.text for line in lines]
    kinds = ["body"] * len(lines)
    top = _mark_front_matter(texts, kinds)
    bottom = _mark_trailer(texts, kinds, top)
    _mark_inside(texts, kinds, _mark_lead(texts, kinds, top, bottom), bottom)
    blocks: list[Block] = []
    first = kinds.index("body") if "body" in kinds else None
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        opens = kind == "body" and (i == first or kinds[i - 1] == "heading")
        blocks += _cut_line(line._replace(kind=kind), opens=opens)
    return Layout(flat, blocks)


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
        dateline = shapes.find_dateline(line.text) if opens else None
        pieces = _cut(line, dateline.end(), "dateline", "body") if dateline else [line]
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


def _mark_trailer(lines: list[str], kinds: list[str], top: int) -> int:
    """Mark the last lines that are no text; return the index of the first of them."""
    # The first line is never a trailer: an article has at least that much of its own.
    for i in range(len(lines) - 1, top, -1):
        if shapes.read_trailer(lines[i]) is not None:
            kinds[i] = "trailer"
        elif shapes.read_byline(lines[i]):
            kinds[i] = "byline"
        else:
            return i + 1
    return min(top + 1, len(lines))


def _mark_lead(lines: list[str], kinds: list[str], top: int, bottom: int) -> int:
    """Mark what stands above the text; return the index of the text's first line."""
    # A headline with a full stop looks like a first sentence; a byline, a date or a dateline that
    # follows a few short lines tells them apart.
    head = lines[top : min(top + 4, bottom)]
    ends = [i for i, line in enumerate(head, start=top) if _ends_headlines(line)]
    last = min(bottom - 1, top + _MOST_LEAD_LINES)
    for i in range(top, last):
        kind = _name_lead_line(lines[i])
        if kind == "body":
            is_above = ends and i < ends[0] and max(map(len, lines[top : ends[0]])) <= 160
            kind = "heading" if is_above else _name_by_place(lines[top : i + 1], kinds[top:i])
        if kind == "body":
            return i
        kinds[i] = kind
    return max(top, last)


def _ends_headlines(line: str) -> bool:
    return bool(shapes.find_dateline(line)) or _name_lead_line(line) in ("header", "byline")


def _name_lead_line(line: str) -> str:
    if shapes.read_byline(line):
        return "byline"
    if shapes.read_header(line) is not None:
        return "header"
    if shapes.is_caption(line):
        return "caption"
    return "heading" if shapes.is_marked_heading(line) else "body"


def _name_by_place(lines: list[str], above: list[str]) -> str:
    """Name a lead line without marks of its own: a headline, the paper below a byline, or body."""
    if above[-1:] == ["byline"] and shapes.is_name(lines[-1]):
        return "byline"
    if "heading" not in above:
        return "heading" if shapes.is_title(lines[-1]) else "body"
    # A second headline stands right below the first; a third is more than articles have.
    is_second = above[-1] == "heading" and above.count("heading") == 1
    # Nexis puts a semicolon between a headline and the one below it.
    runs_on = lines[-2].endswith(";") or shapes.is_short(lines[-1], most_words=20)
    return "heading" if is_second and runs_on else "body"


def _mark_inside(lines: list[str], kinds: list[str], top: int, bottom: int) -> None:
    for i in range(top, bottom):
        if shapes.is_caption(lines[i]) and not shapes.find_dateline(lines[i]):
            kinds[i] = "caption"
        elif 0 < i < bottom - 1 and _is_heading(*lines[i - 1 : i + 2]):
            kinds[i] = "heading"


def _is_heading(above: str, line: str, below: str) -> bool:
    if shapes.is_marked_heading(line):
        return True
    # Short lines in a row, or after a colon, are a list; a heading has a paragraph below it.
    if len(below.split()) < 8 or above.endswith(":") or not shapes.is_short(line):
        return False
    return not (shapes.is_short(above) or shapes.is_short(below))


def _cut_ends(lines: list[Block]) -> list[Block]:
    """Make lines of their own of a date before the first and a trailer behind the last."""
    if lines and (prefix := shapes.DATE_PREFIX.match(lines[0].text)):
        lines = _cut(lines[0], prefix.end(), "body", "body") + lines[1:]
    if lines and (trailer := shapes.find_glued_trailer(lines[-1].text)):
        lines = lines[:-1] + _cut(lines[-1], trailer, "body", "body")
    return lines


def _cut_line(line: Block, *, opens: bool) -> list[Block]:
    """Cut a dateline and a credit off the line that they stand in."""
    pieces = [line]
    if opens and (dateline := shapes.find_dateline(line.text)):
        pieces = _cut(line, dateline.end(), "dateline", line.kind)
    rest = pieces[-1]
    if rest.kind in ("body", "caption") and (cut := shapes.find_credit(rest.text)) is not None:
        pieces[-1:] = _cut(rest, cut, rest.kind, "credit")
    return pieces


def _cut(line: Block, at: int, first: str, second: str) -> list[Block]:
    """The line in two blocks of these kinds, or in one where the other would be empty."""
    head, tail = line.text[:at].rstrip(), line.text[at:].lstrip()
    pieces = [Block(line.start, head, first), Block(line.end - len(tail), tail, second)]
    return [piece for piece in pieces if piece.text]
