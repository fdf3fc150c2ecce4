"""From what was read of each file to its row of FILES, its problems, and one sentence for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dateline.read.files import Problem
from dateline.read.forms.item import MISSING
from dateline.read.intake.load import Loaded

if TYPE_CHECKING:
    import pandas as pd

_MOST_REASONS = 3  # more are a list for `problems`


def describe_file(loaded: Loaded) -> dict[str, object]:
    """The row of FILES for one file: what it states, holds, gave and lost."""
    n_read = len(loaded.articles)
    reasons = [item.left_out for item in loaded.items if item.left_out]
    # What ends the reading of a file leaves out what it states and nobody has seen.
    reasons += [loaded.why or MISSING] * (loaded.n_all - len(loaded.items))
    if loaded.why and not loaded.items:
        reasons = [f"not read: {loaded.why}"]
    elif loaded.why and len(reasons) == 0:
        reasons = [f"not read further: {loaded.why}"]
    return {
        "path": loaded.name,
        "form": loaded.form,
        "encoding": loaded.encoding,
        "n_stated": loaded.n_stated,
        "n_found": loaded.n_found,
        "n_read": n_read,
        "n_left_out": loaded.n_all - n_read,
        "why": say_reasons(reasons) or None,
    }


def say_reasons(reasons: Iterable[str]) -> str:
    """Reasons with how often each was given, the commonest first: "3 no text; 1 only a summary"."""
    # What stands behind a colon is of one item alone.
    counted = Counter(one if _is_whole(one) else one.partition(": ")[0] for one in reasons)
    listed = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    said = [one if _is_whole(one) else f"{n} {one}" for one, n in listed[:_MOST_REASONS]]
    more = len(listed) - _MOST_REASONS
    return "; ".join([*said, *([f"{more} more reasons"] if more > 0 else [])])


def _is_whole(reason: str) -> bool:
    return reason.startswith("not read")


def list_problems(loaded: Loaded) -> list[Problem]:
    """What is to be said of a file: each item that was left out, and each doubt."""
    said = list(loaded.doubts)
    if loaded.why:
        said.append(f"not read{' further' * bool(loaded.items)}: {loaded.why}")
    if loaded.n_stated is not None and loaded.n_stated != loaded.n_found:
        said.append(f"states {loaded.n_stated} articles, holds {loaded.n_found}")
    elif loaded.n_found < loaded.n_all:
        said.append(f"is numbered to {loaded.n_all}, holds {loaded.n_found} articles")
    for item in loaded.items:
        if item.left_out and item.left_out != MISSING:
            said.append(say_of_item(loaded, item.number, item.left_out))
        said += [say_of_item(loaded, item.number, doubt) for doubt in item.doubts]
    return [Problem(loaded.name, words) for words in said]


def say_of_item(loaded: Loaded, number: int, words: str) -> str:
    """Words about an item, with its place where its file holds several."""
    return words if loaded.n_all == 1 else f"item {number} of {loaded.n_all}: {words}"


def list_failures(
    articles: pd.DataFrame, failed: Mapping[str, str], *, stage: str
) -> list[dict[str, str]]:
    """Rows of PROBLEMS for articles with which something failed.

    Args:
        articles: ARTICLES; `article_id` and `path` are used.
        failed: By article_id what happened, in words.
        stage: What was being done.

    Returns:
        A row for each, in the order of the articles; one that shares its file says which it is,
        and one that is of no file is named instead.
    """
    paths = articles["path"].fillna(articles["article_id"])
    shared = paths.duplicated(keep=False)
    rows = zip(articles["article_id"], paths, shared, strict=True)
    return [
        {
            "path": path,
            "stage": stage,
            "problem": f"article {key}: {failed[key]}" if is_shared else failed[key],
        }
        for key, path, is_shared in rows
        if key in failed
    ]


def say_reading(files: pd.DataFrame) -> str:
    """What was read of the files and what was not, in one sentence.

    Args:
        files: FILES.

    Returns:
        Such as "read 499 of 500 articles in 3 files; left out: 1 no text".
    """
    n_read, n_lost = int(files["n_read"].sum()), int(files["n_left_out"].sum())
    of = f" of {n_read + n_lost:,}" if n_lost else ""
    said = [
        f"read {n_read:,}{of} article{'s' * (n_read + n_lost != 1)} in "
        f"{len(files):,} file{'s' * (len(files) != 1)}"
    ]
    if n_lost:
        said.append(f"left out: {_sum_reasons(files.loc[files['n_left_out'] > 0, 'why'])}")
    if n_files := int(find_lost(files).sum()):
        said.append(f"{n_files:,} file{'s' * (n_files != 1)} not read")
    return "; ".join(said)


def _sum_reasons(whys: Iterable[object]) -> str:
    counted: Counter[str] = Counter()
    for why in whys:
        for part in str(why).split("; "):
            n, _, reason = part.partition(" ")
            if n.isdigit():
                counted[reason] += int(n)
    listed = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{n:,} ({reason})" for reason, n in listed[:_MOST_REASONS])


def find_lost(files: pd.DataFrame) -> pd.Series:
    """Which files were not read, or not to their end."""
    return files["why"].fillna("").str.contains("not read", regex=False)


def is_whole(files: pd.DataFrame) -> bool:
    """Whether all that the files state was read."""
    return not files["n_left_out"].any() and not find_lost(files).any()
