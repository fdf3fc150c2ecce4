"""From SAID to counts: who is quoted and how much, with which cues, and who with whom."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from dateline.method import note_method


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
    """
    if not 0 <= min_score <= 1:
        raise ValueError(f"min_score={min_score}, expected 0 to 1")
    named = zip(said["speaker"].fillna(""), said["speaker_candidates"], strict=True)
    is_theirs = pd.Series(
        [speaker in (name, *name.split(" and "), *candidates) for name, candidates in named],
        index=said.index,
        dtype="bool",
    )
    if speaker and not is_theirs.any():
        raise ValueError(f"speaker={speaker!r}, but no speaker has this name")
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


def count_speakers(
    said: pd.DataFrame, speakers: pd.DataFrame, *, by: str | None = None
) -> pd.DataFrame:
    """Count what each speaker is quoted with.

    A joint statement counts for each of its speakers. An undecided attribution counts for no one,
    but raises the `_max` of each candidate.

    Args:
        said: SAID.
        speakers: SPEAKERS, for the names behind joint statements and candidates.
        by: A column of `said` to count within, such as "outlet" or "published_on"; rows where
            it is unknown are left out.

    Returns:
        A row for each speaker (of each value of `by`): the first role, n attributions, of which
        n_direct, n_mixed and n_indirect, n_words, n_articles, direct_share (0-1), first_on and
        last_on; n_max and n_articles_max with all undecided ones. Most attributions first, ties
        by name. Empty in, empty out.

    Raises:
        ValueError: `by` is no column of `said`.
    """
    if by is not None and by not in said:
        raise ValueError(f"`by` is {by!r}, expected a column of SAID")
    groups = ([by] if by else []) + ["speaker_id", "speaker", "speaker_kind"]
    voiced = spread_speakers(said, speakers).dropna(subset=groups)
    decided, kinds = voiced["is_decided"], ["direct", "mixed", "indirect"]
    voiced = voiced.assign(
        **{f"n_{kind}": decided & voiced["kind"].eq(kind) for kind in kinds},
        n_words=voiced["n_words"].where(decided, 0),
        decided_in=voiced["article_id"].where(decided),
        decided_on=voiced["published_on"].where(decided),
        role=voiced["speaker_id"].map(speakers.set_index("speaker_id")["roles"].str[0]),
    )
    counts = voiced.groupby(groups).agg(
        role=("role", "first"),
        n=("is_decided", "sum"),
        n_max=("is_decided", "size"),
        **{name: (name, "sum") for name in ["n_direct", "n_mixed", "n_indirect", "n_words"]},
        n_articles=("decided_in", "nunique"),
        n_articles_max=("article_id", "nunique"),
        first_on=("decided_on", "min"),
        last_on=("decided_on", "max"),
    )
    counts["direct_share"] = counts["n_direct"] / counts["n"].where(counts["n"] > 0)
    counts = _rank(counts.sort_index(level=["speaker", "speaker_id"]), ["n", "n_max"])
    note_method(counts, said)
    return counts


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
        A row for direct, mixed, indirect and all: n attributions; of these with a speaker who is
        named, undecided between several, with a source that leads to no one (unnamed), and
        without any source.
    """
    states = pd.Series("without_source", index=said.index)
    states = states.mask(said["source"].notna(), "unnamed")
    states = states.mask(said["speaker_candidates"].str.len().gt(0), "undecided")
    states = states.mask(said["speaker_id"].notna(), "named")
    counts = pd.crosstab(said["kind"], states).reindex(
        index=["direct", "mixed", "indirect"],
        columns=["named", "undecided", "unnamed", "without_source"],
        fill_value=0,
    )
    counts.loc["all"] = counts.sum()
    counts.insert(0, "n", counts.sum(axis=1))
    return counts.rename_axis(columns=None).reset_index()


def count_cues(said: pd.DataFrame) -> pd.DataFrame:
    """Count the cues by which attributions are known.

    Args:
        said: SAID.

    Returns:
        A row for each cue_lemma with its class: n attributions, n_speakers, n_articles and
        direct_share (0-1). Most frequent first, ties by lemma; attributions without a cue are
        left out.
    """
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
    return _rank(counts, "n")


def count_together(said: pd.DataFrame, speakers: pd.DataFrame) -> pd.DataFrame:
    """Count in how many articles two speakers are both quoted.

    Args:
        said: SAID; undecided attributions are left out.
        speakers: SPEAKERS.

    Returns:
        A row for each pair (speaker, other: names in alphabetical order) with n_articles, most
        first, ties by name.
    """
    voiced = spread_speakers(said, speakers)
    by_article = voiced[voiced["is_decided"]].groupby("article_id")["speaker"]
    pairs = [pair for _, names in by_article for pair in combinations(sorted(set(names)), 2)]
    counts = pd.DataFrame(pairs, columns=["speaker", "other"], dtype="str")
    return _rank(counts.groupby(["speaker", "other"]).size().to_frame("n_articles"), "n_articles")
