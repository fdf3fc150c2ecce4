"""From trends and tokens to figures of when and where terms are used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dateline.frames import take_frame
from dateline.show.drawing import (
    BLUE,
    FAINT,
    MUTED,
    RATES,
    Drawing,
    draw_ticks,
    finish,
    name_rows,
    open_panels,
    open_sheet,
    shorten,
    show_dates,
)
from dateline.show.table import count_of
from dateline.terms.keyness import LEVEL
from dateline.terms.periods import find_starts
from dateline.terms.queries.hits import ask_hits
from dateline.terms.rates import LEAST_TIMES, LEAST_WORDS, choose_base, scale_rates

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_trend(
    trends: pd.DataFrame,
    keywords: pd.DataFrame | None = None,
    *,
    top_n: int = 6,
    per: int | None = None,
) -> Drawing:
    """Draw how often terms are used over time: a line a term, gaps left open.

    Args:
        trends: TRENDS of one group.
        keywords: KEYWORDS of the same periods, as `rank_keywords(by=every)` gives them: their test
            by articles decides whether the title names a peak. None: the title claims nothing.
        top_n: How many terms to show, in the order of the frame.
        per: The base of the rates, as `choose_base` gives it for a report; None chooses it from
            the smallest period drawn.

    Returns:
        The figure; a sentence where fewer than two periods have 1,000 words. Its title names a
        peak only where that period is the term's highest, and differs from all others after the
        keywords' correction for all terms and periods that they compare.

    Raises:
        ValueError: A frame lacks a column, `trends` has several groups, or `per` is no base.

    Example:
        >>> import dateline as dl
        >>> days = ["2025-01-07", "2025-02-06"]
        >>> rows = [{"text": "Port " * 900 + "sea " * 900, "date": day} for day in days]
        >>> articles = dl.make_articles([*rows, {"text": "Sea " * 1200, "date": "2025-03-01"}])
        >>> dl.draw_trend(dl.count_trend(dl.find_tokens(articles), articles, "port"))
        Lines over time for 1 term: 1 term from January 2025 to March 2025.
    """
    columns = ("term", "period", "n", "n_tokens", *RATES)
    trends = take_frame(trends, "trends", *columns, optional=["group"])
    if len(groups := trends["group"].dropna().unique()) > 1:
        raise ValueError(f"`trends` has the groups {', '.join(groups)}: choose one to draw")
    terms = list(trends["term"].drop_duplicates()[:top_n])
    shown = trends[trends["term"].isin(terms)].assign(group="all")
    per = per or choose_base(shown)
    rates = [f"per_{per}{end}" for end in ("", "_low", "_high")]
    shown = scale_rates(shown, per).sort_values("period", kind="stable")
    drawn = shown[shown[rates[0]].notna()]
    if drawn["period"].nunique() < 2:
        why = f"no term occurs {LEAST_TIMES} times"
        if shown.loc[shown["n_tokens"] >= LEAST_WORDS, "period"].nunique() < 2:
            why = f"fewer than two periods have {LEAST_WORDS:,} dated words; longer ones may"
        return Drawing(f"There is no line over time: {why}.")
    terms = [term for term in terms if drawn["term"].eq(term).any()]
    title = _find_peak(drawn, shown["period"], keywords)
    # The band of a period with few articles may be many times as high as all rates.
    top = float(min(2.5 * drawn[rates[0]].max(), 1.05 * drawn[rates].max().max()))
    with open_sheet(title, height=0.75 + 1.45 * -(-len(terms) // 3)) as sheet:
        panels = open_panels(sheet, [shorten(term, 24) for term in terms], columns=3)
        for axis, term in zip(panels, terms, strict=True):
            _draw_line(axis, shown.loc[shown["term"] == term, ["period", *rates]])
            axis.set_ylim(0, top)
        sheet.supylabel(f"times per {per:,} words", color=MUTED)
        return finish(
            sheet,
            f"Lines over time for {count_of(len(terms), 'term')}: {title}.",
            caption="The band is the 95 % interval, which allows for words coming in articles. "
            f"A gap is a period of fewer than {LEAST_WORDS:,} words; a term seen fewer than "
            f"{LEAST_TIMES} times has no line.",
        )


def _find_peak(drawn: pd.DataFrame, periods: pd.Series, keywords: pd.DataFrame | None) -> str:
    """The title: the surest peak among the lines drawn, or that there is none."""
    first, last = (
        _say_period(end, periods) for end in (drawn["period"].min(), drawn["period"].max())
    )
    untested = f"{count_of(drawn['term'].nunique(), 'term')} from {first} to {last}"
    if keywords is None:
        return untested
    columns = ("group", "term", "log_ratio", "log_ratio_sure", "p_bh")
    tested = take_frame(keywords, "keywords", *columns)
    tested = tested.assign(period=find_starts(tested["group"])).drop(columns="group")
    highest = drawn.groupby("term")["per_million"].transform("max")
    drawn = drawn[["term", "period"]].assign(is_highest=drawn["per_million"] == highest)
    tested = tested.merge(drawn, on=["term", "period"])
    if tested.empty:
        return untested
    if tested["p_bh"].isna().all():
        return "There are too few articles to compare the periods"
    sure = tested[tested["is_highest"] & tested["p_bh"].lt(LEVEL) & tested["log_ratio"].gt(0)]
    if sure.empty:
        return "No term clearly rises or falls"
    order = ["log_ratio_sure", "term", "period"]
    peak = sure.sort_values(by=order, ascending=[False, True, True]).iloc[0]
    return f"“{peak['term']}” peaks in {_say_period(peak['period'], periods)}"


def _say_period(start: pd.Timestamp, periods: pd.Series) -> str:
    """A period by its year, quarter or month, or (of days and weeks) by its first day."""
    if (periods.dt.day > 1).any():
        return f"{start:%d %B %Y}"
    if (periods.dt.month == 1).all():
        return f"{start:%Y}"
    # Each period from the first to the last is there, also those without words.
    is_quarter = periods.dt.month.isin([1, 4, 7, 10]).all()
    return f"Q{start.quarter} {start:%Y}" if is_quarter else f"{start:%B %Y}"


def _draw_line(axis: Axes, points: pd.DataFrame) -> None:
    period, rate, low, high = (points[name] for name in points)
    axis.fill_between(period, low, high, color=BLUE, alpha=0.16)
    axis.plot(period, rate, color=BLUE, marker="o", markersize=3)
    show_dates(axis, most=5)
    axis.yaxis.set_major_formatter("{x:,.6g}")
    axis.locator_params(axis="y", nbins=4)
    axis.grid(axis="y")


def draw_dispersion(
    tokens: pd.DataFrame, articles: pd.DataFrame, terms: str | Iterable[str]
) -> Drawing:
    """Draw where terms occur: all articles end to end, a mark for each occurrence.

    Args:
        tokens: TOKENS, which also give the length of each article.
        articles: ARTICLES, for their order in time.
        terms: One or more terms or other queries (see `count_terms`), a row each.

    Returns:
        The figure, dated articles first, oldest at the left; the caption names terms that do not
        occur. A sentence where none does.

    Raises:
        ValueError: A frame lacks a column, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut.", "The port opens."])
        >>> dl.draw_dispersion(dl.find_tokens(articles), articles, ["Port", "sea"])
        Strip of where 1 term occurs: “port” stands in 2 of 2 articles.
    """
    tokens = take_frame(tokens, "tokens", "article_id", "term")
    articles = take_frame(articles, "articles", "article_id", optional=["published_on"])
    if unknown := sorted(set(tokens["article_id"]) - set(articles["article_id"])):
        raise ValueError(f"the article {unknown[0]!r} of `tokens` is not in `articles`")
    ordered = articles.sort_values(["published_on", "article_id"])["article_id"]
    lengths = tokens.groupby("article_id", observed=True).size().reindex(ordered).fillna(0)
    starts = lengths.cumsum() - lengths
    marks, missing = _mark_places(tokens, starts, terms)
    if marks.empty:
        return Drawing("None of the terms occurs, so there is no strip of where they stand.")
    held = marks.groupby("term", sort=False)["article_id"].nunique()
    found, rows = list(held.index), pd.factorize(marks["term"])[0]
    title = _name_widest(held, len(articles))
    with open_sheet(title, height=0.85 + 0.27 * len(found)) as sheet:
        axis = sheet.subplots()
        if len(starts) <= 120:
            draw_ticks(axis, starts, -0.6, len(found) - 0.4, color=FAINT, linewidth=0.6)
        draw_ticks(axis, marks["place"], rows - 0.34, rows + 0.34, color=BLUE, linewidth=0.9)
        name_rows(axis, found, notes=[count_of(n, "article") for n in held])
        axis.grid(visible=False)
        axis.set_xlim(0, lengths.sum())
        axis.set_xlabel("words, all articles end to end, oldest first")
        axis.tick_params(axis="y", pad=6)
        return finish(
            sheet,
            f"Strip of where {count_of(len(found), 'term')} occur{'s' * (len(found) == 1)}: "
            f"{title}.",
            caption="Each mark is one occurrence. Articles without a day of publication come last."
            + "".join(f" “{term}” stands nowhere." for term in missing),
        )


def _name_widest(held: pd.Series, n_articles: int) -> str:
    """Which term stands in most articles, in numbers that are true of these articles."""
    within = f"{held.max():,} of {count_of(n_articles, 'article')}"
    widest = held.index[held == held.max()]
    who = f"“{widest[0]}” stands" if len(widest) == 1 else f"{len(widest)} terms stand"
    return f"{who} in {within}" + ", no term in more" * (len(held) > 1)


def _mark_places(
    tokens: pd.DataFrame, starts: pd.Series, terms: str | Iterable[str]
) -> tuple[pd.DataFrame, list[str]]:
    """Term, article and place of each occurrence, articles end to end; the terms without one."""
    hits = {name: own.first for name, own in ask_hits(tokens, terms, "terms").items()}
    first = np.concatenate([*hits.values(), np.array([], int)])
    within = tokens.groupby("article_id", observed=True).cumcount().to_numpy()[first]
    article = tokens["article_id"].take(first).reset_index(drop=True)
    marks = {
        "term": np.repeat(np.array(list(hits), dtype=object), list(map(len, hits.values()))),
        "article_id": article,
        "place": article.map(starts).to_numpy(float) + within,
    }
    return pd.DataFrame(marks), [name for name, own in hits.items() if not len(own)]
