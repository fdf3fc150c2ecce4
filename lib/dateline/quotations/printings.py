"""From quotations of several articles to their printings: what each kept, cut or changed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import pandas as pd

from dateline.frames import build_frame, check_frame, take_frame
from dateline.wordlists import load_words
from dateline.words import APOSTROPHES, INVISIBLE, WORD_WITHOUT_HYPHENS, Span, join_lines

# Share of a quotation's words that must stand in a fuller one, in order and at least three in a
# row, for both to be one statement; and so many of them are no function words: “I do not know what
# he will do” is said every day. Words that match one by one are found in any long statement.
_LEAST_KEPT = 0.6
_LEAST_TELLING = 3
# Quotations with these many words in a row in common are compared.
_RUN = 3
_MOST_COMPARED = 5  # of the fuller quotations that a run of words leads to, those with most runs
_MOST_SHARING = 50  # a run of more quotations than this tells nothing
# No quotation is longer; to compare what a stray mark has left open would take too long.
_MOST_WORDS = 1000

# “[W]e will” is we will; other words between brackets are the outlet's own.
_WORD = re.compile(rf"\[\w\]\w+|{WORD_WITHOUT_HYPHENS}")
_FOLDED = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(f"[]{INVISIBLE}"))
_SHOWN = re.compile(r"…|\.\s?\.\s?\.|[\[\]]")  # what tells a reader of a change
_CUTS = ("cut at start", "cut inside", "cut at end")


class _Printing(NamedTuple):
    """A quotation as one article prints it."""

    row: dict
    words: list[str]  # folded
    spans: list[Span]  # of each word, in the article
    part: list[int]  # of the content, of each word


class _Change(NamedTuple):
    """What a printing does to a stretch of the fullest one's words."""

    kind: str
    cut: slice  # words of the fullest
    new: slice  # words of the printing in their place


def compare_quotations(
    said: pd.DataFrame, articles: pd.DataFrame, *, min_words: int = 8
) -> pd.DataFrame:
    """Compare the printings of each quotation that stands in several articles.

    The fullest printing of a statement, of equal ones the earliest, is what the others are
    compared with, word by word; capitals and typography do not count. A printing belongs to it
    where at least 60 % of its own words stand there, in order and three or more in a row. What was
    never printed cannot be known: the fullest one may be cut too.

    Args:
        said: SAID, ATTRIBUTIONS or QUOTATIONS; only SAID names speakers.
        articles: ARTICLES, for the text, and for outlet and day where they are known.
        min_words: Leave out shorter quotations: many say the same few words.

    Returns:
        PRINTINGS, one row for each printing of what at least two articles print: those of most
        articles first, ties by day, article and place of the fullest; its printings by day,
        article and place. Undated ones stand last. Quotations of over 1,000 words are left out.
        Empty in, empty out.

    Raises:
        ValueError: `min_words` is below 4, a frame lacks a column, or an article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles([
        ...     "“The port stays shut until every crane in Marrin is safe,” said Ada Quill.",
        ...     "“The port stays shut until every crane is safe,” said Bo Lund.",
        ... ])
        >>> printings = dl.compare_quotations(dl.find_said(articles).said, articles)
        >>> printings[["speaker", "change", "cut", "is_silent"]].to_dict("records")
        [{'speaker': 'Ada Quill', 'change': 'whole', 'cut': nan, 'is_silent': False}, \
{'speaker': 'Bo Lund', 'change': 'cut inside', 'cut': 'in Marrin', 'is_silent': True}]
        >>> printings["is_speaker_agreed"].any()
        np.False_
    """
    if min_words < 4:
        raise ValueError(f"min_words={min_words}, expected at least 4")
    articles = take_frame(
        articles, "articles", "article_id", "text", optional=("outlet", "published_on")
    )
    printings = [
        printing
        for printing in _list_printings(_take(said), articles)
        if min_words <= len(printing.words) <= _MOST_WORDS
    ]
    groups = [
        group
        for group in _group(printings)
        if len({printing.row["article_id"] for printing in group}) > 1
    ]
    groups.sort(key=lambda g: (-len({p.row["article_id"] for p in g}), _age(g[0])))
    rows = [row for group in groups for row in _tell_group(group)]
    return check_frame(build_frame("printings", rows), "printings")


def _take(said: pd.DataFrame) -> pd.DataFrame:
    """What is compared, by `content`, whichever of the three frames it is."""
    if "content" not in said:
        quotations = take_frame(said, "quotations", "article_id", "start", "end")
        spans = zip(quotations["start"], quotations["end"], strict=True)
        content = pd.Series([[[start, end]] for start, end in spans], dtype="object")
        return quotations.assign(content=content.array)
    columns = ("attribution_id", "article_id", "content", "start", "end")
    if "speaker_id" in said:
        return take_frame(said, "said", *columns, optional=("kind", "speaker_id", "speaker"))
    return take_frame(said, "attributions", *columns, optional=("kind",))


def _list_printings(said: pd.DataFrame, articles: pd.DataFrame) -> Iterator[_Printing]:
    known = articles.set_index("article_id")
    texts = known["text"].to_dict()
    added = known[["outlet", "published_on"]].to_dict("index")
    row: dict
    for row in said.to_dict("records"):
        article_id = row["article_id"]
        if article_id not in texts:
            raise ValueError(f"quotations of unknown articles: {article_id}")
        text = texts[article_id]
        found = [
            (match, part)
            for part, (start, end) in enumerate(row["content"])
            for match in _WORD.finditer(text, int(start), int(end))
        ]
        yield _Printing(
            {**row, **added[article_id], "text": text},
            [match[0].lower().translate(_FOLDED) for match, _ in found],
            [match.span() for match, _ in found],
            [part for _, part in found],
        )


def _age(printing: _Printing) -> tuple:
    row = printing.row
    day = row["published_on"]
    return pd.Timestamp.max if pd.isna(day) else day, row["article_id"], row["start"], row["end"]


def _group(printings: Iterable[_Printing]) -> list[list[_Printing]]:
    """Printings of one statement together, the fullest first, the others by age."""
    groups: list[list[_Printing]] = []
    of_run: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for printing in sorted(printings, key=lambda p: (-len(p.words), _age(p))):
        runs = {tuple(printing.words[i : i + _RUN]) for i in range(len(printing.words) - _RUN + 1)}
        votes = Counter(
            group for run in runs if len(of_run[run]) <= _MOST_SHARING for group in of_run[run]
        )
        likely = sorted(votes, key=lambda group: (-votes[group], group))[:_MOST_COMPARED]
        for group in likely:
            if _is_printing_of(groups[group][0], printing):
                groups[group].append(printing)
                break
        else:
            for run in runs:
                of_run[run].append(len(groups))
            groups.append([printing])
    return [[group[0], *sorted(group[1:], key=_age)] for group in groups]


def _is_printing_of(fullest: _Printing, printing: _Printing) -> bool:
    blocks = SequenceMatcher(None, fullest.words, printing.words, autojunk=False)
    kept = [
        word
        for block in blocks.get_matching_blocks()
        if block.size >= _RUN
        for word in printing.words[block.b : block.b + block.size]
    ]
    telling = set(kept) - load_words("stopwords_en.txt")
    return len(kept) >= _LEAST_KEPT * len(printing.words) and len(telling) >= _LEAST_TELLING


def _tell_group(group: list[_Printing]) -> list[dict]:
    fullest = group[0]
    quotation_id = hashlib.sha256(" ".join(fullest.words).encode()).hexdigest()[:12]
    speakers = (printing.row.get("speaker") for printing in group)
    # By name: the id of who has none of their own, such as “a clerk”, is of one article.
    named = {speaker.casefold() for speaker in speakers if isinstance(speaker, str)}
    shared = {"quotation_id": quotation_id, "is_speaker_agreed": len(named) < 2}
    shared["fullest_article_id"] = fullest.row["article_id"]
    return [_tell(fullest, printing) | shared for printing in sorted(group, key=_age)]


def _tell(fullest: _Printing, printing: _Printing) -> dict:
    changes = list(_list_changes(fullest, printing))
    cut = [_cover(fullest.spans[change.cut]) for change in changes if fullest.words[change.cut]]
    new = [_cover(printing.spans[change.new]) for change in changes if printing.words[change.new]]
    n_cut = sum(len(fullest.words[change.cut]) for change in changes)
    kinds = [kind for kind in (*_CUTS, "changed", "added") if kind in {c.kind for c in changes}]
    kept = ("article_id", "attribution_id", "outlet", "published_on", "kind", "speaker_id")
    return {key: printing.row.get(key) for key in (*kept, "speaker", "start", "end")} | {
        "text": " … ".join(
            join_lines(printing.row["text"][start:end]) for start, end in printing.row["content"]
        ),
        "n_words": len(printing.words),
        "kept_share": 1 - n_cut / len(fullest.words),
        "change": ", ".join(kinds) or "whole",
        "is_silent": any(_is_silent(printing, change) for change in changes),
        "cut": _join(fullest, cut),
        "cut_spans": cut,
        "new": _join(printing, new),
        "new_spans": new,
    }


def _list_changes(fullest: _Printing, printing: _Printing) -> Iterator[_Change]:
    compared = SequenceMatcher(None, fullest.words, printing.words, autojunk=False)
    for tag, first, end, new_first, new_end in compared.get_opcodes():
        if tag == "equal":
            continue
        if tag == "delete":
            kind = _CUTS[0 if first == 0 else 2 if end == len(fullest.words) else 1]
        else:
            kind = "changed" if tag == "replace" else "added"
        yield _Change(kind, slice(first, end), slice(new_first, new_end))


def _is_silent(printing: _Printing, change: _Change) -> bool:
    """Whether marks hold a change inside that no dots, brackets or closed marks tell of."""
    if printing.row.get("kind") == "indirect":
        return False
    first, end = change.new.start, change.new.stop
    if first == 0 or end == len(printing.words):
        return False  # at an end any quotation may begin or stop
    if printing.part[first - 1] != printing.part[end]:
        return False
    between = printing.row["text"][printing.spans[first - 1][1] : printing.spans[end][0]]
    return _SHOWN.search(between) is None


def _cover(spans: list[Span]) -> list[int]:
    return [spans[0][0], spans[-1][1]]


def _join(printing: _Printing, spans: list[list[int]]) -> str | None:
    text = printing.row["text"]
    return " … ".join(join_lines(text[start:end]) for start, end in spans) or None
