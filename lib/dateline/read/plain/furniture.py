"""From the articles of a corpus to the stock paragraphs that an outlet prints in many of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from dateline.read.plain import shapes
from dateline.read.plain.blocks import Layout

# So many different stories of one outlet must hold a paragraph, word for word.
LEAST_STORIES = 3
_MOST_CHARACTERS = 500
# What speaks to the reader or of the paper itself. Without it a paragraph that recurs is taken for
# the background that agencies print below each story of a running affair, and stays text.
_TO_READER = re.compile(
    r"\b(?:you|your|our|us|we|my|sign up|subscribe|subscribers?|newsletters?|click|download|follow"
    r"|whatsapp|telegram|facebook|podcast|app|advertisement|cookies|copyright|republish(?:ed)?"
    r"|editor['’]?s['’]? note|this (?:article|story|newspaper|paper|site|website|report|column))\b"
    r"|©|https?://|www\.|\S@\S+\.\w",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"[\"“”„«»]|\b(?:said|says|told|according to)\b", re.IGNORECASE)


def mark_furniture(rows: Sequence[dict], layouts: Sequence[Layout]) -> list[Layout]:
    """Mark the paragraphs that an outlet prints in three or more of its stories.

    A paragraph counts once for each reprint cluster, so that what a story and its reprints share is
    none. It is furniture where it also speaks to the reader, or is a short line and no sentence;
    one that quotes or reports somebody never is, and an outlet that is not known has none.

    Args:
        rows: Of each article `outlet`, `cluster_id` and `parts`; where it has furniture, `parts`
            are replaced by such as hold it, so that `find_blocks` finds the same.
        layouts: Of each article, in the same order.

    Returns:
        The layouts, with furniture of kind trailer, and header above the text.
    """
    pairs = [pair for pair in zip(rows, layouts, strict=True) if pair[0].get("outlet")]
    printed = Counter(
        (row["outlet"], text) for row, layout in pairs for text in _list_texts(layout)
    )
    stories: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row, layout in pairs:
        for text in _list_texts(layout):
            if printed[row["outlet"], text] >= LEAST_STORIES:
                stories[row["outlet"], text].add(row["cluster_id"])
    shared = (key for key, held in stories.items() if len(held) >= LEAST_STORIES)
    stock = {key for key in shared if _is_stock(key[1])}
    return [_mark(row, layout, stock) for row, layout in zip(rows, layouts, strict=True)]


def _list_texts(layout: Layout) -> Iterator[str]:
    blocks = (block for block in layout.blocks if block.kind == "body")
    return (block.text for block in blocks if len(block.text) <= _MOST_CHARACTERS)


def _is_stock(text: str) -> bool:
    if _REPORTS.search(text):
        return False
    return _TO_READER.search(text) is not None or shapes.is_short(text)


def _mark(row: dict, layout: Layout, stock: set[tuple[str, str]]) -> Layout:
    outlet = row.get("outlet")
    if not outlet or not stock:
        return layout
    found = [
        i
        for i, block in enumerate(layout.blocks)
        if block.kind == "body" and (outlet, block.text) in stock
    ]
    texts = [i for i, block in enumerate(layout.blocks) if block.kind == "body" and i not in found]
    if not found or not texts:  # an article has at least some text of its own
        return layout
    blocks = list(layout.blocks)
    parts = list(row.get("parts", ()))
    is_stated = bool(parts)
    for i in found:
        kind = "header" if i < texts[0] else "trailer"
        start, end = layout.flat.to_article(blocks[i].start, blocks[i].end)
        if is_stated:
            if (part := f"body {start} {end}") not in parts:
                continue  # the form states it as part of something larger
            parts[parts.index(part)] = f"{kind} {start} {end}"
        else:
            parts.append(f"{kind} {start} {end}")
        blocks[i] = blocks[i]._replace(kind=kind)
    row["parts"] = parts
    return layout._replace(blocks=blocks)
