"""From counts to rates that people read: one base for a report, and none from too few words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.terms.cells import UNKNOWN, count_cells
from dateline.terms.periods import PERIODS

BASES = (10**3, 10**4, 10**5, 10**6)
LEAST_WORDS = 1_000  # of a group: a base larger than what was counted is no rate (Brezina 2018)
LEAST_TIMES = 5  # of a term: one occurrence more or less would change the rate by a fifth
WIDEST = 5  # times the rate: an interval that reaches higher, as of two articles, says nothing
_ENDS = ("", "_low", "_high", "_reference")


def choose_base(*counts: pd.DataFrame) -> int:
    """Choose the base of a report's rates: per 1,000, 10,000, 100,000 or 1,000,000 words.

    Args:
        counts: All frames that are shown: TERM_COUNTS, TRENDS or others with `n_tokens`.

    Returns:
        The largest base that no group shown is smaller than. Groups of fewer than 1,000 words have
        no rates, and "unknown" is no group: neither counts. 1,000 where there are no others.

    Raises:
        ValueError: A frame has no column `n_tokens`.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. " * 3000, "The port opens. " * 500])
        >>> tokens = dl.find_tokens(articles)
        >>> counts = dl.count_terms(tokens, articles)
        >>> dl.choose_base(counts)
        10000
        >>> dl.choose_base(counts, dl.count_terms(tokens, articles, by="article_id"))
        1000
    """
    sizes = []
    for frame in counts:
        if "n_tokens" not in frame:
            raise ValueError(
                f"there is no column 'n_tokens'; there are {', '.join(map(str, frame))}"
            )
        sizes += [frame["n_tokens"] if "group" not in frame else leave_unknown(frame)["n_tokens"]]
    known = pd.concat(sizes) if sizes else pd.Series(dtype="int64")
    least = known[known >= LEAST_WORDS].min()
    return max((base for base in BASES if base <= least), default=BASES[0])


def choose_period(tokens: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Choose the length of the steps over time that a corpus is large enough for.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES, for `published_on`.

    Returns:
        The shortest of week, month, quarter and year of which there are two or more, half of them
        with 1,000 words at least; "month" where none is.

    Raises:
        ValueError: A column is missing, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> days = ["2025-01-07", "2025-02-06", "2025-05-06"]
        >>> articles = dl.make_articles([{"text": "Sea. " * 700, "date": day} for day in days])
        >>> dl.choose_period(dl.find_tokens(articles), articles)
        'quarter'
    """
    articles = take_frame(articles, "articles", "article_id", "published_on")
    for every in list(PERIODS)[1:]:
        cells = count_cells(tokens, articles, every)
        sizes = cells.sum_groups()[cells.names != UNKNOWN]
        if len(sizes) > 1 and np.median(sizes) >= LEAST_WORDS:
            return every
    return "month"


def scale_rates(counts: pd.DataFrame, per: int) -> pd.DataFrame:
    """Add the rates of a frame on a base, with their intervals; none from too few words.

    Args:
        counts: TERM_COUNTS, TRENDS, KEYWORDS or others with `n`, `n_tokens` and `per_million`.
        per: The base, as `choose_base` gives it.

    Returns:
        The frame with a column `per_1000` (or another base) beside each `per_million`, as with
        `_low`, `_high` and `_reference`. NaN where a group has fewer than 1,000 words, or the term
        fewer than 5 occurrences; of a line over time those of all its periods are asked. The
        interval is NaN, too, but of a line, where it reaches above five times the rate, as those of
        two or three articles may.

    Raises:
        ValueError: `per` is none of the four bases, or a column is missing.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. " * 300 + "Rain."])
        >>> counts = dl.count_terms(dl.find_tokens(articles), articles)
        >>> dl.scale_rates(counts, 1000)[["term", "n", "per_1000"]].tail(2).round(1).values.tolist()
        [['the', 300, 249.8], ['rain', 1, nan]]
    """
    if per not in BASES:
        raise ValueError(f"per={per!r}, expected {', '.join(map(str, BASES))}")
    if missing := {"n", "n_tokens", "per_million"} - set(counts):
        raise ValueError(
            f"there is no column {min(missing)!r}; there are {', '.join(map(str, counts))}"
        )
    scaled = counts.copy()
    n = counts["n"]
    if "period" in counts:
        n = n.groupby([counts["group"], counts["term"]]).transform("sum")
    for end in _ENDS:
        if f"per_million{end}" in counts:
            side = end if end == "_reference" else ""
            times, words = counts[f"n{side}"] if side else n, counts[f"n_tokens{side}"]
            has_rate = (times >= LEAST_TIMES) & (words >= LEAST_WORDS)
            # Of a line the band at its other points tells how far to trust one.
            if end in ("_low", "_high") and "period" not in counts:
                has_rate &= counts["per_million_high"] <= WIDEST * counts["per_million"]
            scaled[f"per_{per}{end}"] = np.where(
                has_rate, counts[f"per_million{end}"] * (per / 1e6), np.nan
            )
    return scaled


def leave_unknown(counts: pd.DataFrame) -> pd.DataFrame:
    """The rows whose group has a name: articles without an outlet are no paper."""
    groups = counts["group"].dropna().unique()
    unknown = [name for name in groups if UNKNOWN in str(name).split(" · ")]
    return counts[~counts["group"].isin(unknown)]
