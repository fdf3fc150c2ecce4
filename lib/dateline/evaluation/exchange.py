"""From SAID to the JSON lines that annotators and scorers exchange, and back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd

from dateline.frames import SCHEMAS, build_frame, check_frame, take_frame
from dateline.speakers.names.listed import fold_name
from dateline.tabular import check_suffix, write_table
from dateline.words import WORD

# The keys of a line, and the columns of SAID that they hold. In a line `source` and `cue` are
# places and `source_text` the words; files were written so before SAID held the places, and
# scorers and the gold standard read them so.
_KEYS = {
    "attribution_id": "attribution_id",
    "article_id": "article_id",
    "kind": "kind",
    "content": "content",
    "content_text": "text",
    "source": "source_spans",
    "source_text": "source",
    "cue": "cue_spans",
    "cue_class": "cue_class",
    "addressee": "addressee",
    "medium": "medium",
    "via": "via",
    "negated": "negated",
    "speaker": "speaker",
    "speaker_id": "speaker_id",
    "speaker_candidates": "speaker_candidates",
    "rule": "rule",
    "score": "score",
}


def write_said(said: pd.DataFrame, path: str | Path) -> None:
    """Write who said what as the path's suffix says: .jsonl, .csv or .parquet.

    JSON lines are for annotators and scorers: `content`, `source` and `cue` are lists of
    [start, end], with their words in `content_text` and `source_text`; `source`, `cue` and
    `speaker` are null where there is none, and `speaker` is a name, or a list of names where
    several speak jointly. CSV and Parquet hold SAID as it is; see `write_table`.

    Args:
        said: SAID.
        path: Replaced in one step.

    Raises:
        ValueError: Another suffix, or `said` lacks a column.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.write_said(dl.find_said(articles).said, folder / "said.jsonl")
        >>> dl.read_said(folder / "said.jsonl")[["speaker", "content"]].to_dict("records")
        [{'speaker': 'Ada Quill', 'content': [[0, 19]]}]
    """
    if check_suffix(path).suffix == ".jsonl":
        said = take_frame(said, "said", *_KEYS.values())
        lines = said[list(_KEYS.values())].set_axis(list(_KEYS), axis="columns")
        spans = {key: lines[key].map(lambda found: found or None) for key in ("source", "cue")}
        names = map(_list_names, said["speaker"], said["speaker_id"])
        speakers = [own if len(own) > 1 else next(iter(own), None) for own in names]
        said = lines.assign(**spans, speaker=pd.Series(speakers, lines.index, dtype="object"))
    write_table(said, path)


def _list_names(speaker: object, speaker_id: object) -> list[str]:
    """The names of a speaker, or of several who speak jointly: as many as there are ids."""
    if not isinstance(speaker, str):
        return []
    ids = speaker_id.split("+") if isinstance(speaker_id, str) else [""]
    parts = speaker.split(" and ")
    names: list[str] = []
    for key in ids[:-1]:
        # A body may be called "Salt and Sand": an id is made of its name, so it tells the end.
        sizes = range(1, len(parts) - (len(ids) - len(names)) + 2)
        same = (n for n in sizes if _slug(" and ".join(parts[:n])) == key.partition("--")[0])
        n = next(same, 1)
        names.append(" and ".join(parts[:n]))
        parts = parts[n:]
    return [*names, " and ".join(parts)]


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", fold_name(name)).strip("-")


def read_said(path: str | Path) -> pd.DataFrame:
    """Read who said what from JSON lines, as `write_said` or an annotator wrote them.

    Args:
        path: A file, or a folder whose .jsonl files are read in the order of their names. Needed
            in each line are article_id and content; keys that `write_said` does not write
            become columns.

    Returns:
        SAID, in the order of the lines; what a line does not state is NA, and an attribution_id
        that it does not state is made from the article and the line.

    Raises:
        ValueError: A line is no such JSON object, or there is none.

    Example:
        >>> import dateline as dl
        >>> line = '{"article_id": "a", "content": [[1, 9]], "speaker": ["Ada Quill", "Bo Lund"]}'
        >>> _ = (folder / "said.jsonl").write_text(line)
        >>> dl.read_said(folder / "said.jsonl")["speaker"].tolist()
        ['Ada Quill and Bo Lund']
    """
    path = Path(path)
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    rows = [
        _read_line(line, f"{file.name}:{number}")
        for file in files
        for number, line in enumerate(file.read_text("utf-8").split("\n"), 1)
        if line.strip()
    ]
    if not rows:
        raise ValueError(f"nothing said in {str(path)!r}: expected JSON lines")
    known = SCHEMAS["said"].columns
    said = build_frame("said", rows)
    for key in dict.fromkeys(key for row in rows for key in row if key not in known):
        said[key] = pd.Series([row.get(key) for row in rows], dtype="object")
    return check_frame(said, "said")


def _read_line(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        own = {_KEYS.get(key, key): value for key, value in row.items()}
        content = check_spans(row["content"])
        own |= count_content(content, row.get("content_text"))
        own |= {f"{key}_spans": check_spans(row.get(key) or []) for key in ("source", "cue")}
        own["source"] = row.get("source_text")
        own["cue"] = None
        speaker = row.get("speaker") or []
        own["speaker"] = speaker if isinstance(speaker, str) else " and ".join(speaker) or None
        own["speaker_candidates"] = list(row.get("speaker_candidates") or [])
        own.setdefault("attribution_id", f"{row['article_id']}:{where}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{where} is no attribution in JSON: {error!r}") from error
    return own


def check_spans(spans: list) -> list[list[int]]:
    """The [start, end] of some spans; ValueError where one is none."""
    checked = [[int(start), int(end)] for start, end in spans]
    if any(not 0 <= start < end for start, end in checked):
        raise ValueError(f"expected [start, end] with 0 <= start < end, not {spans}")
    return checked


def count_content(content: list[list[int]], text: str | None) -> dict[str, Any]:
    """The columns of SAID that follow from the places of what was said and its words."""
    return {
        "content": content,
        "text": text,
        "n_words": None if text is None else len(re.findall(WORD, text)),
        "start": min(start for start, _ in content),
        "end": max(end for _, end in content),
    }
