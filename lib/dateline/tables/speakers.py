"""From SAID to counts: who is quoted and how much, with which cues, and who with whom."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from dateline.terms.method import note_method


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
    names = said["speaker"].fillna("")
    is_theirs = pd.Series(
        [
            speaker in (name, *name.split(" and "), *candidates)
            for name, candidates in zip(names, said["speaker_candidates"], strict=True)
        ],
        index=said.index,
        dtype="bool",
    )
    if speaker and not is_theirs.any():
        raise ValueError(f"speaker={speaker!r}, but no speaker has this name")
    cluster = said["cluster_id"].fillna(said["article_id"])
    by_day = said.assign(cluster=cluster).sort_values(["published_on", "article_id"], kind="stable")
    first = by_day.drop_duplicates("cluster").set_index("cluster")["article_id"]
    reasons = {
        f"with a score below {min_score:g}": said["score"] < min_score,
        "of thought or intention": said["cue_class"].isin(["thought", "intention"]) & said_only,
        "in reprints": cluster.map(first).ne(said["article_id"]) & once_per_cluster,
        "by others": ~is_theirs & bool(speaker),
    }
    kept, left_out = pd.Series(True, index=said.index), []
    for reason, applies in reasons.items():
        if n := int((kept & applies).sum()):
            left_out.append(f"{n:,} {reason}")
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
    for kind in ("direct", "mixed", "indirect"):
        voiced[f"n_{kind}"] = (voiced["kind"] == kind) & voiced["is_decided"]
    voiced["n_words"] = voiced["n_words"].where(voiced["is_decided"], 0)
    voiced["decided_in"] = voiced["article_id"].where(voiced["is_decided"])
    voiced["decided_on"] = voiced["published_on"].where(voiced["is_decided"])
    counts = voiced.groupby(groups, sort=True).agg(
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
    counts.insert(6, "direct_share", counts["n_direct"] / counts["n"].where(counts["n"] > 0))
    roles = speakers.set_index("speaker_id")["roles"].str[0]
    counts = counts.reset_index()
    counts.insert(len(groups), "role", counts["speaker_id"].map(roles))
    ordered = counts.sort_values(
        ["n", "n_max", "speaker", "speaker_id"], ascending=[False, False, True, True], kind="stable"
    )
    note_method(ordered, said)
    return ordered.reset_index(drop=True)


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
        (found.split("+") if decided else [one for name in names for one in by_name.get(name, [])])
        for found, decided, names in zip(
            said["speaker_id"], said["speaker_id"].notna(), said["speaker_candidates"], strict=True
        )
    ]
    # Two people of one name stay two: the one who is mentioned more keeps it bare.
    ranked = speakers.sort_values(["n_mentions", "speaker_id"], ascending=[False, True])
    known = ranked.set_index("speaker_id")
    names = known["name"].mask(known["name"].duplicated(), known["name"] + " (" + known.index + ")")
    voiced = said.assign(
        speaker_id=pd.Series(ids, index=said.index, dtype="object"),
        is_decided=said["speaker_id"].notna(),
    )
    voiced = voiced.explode("speaker_id").dropna(subset=["speaker_id"])
    voiced["speaker_id"] = voiced["speaker_id"].astype("str")
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
    is_named, has_source = said["speaker_id"].notna(), said["source"].notna()
    is_undecided = ~is_named & said["speaker_candidates"].str.len().gt(0)
    facts = pd.DataFrame(
        {
            "kind": said["kind"],
            "n": True,
            "named": is_named,
            "undecided": is_undecided,
            "unnamed": ~is_named & ~is_undecided & has_source,
            "without_source": ~is_named & ~is_undecided & ~has_source,
        }
    )
    both = pd.concat([facts, facts.assign(kind="all")])
    counts = both.groupby("kind").sum().reindex(["direct", "mixed", "indirect", "all"])
    return counts.fillna(0).astype("int64").reset_index()


def count_cues(said: pd.DataFrame) -> pd.DataFrame:
    """Count the cues by which attributions are known.

    Args:
        said: SAID.

    Returns:
        A row for each cue_lemma with its class: n attributions, n_speakers, n_articles and
        direct_share (0-1). Most frequent first, ties by lemma; attributions without a cue are
        left out.
    """
    cued = said.dropna(subset=["cue_lemma"]).assign(direct=said["kind"] == "direct")
    cued["cue_class"] = cued["cue_class"].fillna("unknown")
    counts = cued.groupby(["cue_lemma", "cue_class"], sort=True).agg(
        n=("attribution_id", "size"),
        n_speakers=("speaker_id", "nunique"),
        n_articles=("article_id", "nunique"),
        direct_share=("direct", "mean"),
    )
    return counts.reset_index().sort_values("n", ascending=False, kind="stable", ignore_index=True)


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
    voiced = voiced[voiced["is_decided"]]
    pairs = [
        {"speaker": one, "other": two, "article_id": article_id}
        for article_id, names in voiced.groupby("article_id")["speaker"]
        for one, two in combinations(sorted(set(names)), 2)
    ]
    if not pairs:
        return pd.DataFrame({"speaker": [], "other": [], "n_articles": []}).astype(
            {"speaker": "str", "other": "str", "n_articles": "int64"}
        )
    counts = pd.DataFrame(pairs).groupby(["speaker", "other"], sort=True)["article_id"].size()
    return (
        counts.rename("n_articles")
        .reset_index()
        .sort_values("n_articles", ascending=False, kind="stable", ignore_index=True)
    )
