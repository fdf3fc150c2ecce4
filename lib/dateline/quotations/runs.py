"""From the paragraphs of a text to their quotations, also those that run on over an end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from dateline.frames import build_frame, check_frame
from dateline.quotations.marks import Quotation, add_running, find_closing, pair_marks
from dateline.read.plain.blocks import lay_out
from dateline.words import Span

if TYPE_CHECKING:
    import pandas as pd

# Of one speech with a mark at its two ends only; longer ones are given a mark by whoever edits.
_MOST_BETWEEN = 4


def pair_paragraphs(text: str, paragraphs: Sequence[Span]) -> list[list[Quotation]]:
    """Pair the quotation marks of paragraphs that follow one another.

    A quotation that its paragraph leaves open, and that no mark opens anew, runs on to a later
    paragraph where a mark closes before any opens: what was typed in one piece and printed in
    several. Without such a mark each paragraph stands for itself, and one bad mark costs one
    quotation.

    Args:
        text: The article's flat text.
        paragraphs: Their places, in order.

    Returns:
        The quotations of each paragraph, as `pair_marks` finds them; none runs over an end.
    """
    found = [pair_marks(text, start, end) for start, end in paragraphs]
    at = 0
    while at < len(paragraphs):
        last = found[at][-1] if found[at] else None
        at += 1
        if last is None or last.closed:
            continue
        for ahead in range(at, min(at + _MOST_BETWEEN, len(paragraphs))):
            closing = find_closing(text, *paragraphs[ahead], last.mark)
            if closing is not None and closing[0] < closing[1]:
                for i in range(at, ahead):
                    found[i] = [add_running(text, paragraphs[i], last.mark, None)]
                running = add_running(text, paragraphs[ahead], last.mark, closing)
                found[ahead] = [running, *pair_marks(text, closing[1], paragraphs[ahead][1])]
            if closing is not None or found[ahead]:
                break
    return found


def find_quotations(articles: pd.DataFrame, *, blocks: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find what stands between quotation marks, and what it is for.

    Args:
        articles: ARTICLES; `article_id` and `text` are used.
        blocks: BLOCKS of the articles; None finds them.

    Returns:
        QUOTATIONS, one row an outermost quotation, articles in their order, quotations in the
        text's; one that runs over several blocks has a row in each. Empty in, empty out.

    Raises:
        ValueError: `articles` or `blocks` is not such a frame.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.find_quotations(articles)[["start", "end", "function"]].values.tolist()
        [[1, 18, 'speech']]
    """
    rows = []
    for article_id, (flat, found) in lay_out(articles, blocks).items():
        paragraphs = [(block.start, block.end) for block in found]
        for quotation in chain.from_iterable(pair_paragraphs(flat.text, paragraphs)):
            start, end = flat.to_article(quotation.start, quotation.end)
            row = {"article_id": article_id, "start": start, "end": end}
            told = {name: getattr(quotation, name) for name in ("closed", "mark", "function")}
            rows.append(row | told)
    return check_frame(build_frame("quotations", rows), "quotations")
