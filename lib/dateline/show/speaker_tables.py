"""From SAID to counts: who is quoted and how much, with which cues, and who with whom."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from dateline.frames import fit_frame, take_frame
from dateline.method import note_method
from dateline.terms.periods import PERIODS, name_periods

_CHOSEN_BY = (
    *("article_id", "published_on", "cluster_id", "speaker"),
    *("speaker_candidates", "score", "cue_class"),
)
# What `spread_speakers` uses of said, and of speakers.
SPREAD = (
    *("attribution_id", "article_id", "speaker_id", "speaker"),
    *("speaker_kind", "speaker_candidates"),
)
SPREAD_OVER = ("speaker_id", "name", "kind", "n_mentions")
_LISTED = 10  # of all speakers, in a message


def choose_said(
    said: pd.DataFrame,
    *,
    min_score: float = 0.0,
    said_only: bool = False,
    once_per_cluster: bool = False,
    speaker: str = "",
) -> pd.DataFrame:
    """Choose the attributions that a report is about.

    Args:
        said: SAID.
        min_score: Leave out what is less probable, 0-1.
        said_only: Leave out what was thought or intended.
        once_per_cluster: Of a reprint cluster keep the earliest article only.
        speaker: Keep this speaker only, and what may be theirs; "" keeps all.

    Returns:
        SAID, in its order; `attrs["method"]` says how many were left out, and why.

    Raises:
        ValueError: `min_score` is not within 0 and 1, or nobody is called `speaker`.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> chosen = dl.choose_said(dl.find_said(articles).said, min_score=0.5)
        >>> chosen["text"].tolist()
        ['“The port is shut,”']
    """
    if not 0 <= min_score <= 1:
        raise ValueError(f"min_score={min_score}, expected 0 to 1")
    said = take_frame(said, "said", *_CHOSEN_BY)
    is_theirs = _find_theirs(said, speaker)
    if speaker and not is_theirs.any():
        named = ", ".join(sorted(said["speaker"].dropna().unique())[:_LISTED])
        raise ValueError(f"speaker={speaker!r}, but no speaker has this name; there are {named}")
    cluster = said["cluster_id"].fillna(said["article_id"])
    first = said.sort_values(["published_on", "article_id"]).groupby(cluster)["article_id"].first()
    reasons = {
        f"with a score below {min_score:g}": said["score"] < min_score,
        "of thought or intention": said["cue_class"].isin(["thought", "intention"]) & said_only,
        "in reprints": cluster.map(first).ne(said["article_id"]) & once_per_cluster,
        "by others": ~is_theirs & bool(speaker),
    }
    left_out, kept = [], pd.Series(True, index=said.index)
    for reason, applies in reasons.items():
        left_out += [f"{n:,} {reason}"] if (n := (kept & applies).sum()) else []
        kept &= ~applies
    chosen = said[kept].reset_index(drop=True)
    note_method(chosen, None, attributions=len(chosen), left_out=left_out or "none")
    return chosen


def _find_theirs(said: pd.DataFrame, speaker: str) -> pd.Series:
    named = zip(said["speaker"].fillna(""), said["speaker_candidates"], strict=True)
    theirs = [speaker in (name, *name.split(" and "), *candidates) for name, candidates in named]
    return pd.Series(theirs, index=said.index, dtype="bool")


def count_speakers(
    said: pd.DataFrame, speakers: pd.DataFrame, *, by: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """Count what each speaker is quoted with.

    A joint statement counts for each of its speakers. An undecided attribution counts for no one,
    but raises the `_max` of each candidate. What was not said, as in "declined to comment" and
    "denied", is left out; the method says how much that is.

    Args:
        said: SAID.
        speakers: SPEAKERS, for the names behind joint statements and candidates.
        by: Columns of `said` to count within, such as "outlet" or one that was added to the
            articles, or day, week, month, quarter or year; rows where one is unknown are
            left out.

    Returns:
        SPEAKER_COUNTS, most attributions first, ties by name. Each column of `by` is also a
        column of its own. Empty in, empty out.

    Raises:
        ValueError: `by` is no column of `said`.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> _, speakers, said, _ = dl.find_said(articles)
        >>> dl.count_speakers(said, speakers)[["speaker", "n", "n_words"]].to_dict("records")
        [{'speaker': 'Ada Quill', 'n': 1, 'n_words': 4}]
    """
    used = (*SPREAD, "published_on", "kind", "n_words")
    said, negated = _keep_spoken(take_frame(said, "said", *used, optional=["negated"]))
    speakers = take_frame(speakers, "speakers", *SPREAD_OVER, "roles")
    columns = [by] if isinstance(by, str) else list(by or [])
    said = said.assign(**{column: _find_column(said, column) for column in columns})
    groups = list(dict.fromkeys([*columns, "speaker_id", "speaker", "speaker_kind"]))
    counts = _count_spread(spread_speakers(said, speakers).dropna(subset=groups), speakers, groups)
    labels = counts[columns].astype("str").agg(" · ".join, axis=1) if columns else "all"
    counts["group"] = labels if len(counts) else ""
    counts = fit_frame(counts, "speaker_counts")
    note_method(counts, said, by=by or "all", not_said=f"{negated:,} left out")
    return counts


def _keep_spoken(said: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """What was said, and how many attributions tell what was not."""
    is_negated = said["negated"].fillna(value=False).astype("bool") if "negated" in said else None
    if is_negated is None or not is_negated.any():
        return said, 0
    kept = said[~is_negated].reset_index(drop=True)
    kept.attrs = dict(said.attrs)
    return kept, int(is_negated.sum())


def _find_column(said: pd.DataFrame, column: str) -> pd.Series:
    """A column to count by; day, week, month ... are those of publication."""
    if column in said:
        return said[column]
    if column not in PERIODS:
        there = f"{', '.join(map(str, said.columns))} and {', '.join(PERIODS)}"
        raise ValueError(f"by={column!r} is no column of `said`; there are {there}")
    return name_periods(said["published_on"], column)


def _count_spread(voiced: pd.DataFrame, speakers: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """The columns of SPEAKER_COUNTS from a row for each attribution and speaker."""
    decided, kinds = voiced["is_decided"], ["direct", "mixed", "indirect"]
    role_of = speakers.set_index("speaker_id")["roles"].str[0]
    voiced = voiced.assign(
        **{f"n_{kind}": decided & voiced["kind"].eq(kind) for kind in kinds},
        n_words=voiced["n_words"].where(decided, 0),
        decided_in=voiced["article_id"].where(decided),
        decided_on=voiced["published_on"].where(decided),
        role=voiced["speaker_id"].map(role_of),
    )
    counts = voiced.groupby(groups, observed=True).agg(
        role=("role", "first"),
        n=("is_decided", "sum"),
        n_max=("is_decided", "size"),
        n_direct=("n_direct", "sum"),
        n_mixed=("n_mixed", "sum"),
        n_indirect=("n_indirect", "sum"),
        n_words=("n_words", "sum"),
        n_articles=("decided_in", "nunique"),
        n_articles_max=("article_id", "nunique"),
        first_on=("decided_on", "min"),
        last_on=("decided_on", "max"),
    )
    counts["direct_share"] = counts["n_direct"] / counts["n"].where(counts["n"] > 0)
    return _rank(counts.sort_index(level=["speaker", "speaker_id"]), ["n", "n_max"])


def _rank(counts: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """The largest first; ties stay in the order of the index."""
    return counts.reset_index().sort_values(by, ascending=False, kind="stable", ignore_index=True)


def spread_speakers(said: pd.DataFrame, speakers: pd.DataFrame) -> pd.DataFrame:
    """Give each attribution a row for each speaker that it is by, or may be by.

    Args:
        said: SAID.
        speakers: SPEAKERS.

    Returns:
        SAID's columns with one `speaker_id`, `speaker` and `speaker_kind` a row, and `is_decided`.
        Attributions without any speaker or candidate are left out.
    """
    by_name = speakers.groupby("name")["speaker_id"].agg(list)
    ids = [
        [one for name in names for one in by_name.get(name, [])] if pd.isna(key) else key.split("+")
        for key, names in zip(said["speaker_id"], said["speaker_candidates"], strict=True)
    ]
    # Two people of one name stay two: the one who is mentioned more keeps it bare.
    known = speakers.sort_values(["n_mentions", "speaker_id"], ascending=[False, True])
    known = known.set_index("speaker_id")
    names = known["name"].mask(known["name"].duplicated(), known["name"] + " (" + known.index + ")")
    voiced = said.assign(
        speaker_id=pd.Series(ids, index=said.index, dtype="object"),
        is_decided=said["speaker_id"].notna(),
    )
    voiced = voiced.explode("speaker_id").dropna(subset=["speaker_id"])
    voiced = voiced.astype({"speaker_id": "str"})
    voiced["speaker"] = voiced["speaker_id"].map(names).fillna(voiced["speaker"])
    voiced["speaker_kind"] = voiced["speaker_id"].map(known["kind"]).fillna(voiced["speaker_kind"])
    return voiced.drop_duplicates(["attribution_id", "speaker_id"]).reset_index(drop=True)


def count_named(said: pd.DataFrame) -> pd.DataFrame:
    """Count for how many attributions the speaker is known, by kind.

    Args:
        said: SAID.

    Returns:
        NAMED: direct, mixed, indirect and all.

    Raises:
        ValueError: `said` lacks a column.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.count_named(dl.find_said(articles).said)[["kind", "n", "n_named"]].values.tolist()
        [['direct', 1, 1], ['mixed', 0, 0], ['indirect', 0, 0], ['all', 1, 1]]
    """
    said = take_frame(said, "said", "kind", "source", "speaker_id", "speaker_candidates")
    states = pd.Series("n_without_source", index=said.index)
    states = states.mask(said["source"].notna(), "n_unnamed")
    states = states.mask(said["speaker_candidates"].str.len().gt(0), "n_undecided")
    states = states.mask(said["speaker_id"].notna(), "n_named")
    counts = pd.crosstab(said["kind"], states).reindex(
        index=["direct", "mixed", "indirect"],
        columns=["n_named", "n_undecided", "n_unnamed", "n_without_source"],
        fill_value=0,
    )
    counts.loc["all"] = counts.sum()
    counts.insert(0, "n", counts.sum(axis=1))
    return fit_frame(counts.rename_axis(index="kind", columns=None).reset_index(), "named")


def count_cues(said: pd.DataFrame) -> pd.DataFrame:
    """Count the cues by which attributions are known.

    Args:
        said: SAID.

    Returns:
        CUE_COUNTS, most frequent first, ties by lemma; attributions without a cue are left out.

    Raises:
        ValueError: `said` lacks a column.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.count_cues(dl.find_said(articles).said)[["cue_lemma", "n"]].to_dict("records")
        [{'cue_lemma': 'say', 'n': 1}]
    """
    columns = ("attribution_id", "article_id", "speaker_id", "kind", "cue_lemma", "cue_class")
    said = take_frame(said, "said", *columns)
    cued = said.dropna(subset=["cue_lemma"]).assign(is_direct=said["kind"] == "direct")
    counts = (
        cued.fillna({"cue_class": "unknown"})
        .groupby(["cue_lemma", "cue_class"])
        .agg(
            n=("attribution_id", "size"),
            n_speakers=("speaker_id", "nunique"),
            n_articles=("article_id", "nunique"),
            direct_share=("is_direct", "mean"),
        )
    )
    return fit_frame(_rank(counts, "n"), "cue_counts")


def count_together(said: pd.DataFrame, speakers: pd.DataFrame) -> pd.DataFrame:
    """Count in how many articles two speakers are both quoted.

    Args:
        said: SAID; undecided attributions, and what was not said, are left out.
        speakers: SPEAKERS.

    Returns:
        TOGETHER, most articles first, ties by name.

    Raises:
        ValueError: A frame lacks a column.

    Example:
        >>> import dateline as dl
        >>> text = "“The port is shut,” said Ada Quill. “It is not,” said Bo Lund."
        >>> _, speakers, said, _ = dl.find_said(dl.make_articles([text]))
        >>> dl.count_together(said, speakers).to_dict("records")
        [{'speaker': 'Ada Quill', 'other': 'Bo Lund', 'n_articles': 1}]
    """
    said, _ = _keep_spoken(take_frame(said, "said", *SPREAD, optional=["negated"]))
    speakers = take_frame(speakers, "speakers", *SPREAD_OVER)
    voiced = spread_speakers(said, speakers)
    by_article = voiced[voiced["is_decided"]].groupby("article_id")["speaker"]
    pairs = [pair for _, names in by_article for pair in combinations(sorted(set(names)), 2)]
    counts = pd.DataFrame(pairs, columns=["speaker", "other"], dtype="str")
    sizes = counts.groupby(["speaker", "other"]).size().to_frame("n_articles")
    return fit_frame(_rank(sizes, "n_articles"), "together")
