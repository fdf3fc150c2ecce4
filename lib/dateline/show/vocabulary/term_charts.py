"""From term counts and keywords to figures."""

from __future__ import annotations

import textwrap

import pandas as pd

from dateline.frames import take_frame
from dateline.show.drawing import (
    BLUE,
    MUTED,
    RATES,
    Drawing,
    draw_bars,
    finish,
    open_panels,
    open_sheet,
    take_groups,
    take_largest,
    write,
)
from dateline.show.table import count_of, say_rate
from dateline.terms.keyness import LEVEL
from dateline.terms.rates import LEAST_TIMES, LEAST_WORDS, choose_base, leave_unknown, scale_rates

_COUNTED = ("group", "term", "n", "n_articles", "n_tokens", "rank")
_FLOOR = f"No rate is given below {LEAST_TIMES} occurrences."
_INTERVAL = "the 95 % interval of the rate, which allows for words coming in articles"


def draw_terms(
    term_counts: pd.DataFrame, articles: pd.DataFrame, *, top_n: int = 20, per: int | None = None
) -> Drawing:
    """Draw the most frequent terms as bars, with intervals and article counts.

    Args:
        term_counts: TERM_COUNTS of one group.
        articles: ARTICLES, for how many there are in all.
        top_n: How many terms to show.
        per: The base of the rates, as `choose_base` gives it for a report; None chooses it from
            these words. Of fewer than 1,000 words the bars are occurrences, not rates.

    Returns:
        The figure, most frequent first; its title counts, and claims nothing more. A sentence
        where there are no terms.

    Raises:
        ValueError: `term_counts` lacks a column, or `per` is no base.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["The port is shut. The port opens."])
        >>> counts = dl.count_terms(dl.find_tokens(articles), articles)
        >>> dl.draw_terms(counts, articles, top_n=1)
        Bar chart of the 1 most frequent term in 1 article: “port” is used most: 2 times in 1 of \
1 article.
    """
    term_counts = take_frame(term_counts, "term_counts", *_COUNTED, *RATES)
    shown = term_counts.sort_values(["rank", "term"]).head(top_n)
    if shown.empty:
        return Drawing("No term is frequent enough to be drawn.")
    terms, held = list(shown["term"]), shown["n_articles"]
    notes = [f"{n:,} in {count_of(m, 'article')}" for n, m in zip(shown["n"], held, strict=True)]
    title = _name_most(shown, len(articles))
    unit, values = "occurrences", shown["n"].astype(float)
    spans: list[tuple[float, float]] = []
    if shown["n_tokens"].iloc[0] >= LEAST_WORDS:
        per = per or choose_base(shown)
        scaled = scale_rates(shown, per)
        unit, values = f"times per {per:,} words", scaled[f"per_{per}"].fillna(0)
        low, high = (scaled[f"per_{per}_{end}"].fillna(values) for end in ("low", "high"))
        spans = list(zip(low, high, strict=True))
    with open_sheet(title, height=0.9 + 0.235 * len(shown)) as sheet:
        axis = sheet.subplots()
        draw_bars(axis, terms, {BLUE: list(values)}, notes=notes, spans=spans)
        axis.set_xlabel(unit)
        return finish(
            sheet,
            f"Bar chart of the {count_of(len(shown), 'most frequent term')} in "
            f"{count_of(len(articles), 'article')}: {title}.",
            caption=(f"The dark line on each bar is {_INTERVAL}. {_FLOOR} " if spans else "")
            + "Beside each bar stands how often the term occurs and in how many articles.",
        )


def _name_most(shown: pd.DataFrame, n_articles: int) -> str:
    """What is used most, in numbers that are true of these articles whatever others hold."""
    most = shown[shown["n"] == shown["n"].iloc[0]]
    times = count_of(most["n"].iloc[0], "time")
    if len(most) > 1:
        return f"{count_of(len(most), 'term')} are used most, {times} each"
    within = f"{most['n_articles'].iloc[0]:,} of {count_of(n_articles, 'article')}"
    return f"“{most['term'].iloc[0]}” is used most: {times} in {within}"


def draw_terms_by_group(
    term_counts: pd.DataFrame,
    keywords: pd.DataFrame | None = None,
    *,
    by: str = "outlet",
    top_n: int = 12,
    per: int | None = None,
) -> Drawing:
    """Draw the same terms side by side, with intervals, one panel a group.

    Args:
        term_counts: TERM_COUNTS of two groups or more. "unknown" is no group, and one of fewer
            than 1,000 words has no rates; neither is drawn.
        keywords: KEYWORDS of the same groups, whose test by articles decides what the title says,
            so that this figure and `draw_keyness` cannot disagree. None: the title claims nothing.
        by: What the groups are, as in `count_terms`; for the title.
        top_n: How many terms to show: those most frequent over the groups drawn.
        per: The base of the rates, as `choose_base` gives it for a report; None chooses it from
            the smallest group drawn.

    Returns:
        The figure, groups with the most words first; a sentence where there are not two groups.

    Raises:
        ValueError: A frame lacks a column, or `per` is no base.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": "Port sea. " * 999, "outlet": "A"}, {"text": "Sea. " * 999}]
        >>> articles = dl.make_articles([*rows, {"text": "Sea. " * 1500, "outlet": "B"}])
        >>> counts = dl.count_terms(dl.find_tokens(articles), articles, by="outlet")
        >>> dl.draw_terms_by_group(counts)
        Bar charts of 2 terms in 2 outlets: The 2 most frequent terms in 2 outlets.
    """
    term_counts = take_frame(term_counts, "term_counts", *_COUNTED, *RATES)
    named = leave_unknown(term_counts)
    large = named[named["n_tokens"] >= LEAST_WORDS]
    sizes, groups = large.groupby("group")["n_tokens"].max(), take_groups(large, by, 5)
    if len(groups) < 2:
        return Drawing(
            f"There is nothing to compare: fewer than two {by}s have a name and "
            f"{LEAST_WORDS:,} words."
        )
    shown = large[large["group"].isin(groups)]
    terms = take_largest(shown.groupby("term")["n"].sum(), top_n)
    per = per or choose_base(shown)
    title = _find_divider(keywords, groups, terms, by)
    rates, lows, highs, n = (
        scale_rates(shown, per)
        .pivot_table(index="term", columns="group", values=name, dropna=False)
        .reindex(index=terms, columns=groups)
        for name in (f"per_{per}", f"per_{per}_low", f"per_{per}_high", "n")
    )
    longest = 2 * rates.max().max()  # of few articles the interval may be many times as long
    with open_sheet(title, height=1.25 + 0.225 * len(terms)) as sheet:
        width = 62 // len(groups)
        names = [textwrap.fill(group, width, max_lines=2, placeholder="…") for group in groups]
        panels = open_panels(sheet, [f"{name}\n" for name in names], columns=len(groups))
        for axis, group in zip(panels, groups, strict=True):
            both = zip(rates[group], n[group].fillna(0), strict=True)
            notes = [say_rate(rate) if rate == rate else f"({times:.0f})" for rate, times in both]
            bars = rates[group].fillna(0)
            ends = highs[group].fillna(bars).clip(upper=longest)
            spans = list(zip(lows[group].fillna(bars), ends, strict=True))
            draw_bars(axis, terms, {BLUE: list(bars)}, notes=notes, spans=spans)
            words = count_of(sizes[group], "word")
            write(axis, words, (0, 1), (0, 5), xycoords="axes fraction", color=MUTED)
            axis.set_xticks([])
            axis.spines["bottom"].set_visible(False)
        sheet.supxlabel(f"times per {per:,} words", color=MUTED)
        return finish(
            sheet,
            f"Bar charts of {count_of(len(terms), 'term')} in {len(groups)} {by}s: {title}.",
            caption=_say_drawn(term_counts, groups, by),
        )


def _find_divider(
    keywords: pd.DataFrame | None, groups: list[str], terms: list[str], by: str
) -> str:
    """The title: the surest keyword among the terms drawn, or that there is none."""
    untested = f"The {count_of(len(terms), 'most frequent term')} in {len(groups)} {by}s"
    if keywords is None:
        return untested
    # Keywords of speakers may tell of all speech against narration, too: no panel shows it.
    columns = ("group", "term", "log_ratio", "log_ratio_sure", "p_bh")
    tested = take_frame(keywords, "keywords", *columns)
    tested = tested[tested["term"].isin(terms) & tested["group"].isin(groups)]
    if tested.empty:
        return untested
    if tested["p_bh"].isna().all():
        return f"There are too few articles to compare the {by}s"
    sure = tested[tested["p_bh"] < LEVEL]
    if sure.empty:
        return f"No term drawn clearly divides the {by}s"
    # As in `draw_keyness`: the surest effect goes first, and what a group has before what it lacks.
    is_above = bool((sure["log_ratio"] > 0).any())
    sure = sure[(sure["log_ratio"] > 0) == is_above].sort_values(
        by=["log_ratio_sure", "term", "group"], ascending=[not is_above, True, True]
    )
    term, group = sure["term"].iloc[0], sure["group"].iloc[0]
    if is_above:
        return f"“{term}” sets {group} apart"
    # Of a speaker the test is against other speech.
    return f"“{term}” is rarer {'with' if by == 'voice' else 'in'} {group} than elsewhere"


def _say_drawn(term_counts: pd.DataFrame, groups: list[str], by: str) -> str:
    """What a reader must know of the groups: those left out, and numbers that are no rates."""
    n_groups = term_counts["group"].nunique()
    said = f"The {by}s with the most words, {len(groups)} of {n_groups}"
    if n_groups > len(groups):
        said += f"; none without a name, or of fewer than {LEAST_WORDS:,} words"
    return (
        f"{said}. The dark line on each bar is {_INTERVAL}, cut at twice the longest bar. In "
        f"brackets, occurrences: below {LEAST_TIMES} there is no rate."
    )
