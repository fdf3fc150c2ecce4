"""From articles to blocks: what is body, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from dateline.frames import build_frame, check_frame
from dateline.read import shapes

# More lines than stand above any article's text; it also bounds the work on hostile files.
_MOST_LEAD_LINES = 60


class Block(NamedTuple):
    """A typed stretch of a text."""

    kind: str
    start: int
    end: int


class _Line(NamedTuple):
    """A paragraph's line, or several where it is hard-wrapped, without the space around."""

    start: int
    text: str
    after_blank: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def find_blocks(articles: pd.DataFrame) -> pd.DataFrame:
    """Split each article's text into typed blocks.

    A block is a paragraph or a part of one; hard-wrapped lines are one paragraph. What is in doubt
    is body, because to lose real text is worse than to count a caption.

    Args:
        articles: ARTICLES; only `article_id` and `text` are used.

    Returns:
        BLOCKS, one row a block, articles in their order and blocks in the text's. Blocks never
        overlap, and every character that is not white space (nor a byte order mark) lies in one.
        Empty in, empty out.

    Raises:
        ValueError: `articles` is not such a frame.
    """
    check_frame(articles, "articles")
    texts = zip(articles["article_id"], articles["text"], strict=True)
    return build_blocks({article_id: split_text(text) for article_id, text in texts})


def build_blocks(blocks: dict[str, list[Block]]) -> pd.DataFrame:
    """Make BLOCKS from each article's blocks, by its id."""
    rows = [
        {"article_id": article_id, "block_index": index, **block._asdict()}
        for article_id, found in blocks.items()
        for index, block in enumerate(found)
    ]
    return build_frame("blocks", rows)


def split_text(text: str) -> list[Block]:
    """Split one article's text into typed blocks, in order and without overlap."""
    lines = _find_lines(text)
    if not lines:
        return []
    fence = _count_fenced(lines)
    lines = lines[:fence] + _join_wrapped(lines[fence:], text)
    kinds = ["header"] * fence + ["body"] * (len(lines) - fence)
    bottom = _mark_trailer(lines, kinds, fence)
    top = _mark_lead(lines, kinds, fence, bottom)
    _mark_inside(lines, kinds, top, bottom)
    bodies = [i for i, kind in enumerate(kinds) if kind == "body"]
    blocks: list[Block] = []
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        opens = i == fence or (kind == "body" and (i == bodies[0] or kinds[i - 1] == "heading"))
        closes = kind == "body" and i == bodies[-1]
        blocks += _place_pieces(line, _cut_line(line.text, kind, opens=opens, closes=closes))
    return blocks


def _find_lines(text: str) -> list[_Line]:
    lines, start, after_blank = [], 0, False
    for raw in text.splitlines(keepends=True):
        bare = raw.removeprefix("\ufeff") if start == 0 else raw
        stripped = bare.strip()
        if stripped:
            offset = start + len(raw) - len(bare.lstrip())
            lines.append(_Line(offset, stripped, after_blank))
        after_blank = not stripped
        start += len(raw)
    return lines


def _count_fenced(lines: list[_Line]) -> int:
    """The lines of front matter between two fences at the top, or 0."""
    if lines[0].text != "---":
        return 0
    for i, line in enumerate(lines[1:_MOST_LEAD_LINES], start=1):
        if line.text in ("---", "..."):
            return i + 1
    return 0


def _join_wrapped(lines: list[_Line], text: str) -> list[_Line]:
    """Join the lines of each paragraph that was broken to a width."""
    width = max((len(line.text) for line in lines), default=0)
    if not 40 <= width <= 100:
        return lines
    joined = []
    for paragraph in _group_lines(lines):
        if _is_wrapped([line.text for line in paragraph], width):
            whole = text[paragraph[0].start : paragraph[-1].end]
            paragraph = [paragraph[0]._replace(text=whole)]
        joined += paragraph
    return joined


def _group_lines(lines: list[_Line]) -> Iterator[list[_Line]]:
    starts = [i for i, line in enumerate(lines) if line.after_blank or i == 0]
    for start, end in pairwise([*starts, len(lines)]):
        yield lines[start:end]


def _is_wrapped(paragraph: list[str], width: int) -> bool:
    """Whether no next line's first word would have fitted, and sentences run over the breaks."""
    breaks = list(pairwise(paragraph))
    # A tolerance, because people and mail programs break a little before the width.
    full = all(len(line) + 1 + len(after.split()[0]) > 0.85 * width for line, after in breaks)
    runs_on = sum(not shapes.ends_sentence(line) for line, _ in breaks)
    return full and 2 * runs_on > len(breaks)


def _mark_trailer(lines: list[_Line], kinds: list[str], top: int) -> int:
    """Mark the last lines that are no text; return the index of the first of them."""
    # The first line is never a trailer: an article has at least that much of its own.
    for i in range(len(lines) - 1, top, -1):
        if shapes.read_trailer(lines[i].text) is not None:
            kinds[i] = "trailer"
        elif shapes.read_byline(lines[i].text):
            kinds[i] = "byline"
        else:
            return i + 1
    return min(top + 1, len(lines))


def _mark_lead(lines: list[_Line], kinds: list[str], top: int, bottom: int) -> int:
    """Mark what stands above the text; return the index of the text's first line."""
    below_headlines = _find_end_of_headlines([line.text for line in lines[:bottom]], top)
    last = min(bottom - 1, top + _MOST_LEAD_LINES)
    for i in range(top, last):
        kind = _name_lead_line(lines[i].text)
        if kind == "body":
            kind = "heading" if i < below_headlines else _name_by_place(lines, kinds, i)
        if kind == "body":
            return i
        kinds[i] = kind
    return max(top, last)


def _name_by_place(lines: list[_Line], kinds: list[str], i: int) -> str:
    """Name a lead line without marks of its own: a headline, the paper below a byline, or body."""
    line, above = lines[i].text, kinds[:i]
    if above[-1:] == ["byline"] and shapes.is_name(line):
        return "byline"
    if "heading" not in above:
        return "heading" if shapes.is_title(line) else "body"
    # A second headline stands right below the first; a third is more than articles have.
    is_below = above[-1] == "heading" and above.count("heading") == 1
    runs_on = lines[i - 1].text.endswith(";") or shapes.is_short(line, most_words=20)
    return "heading" if is_below and runs_on else "body"


def _find_end_of_headlines(lines: list[str], top: int) -> int:
    """The index of the byline, date or dateline that tells the few short lines above it headlines.

    A headline with a full stop looks like a first sentence; what follows it tells them apart.
    """
    for i, line in enumerate(lines[top : top + 4], start=top):
        if shapes.find_dateline(line) or _name_lead_line(line) in ("header", "byline"):
            return i
        if len(line.split()) > 25:
            break
    return top


def _name_lead_line(line: str) -> str:
    if shapes.read_byline(line):
        return "byline"
    if shapes.read_header(line) is not None:
        return "header"
    if shapes.is_caption(line):
        return "caption"
    return "heading" if shapes.is_marked_heading(line) else "body"


def _mark_inside(lines: list[_Line], kinds: list[str], top: int, bottom: int) -> None:
    texts = [line.text for line in lines[:bottom]]
    for i in range(top, bottom):
        if shapes.is_caption(texts[i]) and not shapes.find_dateline(texts[i]):
            kinds[i] = "caption"
    for i in range(max(top, 1), bottom - 1):
        if kinds[i] == "body" and _is_heading(i, texts, kinds):
            kinds[i] = "heading"


def _is_heading(i: int, texts: list[str], kinds: list[str]) -> bool:
    if shapes.is_marked_heading(texts[i]):
        return True
    after = next((j for j in range(i + 1, len(texts)) if kinds[j] == "body"), None)
    if after is None or not shapes.is_short(texts[i]):
        return False
    # Short lines in a row, or after a colon, are a list; a heading has a paragraph below it.
    is_listed = shapes.is_short(texts[i - 1]) or shapes.is_short(texts[after])
    return not is_listed and not texts[i - 1].endswith(":") and len(texts[after].split()) >= 8


def _cut_line(line: str, kind: str, *, opens: bool, closes: bool) -> list[tuple[str, int]]:
    """The kinds that a line holds, each with the place where it begins."""
    if kind not in ("body", "caption", "heading"):
        return [(kind, 0)]
    cuts, begin = [], 0
    if opens and (prefix := shapes.DATE_PREFIX.match(line)):
        cuts.append(("header", 0))
        begin = prefix.end()
    if opens and kind == "body" and (dateline := shapes.find_dateline(line[begin:])):
        cuts.append(("dateline", begin))
        begin += dateline.end()
    cuts.append((kind, begin))
    if kind != "heading" and (credit := shapes.find_credit(line, begin)) is not None:
        cuts.append(("credit", credit))
    elif closes and (trailer := shapes.find_glued_trailer(line)) is not None and trailer > begin:
        cuts.append(("trailer", trailer))
    return cuts


def _place_pieces(line: _Line, cuts: list[tuple[str, int]]) -> Iterator[Block]:
    ends = [begin for _, begin in cuts[1:]] + [len(line.text)]
    for (kind, begin), end in zip(cuts, ends, strict=True):
        piece = line.text[begin:end]
        if piece.strip():
            start = line.start + begin + len(piece) - len(piece.lstrip())
            yield Block(kind, start, start + len(piece.strip()))
