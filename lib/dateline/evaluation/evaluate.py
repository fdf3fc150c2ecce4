"""From gold and found attributions to figures: exact, partial and joint, speakers, genres."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from dateline.evaluation.detail import evaluate_details
from dateline.evaluation.exchange import read_said
from dateline.evaluation.match import (
    ENOUGH,
    KINDS,
    Side,
    compare_articles,
    list_overlaps,
    match_attributions,
    pair_best,
)
from dateline.evaluation.standoff import Standoff, read_standoff
from dateline.frames import build_frame, check_frame, describe_frames, empty_frame
from dateline.read import read_corpus
from dateline.speakers.names.listed import fold_name, load_kinds
from dateline.tabular import replaced, to_json_lines

ACCURACY = Path(__file__).parent.parent / "wordlists" / "accuracy.json"
_GROUPS = {"direct": ["direct"], "mixed": ["mixed"], "indirect": ["indirect"]}
_GROUPS |= {"quoted": ["direct", "mixed"], "all": list(KINDS)}
_CASE = ["article_id", "is_paired", "is_right"]
_LEVELS = ("exact", "partial", "joint")
_N_RESAMPLES = 1000
# What may stand before a name besides a title.
_BEFORE = {"a", "acting", "an", "ex", "first", "former", "incoming", "late", "of", "outgoing"}
_BEFORE |= {"prime", "state", "the", "then", "vice"}
_TABLES = {
    "accuracy": "kind n_gold n_found exact_f1 partial_f1 joint_precision joint_recall joint_f1 "
    "joint_f1_low joint_f1_high source_accuracy",
    "speaker_accuracy": "group n_gold n_paired n_right content_recall speaker_accuracy "
    "joint_recall",
    "genre_accuracy": "genre n_articles n_gold n_found joint_precision joint_recall joint_f1 "
    "source_accuracy speaker_accuracy",
    "detail_accuracy": "detail n_gold n_found n_right precision recall f1",
}


class Figures(NamedTuple):
    """What `evaluate` finds; all but ACCURACY is empty where gold lacks what it is about."""

    accuracy: pd.DataFrame
    speaker_accuracy: pd.DataFrame
    genre_accuracy: pd.DataFrame = empty_frame("genre_accuracy")
    detail_accuracy: pd.DataFrame = empty_frame("detail_accuracy")

    def __repr__(self) -> str:
        return describe_frames(self)


def evaluate_attributions(
    gold: pd.DataFrame, found: pd.DataFrame, articles: pd.DataFrame, *, seed: int = 0
) -> pd.DataFrame:
    """Measure how found attributions agree with gold ones, kind by kind.

    Recall of a kind is over the gold of the kind, precision over what was found of it.

    Args:
        gold: SAID of an annotator.
        found: SAID or ATTRIBUTIONS.
        articles: ARTICLES that were annotated; others do not count.
        seed: Of the bootstrap over articles (1,000 resamples).

    Returns:
        ACCURACY: direct, mixed, indirect, quoted, all. A figure without cases is NA.

    Raises:
        ValueError: A frame lacks a column, or there are no articles.
    """
    if articles.empty:
        raise ValueError("`articles` is empty, expected the articles that were annotated")
    counts = _count_matches(match_attributions(gold, found, articles), articles)
    draws = np.random.default_rng(seed).multinomial(
        len(articles), np.full(len(articles), 1 / len(articles)), _N_RESAMPLES
    )
    rows = []
    for kind, members in _GROUPS.items():
        per_article = counts[:, [KINDS.index(member) for member in members]].sum(axis=1)
        row = {"kind": kind, **_measure(per_article.sum(axis=0))}
        f1 = _measure(draws @ per_article)["joint_f1"]
        if not np.isnan(f1).all():
            row["joint_f1_low"], row["joint_f1_high"] = np.nanpercentile(f1, [2.5, 97.5])
        rows.append(row)
    return check_frame(build_frame("accuracy", rows), "accuracy")


def _count_matches(matches: pd.DataFrame, articles: pd.DataFrame) -> np.ndarray:
    """Cases by article, kind, side (gold, found) and level (any, exact, partial, joint)."""
    overlap, is_right = (
        matches["overlap"].to_numpy(float),
        matches["is_source_right"].to_numpy(bool),
    )
    cell = (
        pd.Categorical(matches["article_id"], articles["article_id"]).codes,
        pd.Categorical(matches["kind"], KINDS).codes,
        (matches["side"] == "found").to_numpy(int),
    )
    enough = overlap >= ENOUGH
    levels = np.stack([np.ones_like(enough), overlap == 1, enough, enough & is_right], axis=1)
    counts = np.zeros((len(articles), len(KINDS), 2, 1 + len(_LEVELS)), dtype=np.int64)
    np.add.at(counts, cell, levels)
    return counts.reshape(len(articles), len(KINDS), -1)


def _measure(counts: np.ndarray) -> dict[str, np.ndarray]:
    """Figures from the cases of each side and level, along the last axis."""
    counts = np.moveaxis(counts, -1, 0).reshape(2, 1 + len(_LEVELS), *counts.shape[:-1])
    figures = {"n_gold": counts[0, 0], "n_found": counts[1, 0]}
    for level, name in enumerate(_LEVELS, 1):
        recall, precision = (_divide(side[level], side[0]) for side in counts)
        figures |= {f"{name}_precision": precision, f"{name}_recall": recall}
        p, r = np.nan_to_num(precision), np.nan_to_num(recall)
        f1 = np.where((p + r) > 0, _divide(2 * p * r, p + r), 0.0)
        figures[f"{name}_f1"] = np.where(counts[:, 0].sum(axis=0) > 0, f1, np.nan)
    return figures | {"source_accuracy": _divide(counts[0, 3], counts[0, 2])}


def _divide(n: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Divide; NaN where there is nothing to divide by."""
    return np.divide(n, total, out=np.full(np.shape(n), np.nan), where=np.asarray(total) > 0)


def evaluate_speakers(
    gold: pd.DataFrame, found: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """Measure how often found attributions have the speaker that the gold standard names.

    Contents are paired one to one; a speaker is right where the names are the same but for case,
    accents, titles and possessives, and no speaker is right where gold names none.

    Args:
        gold: SAID of an annotator; optional columns accept (other right names), how and
            speaker_type (a group each).
        found: SAID.
        articles: ARTICLES that were annotated.

    Returns:
        SPEAKER_ACCURACY: all, then `how` and `speaker_type`, values by name.
    """
    cases = _list_cases(gold, found, articles)
    groups: dict[str, list[dict]] = {"all": cases}
    for column in ("how", "speaker_type"):
        for case in sorted(cases, key=lambda case: str(case.get(column))):
            if case.get(column):
                groups.setdefault(f"{column}: {case[column]}", []).append(case)
    rows = [{"group": group, **_count_right(members)} for group, members in groups.items()]
    return check_frame(build_frame("speaker_accuracy", rows), "speaker_accuracy")


def evaluate_genres(
    gold: pd.DataFrame, found: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """Measure attributions and speakers genre by genre.

    Args:
        gold: SAID of an annotator.
        found: SAID.
        articles: ARTICLES that were annotated, with the genre of each in `genre`.

    Returns:
        GENRE_ACCURACY, genres by name; an article without a genre is left out.
    """
    if "genre" not in articles:
        return empty_frame("genre_accuracy")
    counts = _count_matches(match_attributions(gold, found, articles), articles).sum(axis=1)
    cases = pd.DataFrame(_list_cases(gold, found, articles), columns=_CASE)
    rows = []
    for genre, members in articles.reset_index(drop=True).groupby("genre").groups.items():
        own = cases[cases["article_id"].isin(articles["article_id"].iloc[members])]
        speakers = _count_right(own.to_dict("records"))["speaker_accuracy"]
        row = {"genre": genre, "n_articles": len(members), "speaker_accuracy": speakers}
        rows.append(row | _measure(counts[members].sum(axis=0)))
    return check_frame(build_frame("genre_accuracy", rows), "genre_accuracy")


def _list_cases(gold: pd.DataFrame, found: pd.DataFrame, articles: pd.DataFrame) -> list[dict]:
    sides = compare_articles(gold, found, articles)
    return [case for _, _, *pair in sides for case in _judge_speakers(*pair)]


def _judge_speakers(gold: Side, found: Side) -> list[dict]:
    """Each gold row with whether it is paired, and with the right speaker."""
    accepted = [_list_accepted(row) for row in gold.rows]
    named = [normalise_names(_list_known(row.get("speaker"))) for row in found.rows]
    # Identical contents go to the one whose speaker is right, so they cannot hurt each other.
    ranked = {
        (i, j): (overlap, named[j] in accepted[i])
        for (i, j), overlap in list_overlaps(gold, found).items()
    }
    pairs = {i: ranked[i, j] for i, j in pair_best(ranked).items()}
    return [
        row | {"is_paired": overlap >= ENOUGH, "is_right": overlap >= ENOUGH and right}
        for i, row in enumerate(gold.rows)
        for overlap, right in [pairs.get(i, (0.0, False))]
    ]


def _list_accepted(row: dict) -> list[frozenset[str]]:
    own, others = _list_known(row.get("speaker")), row.get("accept")
    accepted = [normalise_names(own)]
    accepted += [normalise_names([name]) for name in others] if isinstance(others, list) else []
    return accepted if not own else [names for names in accepted if names]


def _list_known(name: object) -> list[str]:
    return [name] if isinstance(name, str) else []


def normalise_names(names: list[str]) -> frozenset[str]:
    """Names without what does not tell people apart; 'A and B' are two."""
    joined = " and ".join(names)
    if re.search(r"\s(and|&)\s|;", joined, re.I):
        names = re.split(r"\s*,?\s+(?:and|&)\s+|\s*[,;]\s*", joined, flags=re.I)
    return frozenset(name for name in map(_normalise_name, names) if name)


def _normalise_name(name: str) -> str:
    name = re.sub(r"\(.*?\)|\[.*?\]", " ", fold_name(name))
    name = re.sub(r"'s\b|(?<=s)'(?!\w)", "", name).replace("'", "")
    words = re.findall(r"[^\W_]+|&", name)
    titles = load_kinds()["title"]
    while len(words) > 1 and (words[0] in _BEFORE or words[0] in titles):
        words = words[1:]
    return " ".join(words)


def _count_right(cases: list[dict]) -> dict:
    n_paired, n_right = (sum(case[key] for case in cases) for key in ("is_paired", "is_right"))
    return {
        "n_gold": len(cases),
        "n_paired": n_paired,
        "n_right": n_right,
        "content_recall": n_paired / len(cases) if cases else np.nan,
        "speaker_accuracy": n_right / n_paired if n_paired else np.nan,
        "joint_recall": n_right / len(cases) if cases else np.nan,
    }


def evaluate(gold: pd.DataFrame, found: pd.DataFrame, articles: pd.DataFrame) -> Figures:
    """Measure attributions, and whatever else the gold standard states.

    Args:
        gold: SAID of an annotator.
        found: SAID.
        articles: ARTICLES that were annotated; a column `genre` says of what genre each is.

    Returns:
        ACCURACY, SPEAKER_ACCURACY, GENRE_ACCURACY and DETAIL_ACCURACY.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> said = dl.find_said(articles).said
        >>> figures = dl.evaluate(said, said, articles)
        >>> figures.accuracy[["kind", "n_gold", "joint_f1"]].to_dict("records")[-1]
        {'kind': 'all', 'n_gold': 1, 'joint_f1': 1.0}
    """
    has_speakers = "how" in gold or ("speaker" in gold and gold["speaker"].notna().any())
    speaker_accuracy = (
        evaluate_speakers(gold, found, articles)
        if has_speakers
        else empty_frame("speaker_accuracy")
    )
    return Figures(
        evaluate_attributions(gold, found, articles),
        speaker_accuracy,
        evaluate_genres(gold, found, articles),
        evaluate_details(gold, found, articles),
    )


def is_standoff(path: str | Path) -> bool:
    """Whether a gold standard is a folder in brat standoff, which holds its articles itself."""
    path = Path(path)
    return path.is_dir() and not any(path.glob("*.jsonl"))


def brings_texts(path: str | Path) -> bool:
    """Whether a gold standard holds its articles itself: in brat standoff, or in `texts`."""
    return is_standoff(path) or (Path(path) / "texts").is_dir()


def read_gold(path: str | Path, *, corpus: str | Path | pd.DataFrame = "corpus") -> Standoff:
    """Read a gold standard: a folder in brat standoff, or JSON lines and the articles they mean.

    Args:
        path: A folder in brat standoff, a .jsonl file, or a folder of .jsonl files; a folder
            `texts` in it holds the articles, a file `genres.tsv` their genres (article_id, genre).
        corpus: Where the articles of JSON lines lie that bring no texts, or ARTICLES.

    Returns:
        SAID, ARTICLES (annotated ones only; with `genre` where it is stated) and PROBLEMS.

    Raises:
        ValueError: There is nothing annotated, or an annotated article is not in `corpus`.

    Example:
        >>> import dateline as dl
        >>> gold = dl.read_gold("tests/gold", corpus="corpus")
        >>> sorted(gold.said["kind"].unique())
        ['direct', 'indirect', 'mixed']
    """
    path = Path(path)
    if is_standoff(path):
        return read_standoff(path)
    said = read_said(path)
    if brings_texts(path):
        corpus = path / "texts"
    articles = corpus if isinstance(corpus, pd.DataFrame) else read_corpus(corpus).articles
    if unknown := set(said["article_id"]) - set(articles["article_id"]):
        where = "`corpus`" if articles is corpus else repr(str(corpus))
        raise ValueError(f"{where} lacks the annotated article {min(unknown)!r}")
    annotated = articles[articles["article_id"].isin(said["article_id"])].reset_index(drop=True)
    return Standoff(said, _add_genres(annotated, path / "genres.tsv"), empty_frame("problems"))


def _add_genres(articles: pd.DataFrame, path: Path) -> pd.DataFrame:
    if not path.is_file():
        return articles
    genres = pd.read_csv(path, sep="\t", dtype=str).set_index("article_id")["genre"]
    return articles.assign(genre=articles["article_id"].map(genres).astype("str"))


def show_figures(figures: Figures) -> str:
    """The figures as plain tables, in per cent; the JSON of `write_figures` has all of them."""
    named = figures._asdict().items()
    return "\n\n".join(_show_table(table, _TABLES[name]) for name, table in named if len(table))


def _show_table(table: pd.DataFrame, columns: str) -> str:
    shown = table[columns.split()]
    shares = shown.select_dtypes("float64").columns
    heads = {name: name.replace("joint_f1_", "").replace("_", " ") for name in columns.split()}
    shown = shown.assign(**(100 * shown[shares]).round(1)).rename(columns=heads)
    return shown.to_string(index=False, na_rep="–")


def write_figures(figures: Figures, path: str | Path) -> None:
    """Write the figures as JSON, for the reports to state."""
    tables = {
        name: [json.loads(line) for line in to_json_lines(table).splitlines()]
        for name, table in figures._asdict().items()
    }
    with replaced(Path(path)) as staged:
        staged.write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")


def read_accuracy() -> Figures:
    """Read the figures that were measured on the project's own gold standard."""
    tables = json.loads(ACCURACY.read_text("utf-8"))
    return Figures(*(build_frame(name, tables.get(name, [])) for name in Figures._fields))
