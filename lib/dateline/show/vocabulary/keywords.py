"""From tokens to the keywords that reports compare: of groups, of speech, and of speakers."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dateline.frames import empty_frame, take_frame
from dateline.show.table import Html, say, show_table
from dateline.terms import NARRATOR, UNDECIDED, rank_keywords
from dateline.terms.cases import ARTICLES, LEAST_CASES, LISTED, PAIRS
from dateline.terms.cells import UNKNOWN, count_cells
from dateline.terms.formulas.article_tests import adjust_p_values
from dateline.terms.keyness import LEVEL
from dateline.terms.periods import PERIODS

SPEECH = "speech"
OTHERS = "other speech"
TESTED = (ARTICLES, PAIRS)  # the values of `test` where there are articles to compare


def rank_groups(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str,
    compare: Collection[str] = (),
    exclude: Collection[str] = (),
    include: Collection[str] | None = None,
    min_n: int = 1,
) -> pd.DataFrame:
    """Rank the keywords of each group against the rest, where there are groups to compare.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES.
        by: What groups them, as in `count_terms`.
        compare: Two groups, to compare the first with the second alone; none for all.
        exclude: Terms to leave out.
        include: Queries to compare alone, see `rank_keywords`; none compares nothing.
        min_n: Leave out terms seen fewer times in all.

    Returns:
        KEYWORDS as `rank_keywords` gives them; empty where there is one group or none.

    Raises:
        ValueError: `by` is in neither frame, or `compare` is not two of the groups.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": "Port port port.", "outlet": "A"}, {"text": "Sea sea.", "outlet": "B"}]
        >>> articles = dl.make_articles(rows)
        >>> keywords = dl.rank_groups(dl.find_tokens(articles), articles, by="outlet")
        >>> keywords[keywords["log_ratio"] > 0][["group", "term", "n"]].values.tolist()
        [['A', 'port', 3], ['B', 'sea', 2]]
    """
    groups = _list_groups(tokens, articles, by)
    pair = list(compare)
    if pair and (len(pair) != 2 or len({*pair} & {*groups}) != 2):
        raise ValueError(f"compare={pair!r}, expected two of {', '.join(groups)}")
    if len(groups) < 2 or (include is not None and not include):
        return empty_frame("keywords")
    sides = {"target": pair[0], "reference": pair[1]} if pair else {}
    return rank_keywords(
        tokens, articles, by=by, exclude=exclude, include=include, min_n=min_n, **sides
    )


def _list_groups(tokens: pd.DataFrame, articles: pd.DataFrame, by: str) -> list[str]:
    """The known groups that have words, in order."""
    cells = count_cells(tokens, articles, by)
    return [name for name in cells.names[cells.sum_groups() > 0] if name != UNKNOWN]


def rank_new_terms(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    every: str = "month",
    exclude: Collection[str] = (),
    min_n: int = 1,
) -> pd.DataFrame:
    """Rank the terms of the last period against all earlier ones.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES, for the days of publication; those without one are left out.
        every: The length of a period: day, week, month, quarter or year.
        exclude: Terms to leave out.
        min_n: Leave out terms seen fewer times in all.

    Returns:
        KEYWORDS as `rank_keywords` gives them, of the last period that has words; empty where
        there is one period or none. Terms that are new, or more frequent than before, have a
        log_ratio above 0; which of them are no chance, p_bh says.

    Raises:
        ValueError: `every` is no period, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> days = ["2025-01-07", "2025-01-09", "2025-02-06"]
        >>> rows = [{"text": "Port.", "date": day} for day in days]
        >>> articles = dl.make_articles([*rows, {"text": "Sea wall.", "date": "2025-02-07"}])
        >>> new = dl.rank_new_terms(dl.find_tokens(articles), articles)
        >>> new[["group", "term", "n", "n_reference", "test"]].tail(1).values.tolist()
        [['2025-02', 'wall', 1, 0, 'none: too few articles']]
    """
    if every not in PERIODS:
        raise ValueError(f"every={every!r}, expected {', '.join(PERIODS)}")
    periods = _list_groups(tokens, articles, every)
    if len(periods) < 2:
        return empty_frame("keywords")
    return rank_keywords(
        tokens, articles, by=every, target=periods[-1], exclude=exclude, min_n=min_n
    )


def rank_voices(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    exclude: Collection[str] = (),
    min_n: int = 1,
    top_n: int = 4,
) -> pd.DataFrame:
    """Rank the keywords of speech against narration, and of speakers against all other speech.

    What nobody can be named for may be any speaker's: it is speech, and no other speaker's.

    Args:
        tokens: TOKENS with `voice`, as `add_voice` gives them.
        articles: ARTICLES.
        exclude: Terms to leave out.
        min_n: Leave out terms seen fewer times in all.
        top_n: Speakers to compare: those with the most words.

    Returns:
        KEYWORDS: first of the group "speech", then of each speaker, most words first; p_bh is
        over all of them. Empty where nobody speaks or nothing is narrated.

    Raises:
        ValueError: `tokens` has no column `voice`, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“Shut, shut, shut,” said Ada Quill. The port was shut."])
        >>> found = dl.find_said(articles)
        >>> voiced = dl.add_voice(dl.find_tokens(articles), found.said, found.attributions)
        >>> ranked = dl.rank_voices(voiced, articles).set_index(["group", "term"])
        >>> ranked.loc[("speech", "shut"), ["n", "n_reference"]].tolist()
        [3, 1]
    """
    tokens = take_frame(tokens, "tokens", "article_id", "term")
    if "voice" not in tokens:
        raise ValueError("`tokens` has no column 'voice': add_voice adds it")
    voice = tokens["voice"].astype("str")
    spoken = tokens[voice != NARRATOR]
    if spoken.empty or len(spoken) == len(tokens):
        return empty_frame("keywords")
    both = tokens.assign(voice=voice.where(voice == NARRATOR, SPEECH))

    def rank(own: pd.DataFrame, target: str) -> pd.DataFrame:
        return rank_keywords(own, articles, by="voice", target=target, exclude=exclude, min_n=min_n)

    ranked = [rank(both, SPEECH)]
    named = spoken[voice[spoken.index] != UNDECIDED]
    voice = voice[named.index]
    words = voice.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    if len(words) > 1:  # else there is no other speech
        for name in words.index[:top_n]:
            ranked.append(rank(named.assign(voice=voice.where(voice == name, OTHERS)), str(name)))
    keywords = pd.concat(ranked, ignore_index=True)
    p_bh, p_bonferroni = adjust_p_values(keywords["p"].to_numpy())
    return keywords.assign(p_bh=p_bh, p_bonferroni=p_bonferroni)


def say_why_untested(keywords: pd.DataFrame) -> str:
    """Why no term of KEYWORDS is tested."""
    if keywords["test"].eq(LISTED).any():
        return "a list has no articles to test against"
    return "one side has fewer than five articles"


def show_groups(keywords: pd.DataFrame, columns: str, *, caption: str, most: int = 8) -> Html:
    """Show the terms that each group clearly uses more than its reference.

    Args:
        keywords: KEYWORDS.
        columns: The columns to show, between spaces.
        caption: What the table shows.
        most: Terms of each group.

    Returns:
        A table of the six groups with the most words, in their order, of the terms whose p_bh is
        below 0.05; a sentence that says why where there are none. Against a list nothing can be
        tested: then those are shown that five articles hold and whose interval is above 0, and the
        caption says that they are no findings.

    Raises:
        ValueError: A column is not in the frame.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": "Port and sea."} | {"outlet": outlet} for outlet in "AAAAABBBBB"]
        >>> rows[:5] = [{"text": "Port and gale.", "outlet": "A"}] * 5
        >>> articles = dl.make_articles(rows).assign(cluster_id=None)
        >>> keywords = dl.rank_groups(dl.find_tokens(articles), articles, by="outlet")
        >>> dl.show_groups(keywords, "term n", caption="Keywords")
        Keywords
        term  n
        gale  5
         sea  5
        >>> dl.show_groups(keywords.head(0), "term n", caption="Keywords")
        Keywords: nothing can be compared, as one side has fewer than five articles.
    """
    keywords = take_frame(
        keywords,
        "keywords",
        *("group", "n_articles", "n_tokens", "log_ratio", "log_ratio_sure", "test", "p", "p_bh"),
    )
    sizes = keywords.groupby("group")["n_tokens"].max().sort_values(ascending=False, kind="stable")
    n_tested = int(keywords["p"].notna().sum())
    is_sure = keywords["p_bh"].lt(LEVEL) & keywords["log_ratio"].gt(0)
    is_listed = keywords["test"].eq(LISTED)
    is_more = keywords["n_articles"].ge(LEAST_CASES) & keywords["log_ratio_sure"].gt(0)
    sure = keywords[is_sure | (is_listed & is_more)]
    caption += ", not tested: a list has no articles" * bool(is_listed.any())
    above = sure[sure["group"].isin(sizes.index[:6])]
    if not (keywords["test"].isin(TESTED) | is_listed).any():
        return say(f"{caption}: nothing can be compared, as {say_why_untested(keywords)}.")
    if above.empty:
        of = f" of {n_tested:,} compared, each may be chance" if n_tested else ""
        return say(f"{caption}: none{';' * bool(of)}{of}.")
    return show_table(above, columns, caption=caption, top_n=most, by="group")
