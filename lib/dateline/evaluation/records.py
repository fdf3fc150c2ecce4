"""From attributions and speakers to records, and from records to files and back."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from dateline.frames import SCHEMAS, build_frame, check_frame
from dateline.tabular import check_suffix, write_table
from dateline.words import join_lines


def build_records(
    articles: pd.DataFrame,
    attributions: pd.DataFrame,
    *,
    said: pd.DataFrame | None = None,
    speakers: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Put all that is known of each attribution into one row, with its words.

    Args:
        articles: ARTICLES, for the words.
        attributions: ATTRIBUTIONS.
        said: SAID of these attributions; without it, no speaker is stated.
        speakers: SPEAKERS, for the names of those who speak jointly.

    Returns:
        RECORDS, in the order of the attributions. Empty in, empty out.

    Raises:
        ValueError: An attribution's article is unknown.
    """
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    if unknown := set(attributions["article_id"]) - set(texts):
        raise ValueError(f"`articles` lacks {min(unknown)!r}, which has attributions")
    names = {} if speakers is None else speakers.set_index("speaker_id")["name"].to_dict()
    who = {} if said is None else said.set_index("attribution_id").to_dict("index")
    rows = [
        _build_record(row, texts[row["article_id"]], who.get(row["attribution_id"], {}), names)
        for row in attributions.to_dict("records")
    ]
    return check_frame(build_frame("records", rows), "records")


def _build_record(row: dict, text: str, who: dict, names: dict[str, str]) -> dict:
    content = [list(map(int, span)) for span in row["content"]]
    speaker_id = who.get("speaker_id")
    ids = speaker_id.split("+") if isinstance(speaker_id, str) else []
    return row | {
        "content": content,
        "content_text": " … ".join(join_lines(text[start:end]) for start, end in content),
        "source": _list_span(row["source_start"], row["source_end"]),
        "source_text": row["source"],
        "cue": _list_span(row["cue_start"], row["cue_end"]),
        "speaker": [names.get(i, who.get("speaker")) for i in ids],
        "speaker_id": speaker_id,
        "speaker_candidates": list(who.get("speaker_candidates", [])),
    }


def _list_span(start: object, end: object) -> list[list[int]]:
    return [] if pd.isna(start) else [[int(start), int(end)]]


def write_records(records: pd.DataFrame, path: str | Path) -> None:
    """Write records as the path's suffix says: .jsonl, .csv or .parquet.

    In JSON lines, `source`, `cue` and `speaker` are null where there is none, and `speaker` is a
    name, or a list of names where they speak jointly. In CSV, joint names are joined by ' and '
    and candidates by '; '; see `tabular.write_table` for what a spreadsheet needs.

    Args:
        records: RECORDS.
        path: Replaced in one step.

    Raises:
        ValueError: Another suffix.
    """
    suffix = check_suffix(path).suffix
    speaker = records["speaker"]
    if suffix == ".jsonl":
        spans = {column: records[column].map(lambda v: v or None) for column in ("source", "cue")}
        names = speaker.map(lambda v: v if len(v) > 1 else next(iter(v), None))
        records = records.assign(**spans, speaker=names)
    elif suffix == ".csv":
        candidates = records["speaker_candidates"].map(lambda v: "; ".join(v) or None)
        names = speaker.map(lambda v: " and ".join(v) or None)
        records = records.assign(speaker=names, speaker_candidates=candidates)
    write_table(records, path)


def read_records(path: str | Path) -> pd.DataFrame:
    """Read records from JSON lines, as `write_records` or an annotator wrote them.

    Args:
        path: A file, or a folder whose .jsonl files are read in the order of their names. Needed
            in each line are article_id and content; more keys than RECORDS has become columns.

    Returns:
        RECORDS, in the order of the lines; an attribution_id that is not stated is made from the
        article and the line.

    Raises:
        ValueError: A line is no such JSON object, or there is none.
    """
    path = Path(path)
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    rows = [
        _read_record(line, f"{file.name}:{number}")
        for file in files
        for number, line in enumerate(file.read_text("utf-8").split("\n"), 1)
        if line.strip()
    ]
    if not rows:
        raise ValueError(f"no records in {str(path)!r}: expected JSON lines")
    extra = {key: None for row in rows for key in row if key not in SCHEMAS["records"].columns}
    records = build_frame("records", rows)
    for key in extra:
        records[key] = pd.Series([row.get(key) for row in rows], dtype="object")
    return check_frame(records, "records")


def _read_record(line: str, where: str) -> dict:
    try:
        row = json.loads(line)
        row["content"] = _check_spans(row["content"])
        row["source"] = _check_spans(row.get("source") or [])
        row["cue"] = _check_spans(row.get("cue") or [])
        speaker = row.get("speaker")
        row["speaker"] = [speaker] if isinstance(speaker, str) else list(speaker or [])
        row["speaker_candidates"] = list(row.get("speaker_candidates") or [])
        row.setdefault("attribution_id", f"{row['article_id']}:{where}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{where} is no attribution in JSON: {error!r}") from error
    return row


def _check_spans(spans: list) -> list[list[int]]:
    checked = [[int(start), int(end)] for start, end in spans]
    if any(not 0 <= start < end for start, end in checked):
        raise ValueError(f"expected [start, end] with 0 <= start < end, not {spans}")
    return checked
