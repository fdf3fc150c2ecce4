"""From tokens to the keywords that reports compare: of groups, of speech, and of speakers."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from dateline.frames import empty_frame
from dateline.show.table import Html, show_table
from dateline.terms import NARRATOR, UNDECIDED, count_terms, rank_keywords

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
    """
    if count_terms(tokens, articles, by=by)["group"].nunique() < 2:
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
    """
    voice = tokens["voice"].astype("str")
    spoken = tokens[voice != NARRATOR]
    if spoken.empty or len(spoken) == len(tokens):
        return empty_frame("keywords")
    both = tokens.assign(voice=voice.where(voice == NARRATOR, SPEECH))
    choices = {"by": "voice", "exclude": exclude, "min_n": min_n}
    ranked = [rank_keywords(both, articles, target=SPEECH, **choices)]
    words = voice[spoken.index].value_counts().sort_index().drop(UNDECIDED, errors="ignore")
    if len(spoken["voice"].unique()) > 1:  # else there is no other speech
        for name in words.sort_values(ascending=False, kind="stable").index[:top_n]:
            ranked.append(rank_keywords(spoken, articles, target=name, **choices))
    return pd.concat(ranked, ignore_index=True)


def show_groups(keywords: pd.DataFrame, columns: str, *, caption: str, top_n: int = 8) -> Html:
    """Show the terms that each group uses more than its reference.

    Args:
        keywords: KEYWORDS.
        columns: The columns to show, between spaces.
        caption: What the table shows.
        top_n: Terms of each group.

    Returns:
        A table of the six groups with the most words, in their order; a sentence where there is
        nothing to compare.
    """
    sizes = keywords.groupby("group")["n_tokens"].max().sort_values(ascending=False, kind="stable")
    above = keywords[keywords["group"].isin(sizes.index[:6]) & keywords["log_ratio"].gt(0)]
    return show_table(above, columns, caption=caption, top_n=top_n, under="group")
