"""From tokens to the keywords that reports compare: of groups, of speech, and of speakers."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dateline.frames import empty_frame, take_frame
from dateline.show.table import Html, show_table
from dateline.terms import NARRATOR, UNDECIDED, rank_keywords
from dateline.terms.cells import count_cells

SPEECH = "speech"


def rank_groups(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str,
    exclude: Collection[str] = (),
    min_n: int = 1,
) -> pd.DataFrame:
    """Rank the keywords of each group against the rest, where there are groups to compare.

    Args:
        tokens: TOKENS of these articles.
        articles: ARTICLES.
        by: What groups them, as in `count_terms`.
        exclude: Terms to leave out.
        min_n: Leave out terms seen fewer times in all.

    Returns:
        KEYWORDS as `rank_keywords` gives them; empty where there is one group or none.

    Raises:
        ValueError: `by` is in neither frame.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": "Port port port.", "outlet": "A"}, {"text": "Sea sea.", "outlet": "B"}]
        >>> articles = dl.make_articles(rows)
        >>> keywords = dl.rank_groups(dl.find_tokens(articles), articles, by="outlet")
        >>> keywords[keywords["log_ratio"] > 0][["group", "term", "n"]].values.tolist()
        [['A', 'port', 3], ['B', 'sea', 2]]
    """
    if (count_cells(tokens, articles, by).sum_groups() > 0).sum() < 2:
        return empty_frame("keywords")
    return rank_keywords(tokens, articles, by=by, exclude=exclude, min_n=min_n)


def rank_voices(
    tokens: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    exclude: Collection[str] = (),
    min_n: int = 1,
    top_n: int = 4,
) -> pd.DataFrame:
    """Rank the keywords of speech against narration, and of speakers against all other speech.

    Args:
        tokens: TOKENS with `voice`, as `add_voice` gives them.
        articles: ARTICLES.
        exclude: Terms to leave out.
        min_n: Leave out terms seen fewer times in all.
        top_n: Speakers to compare: those with the most words.

    Returns:
        KEYWORDS: first of the group "speech", then of each speaker, most words first; empty where
        nobody speaks or nothing is narrated.

    Raises:
        ValueError: `tokens` has no column `voice`, or a token's article is unknown.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“Shut, shut, shut,” said Ada Quill. The port was shut."])
        >>> found = dl.find_said(articles)
        >>> voiced = dl.add_voice(dl.find_tokens(articles), found.said, found.attributions)
        >>> dl.rank_voices(voiced, articles)[["group", "term", "n", "n_reference"]].head(1)
            group term  n  n_reference
        0  speech shut  3            1
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
    words = voice[spoken.index].value_counts().sort_index().drop(UNDECIDED, errors="ignore")
    if len(spoken["voice"].unique()) > 1:  # else there is no other speech
        for name in words.sort_values(ascending=False, kind="stable").index[:top_n]:
            ranked.append(rank(spoken, str(name)))
    return pd.concat(ranked, ignore_index=True)


def show_groups(keywords: pd.DataFrame, columns: str, *, caption: str, most: int = 8) -> Html:
    """Show the terms that each group uses more than its reference.

    Args:
        keywords: KEYWORDS.
        columns: The columns to show, between spaces.
        caption: What the table shows.
        most: Terms of each group.

    Returns:
        A table of the six groups with the most words, in their order; a sentence where there is
        nothing to compare.

    Raises:
        ValueError: A column is not in the frame.

    Example:
        >>> import dateline as dl
        >>> rows = [{"text": "Port port port.", "outlet": "A"}, {"text": "Sea sea.", "outlet": "B"}]
        >>> articles = dl.make_articles(rows)
        >>> keywords = dl.rank_groups(dl.find_tokens(articles), articles, by="outlet")
        >>> dl.show_groups(keywords, "term n", caption="Keywords")
        Keywords
        term  n
        port  3
         sea  2
    """
    keywords = take_frame(keywords, "keywords", "group", "n_tokens", "log_ratio")
    sizes = keywords.groupby("group")["n_tokens"].max().sort_values(ascending=False, kind="stable")
    above = keywords[keywords["group"].isin(sizes.index[:6]) & keywords["log_ratio"].gt(0)]
    return show_table(above, columns, caption=caption, top_n=most, by="group")
