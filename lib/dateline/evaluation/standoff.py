"""From SAID to brat standoff (https://brat.nlplab.org/standoff.html) and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from dateline.evaluation.exchange import count_content
from dateline.frames import build_frame, describe_frames, take_frame
from dateline.tabular import replaced

# The roles of an event, and the columns of SAID with their places.
_SPANS = {"Content": "content", "Source": "source_spans", "Cue": "cue_spans"}
KINDS = ("direct", "mixed", "indirect")
CONFIGURATION = f"""\
[entities]
{chr(10).join(_SPANS)}
[relations]
[events]
Attribution\tContent+:Content, Source*:Source, Cue*:Cue
[attributes]
Kind\tArg:Attribution, Value:{"|".join(KINDS)}
"""
# brat's files have one annotation a line, so no span may hold what Python takes for a line's end.
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_EVENT = re.compile(r"(E\d+)\t(\S+:T\d+(?: \S+:[TE]\d+)*) *$")
# Some annotators bind cue and source the wrong way round: nobody is called "said".
_SAYS = re.compile(r"((has|have|had) )?(said|says?|told|added|asked|wrote|writes)")
_KIND = re.compile(r"A\d+\tKind (E\d+) (\w+)")


class Standoff(NamedTuple):
    """Annotated articles: SAID of the annotators, ARTICLES, and PROBLEMS."""

    said: pd.DataFrame
    articles: pd.DataFrame
    problems: pd.DataFrame

    def __repr__(self) -> str:
        return describe_frames(self)


def write_standoff(said: pd.DataFrame, articles: pd.DataFrame, folder: str | Path) -> None:
    """Write each article as .txt, its attributions as .ann, and brat's configuration.

    Args:
        said: SAID; each row is an event with its content, source and cue, and its kind.
        articles: ARTICLES; one in which nothing is said gets an empty .ann, which brat needs.
        folder: Made where it is missing; other files in it stay.

    Raises:
        ValueError: An article_id cannot be a file's name, or a frame lacks a column.
    """
    folder = Path(folder)
    columns = ("article_id", "kind", *_SPANS.values())
    said = take_frame(said, "said", *columns)
    articles = take_frame(articles, "articles", "article_id", "text")
    for article_id in articles["article_id"]:
        if not article_id or ".." in article_id or article_id.startswith("/") or "\0" in article_id:
            raise ValueError(f"article_id {article_id!r} cannot be a file's name")
    folder.mkdir(exist_ok=True)
    _write(folder / "annotation.conf", CONFIGURATION)
    rows_of = {str(key): rows.to_dict("records") for key, rows in said.groupby("article_id")}
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        _write(folder / f"{article_id}.txt", text)
        _write(folder / f"{article_id}.ann", _annotate(rows_of.get(article_id, []), text))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    with replaced(path) as staged:
        staged.write_bytes(text.encode("utf-8"))


def _annotate(rows: list[dict], text: str) -> str:
    lines, n_spans = [], 0
    for event, row in enumerate(rows, 1):
        arguments = []
        for role in _SPANS:
            parts = [span for span in row[_SPANS[role]] if _LINE.search(text, *span)]
            for part, (start, end) in enumerate(parts, 1):
                n_spans += 1
                lines.append(_bind(n_spans, role, start, end, text))
                arguments.append(f"{role}{part if part > 1 else ''}:T{n_spans}")
        # An event hangs on words of its own: those of the cue, or of the content without one.
        n_spans += 1
        start, end = (row["cue_spans"] or row["content"])[0]
        lines.append(_bind(n_spans, "Attribution", start, end, text))
        lines.append(f"E{event}\tAttribution:T{n_spans} {' '.join(arguments)}")
        if isinstance(row["kind"], str):
            lines.append(f"A{event}\tKind E{event} {row['kind']}")
    return "".join(f"{line}\n" for line in lines)


def _bind(number: int, label: str, start: int, end: int, text: str) -> str:
    fragments = [match.span() for match in _LINE.finditer(text, start, end)]
    spans = ";".join(f"{a} {b}" for a, b in fragments)
    return f"T{number}\t{label} {spans}\t{' '.join(text[a:b] for a, b in fragments)}"


def read_standoff(folder: str | Path) -> Standoff:
    """Read annotated articles: x.txt beside x.ann, or text/x.txt and attributions/x_NAME.ann.

    Fragments of one span between which there is only a line's end are read as one part. Of
    several annotators of an article, the first by name is read.

    Args:
        folder: As `write_standoff` made it, or in the layout of PolNeAR.

    Returns:
        SAID, ARTICLES (annotated ones only) and PROBLEMS (what could not be read), in the order of
        the file names and of the events.

    Raises:
        ValueError: The folder holds no annotated article.
    """
    folder = Path(folder)
    rows, articles, problems = [], [], []
    for article_id, text_path, annotation_path in _find_files(folder):
        with text_path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        articles.append({"article_id": article_id, "path": text_path.name, "text": text})
        found, broken = _parse(annotation_path.read_text("utf-8", errors="replace"), text)
        names = ({"article_id": article_id, "attribution_id": f"{article_id}:{e}"} for e in found)
        rows += [name | row for name, row in zip(names, found.values(), strict=True)]
        if broken:
            problem = f"{len(broken)} lines left out, the first: {broken[0]}"
            where = annotation_path.relative_to(folder).as_posix()
            problems.append({"path": where, "stage": "read", "problem": problem})
    if not articles:
        raise ValueError(f"no annotated articles in {str(folder)!r}: expected .txt with .ann")
    return Standoff(
        build_frame("said", rows),
        build_frame("articles", articles),
        build_frame("problems", problems),
    )


def _find_files(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """(article_id, text, annotation) of each annotated article, by name."""
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rpartition("_")[0], path)
    texts = folder / "text" if first else folder
    for path in sorted(texts.rglob("*.txt")):
        article_id = path.relative_to(texts).with_suffix("").as_posix()
        annotation = first.get(article_id) if first else path.with_suffix(".ann")
        if annotation and annotation.exists():
            yield article_id, path, annotation


def _parse(annotations: str, text: str) -> tuple[dict[str, dict], list[str]]:
    """Find the attributions of one .ann file by event, and the lines that are broken."""
    spans: dict[str, list[list[int]]] = {}
    rows: dict[str, dict] = {}
    broken = []
    for number, line in enumerate(annotations.splitlines(), 1):
        if (bound := _TEXT_BOUND.match(line)) and (found := _join_lines(bound[3], text)):
            spans[bound[1]] = found
        elif event := _EVENT.match(line):
            row = _read_event(event[2], spans)
            if row["content"]:
                rows[event[1]] = row
            else:
                broken.append(f"line {number}: an event without content")
        elif (kind := _KIND.match(line)) and kind[1] in rows:
            rows[kind[1]]["kind"] = kind[2]
        elif line.startswith(("T", "E")):
            broken.append(f"line {number}: not in standoff form")
    for row in rows.values():
        if row["cue_spans"] and _SAYS.fullmatch(_cut(text, row["source_spans"]).strip()):
            row["source_spans"], row["cue_spans"] = row["cue_spans"], row["source_spans"]
        row |= count_content(row["content"], _cut(text, row["content"]))
        row |= {key: _cut(text, row[f"{key}_spans"]) or None for key in ("cue", "source")}
    return rows, broken


def _cut(text: str, spans: list[list[int]]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def _read_event(arguments: str, spans: dict[str, list[list[int]]]) -> dict:
    row: dict = {column: [] for column in (*_SPANS.values(), "speaker_candidates")}
    for argument in arguments.split()[1:]:
        role, _, reference = argument.partition(":")
        if column := _SPANS.get(role.rstrip("0123456789").capitalize()):
            row[column] += spans.get(reference, [])
    return row


def _join_lines(fragments: str, text: str) -> list[list[int]]:
    """The spans of some fragments; none where they do not lie in the text."""
    joined: list[list[int]] = []
    for start, end in (map(int, fragment.split()) for fragment in fragments.split(";")):
        if not start < end <= len(text):
            return []
        if joined and joined[-1][1] <= start and not _LINE.search(text, joined[-1][1], start):
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return joined
