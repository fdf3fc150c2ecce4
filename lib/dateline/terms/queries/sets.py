"""From the analyst's terms.tsv to named sets of terms, which queries ask for as `[name]`."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dateline.frames import take_frame
from dateline.method import note_method
from dateline.tabular import rearm
from dateline.terms.queries.query import parse_query

COLUMNS = ("name", "term")


def read_terms(path: Path | str) -> pd.DataFrame:
    r"""Read the analyst's sets of terms.

    Args:
        path: A file with tabs between the columns name and term, and others, such as a note; a
            name stands in as many rows as it has terms. A term is a word, a phrase, a wildcard or
            another query (docs/queries.md), but no set.

    Returns:
        One row a term, in the order of the file, for `name_terms`; a cell that is empty is "".

    Raises:
        ValueError: The file is not UTF-8, lacks a column, or a row has no name, a name that cannot
            be asked for, or a term that is no query; the message names the row and the value.

    Example:
        >>> import dateline as dl
        >>> rows = "name\tterm\nweather\tstorm*\nweather\theavy rain\n"
        >>> _ = (folder / "terms.tsv").write_text(rows)
        >>> dl.read_terms(folder / "terms.tsv").values.tolist()
        [['weather', 'storm*'], ['weather', 'heavy rain']]
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8: save it as text, “Unicode (UTF-8)”") from error
    header = [name.strip() for name in lines[0].split("\t")]
    if missing := [column for column in COLUMNS if column not in header]:
        raise ValueError(f"{path} lacks the columns {', '.join(missing)}, between tabs")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = [" ".join(rearm(cell).split()) for cell in line.split("\t")]
        if not any(cells):
            continue
        where = f"{path}, row {number}"
        if any(cells[len(header) :]):
            raise ValueError(f"{where} has more cells than there are columns: {cells}")
        row = dict(zip(header, [*cells, *[""] * len(header)], strict=False))
        _check_row(row["name"], row["term"], where)
        rows.append(row)
    return pd.DataFrame(rows, columns=header)


def name_terms(tokens: pd.DataFrame, sets: pd.DataFrame | Path | str) -> pd.DataFrame:
    r"""Give names to sets of terms, so that `[name]` is asked for like a term.

    A set counts where any of its terms stands, and no token twice: of terms that share a token the
    one that begins first is met, of those that begin together the longest.

    Args:
        tokens: TOKENS.
        sets: What `read_terms` reads, or a frame with the columns name and term; or the folder of
            the articles, or one of its files: where it holds a terms.tsv, that is read.

    Returns:
        TOKENS in the same order; their method holds the sets. A name that had terms before has
        those of `sets` now.

    Raises:
        ValueError: A column is missing, or a row is none that `read_terms` reads.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["Storms came, then heavy rain. The rain stopped."])
        >>> rows = ["name\tterm", "weather\tstorm*", "weather\train", "weather\theavy rain"]
        >>> _ = (folder / "terms.tsv").write_text("\n".join(rows))
        >>> sets = dl.read_terms(folder / "terms.tsv")
        >>> tokens = dl.name_terms(dl.find_tokens(articles), sets)
        >>> dl.count_terms(tokens, articles, include="[weather]")[["term", "n"]].values.tolist()
        [['[weather]', 3]]
        >>> dl.concordance(articles, "[weather]", tokens=tokens)["keyword"].tolist()
        ['Storms', 'heavy rain', 'rain']
    """
    tokens = take_frame(tokens, "tokens", "term")
    if not isinstance(sets, pd.DataFrame):
        path = (Path(sets) if Path(sets).is_dir() else Path(sets).parent) / "terms.tsv"
        sets = read_terms(path) if path.exists() else pd.DataFrame(columns=COLUMNS)
    if missing := [column for column in COLUMNS if column not in sets]:
        raise ValueError(f"`sets` lacks the columns {', '.join(missing)}")
    known: dict[str, list[str]] = {}
    pairs = zip(sets["name"], sets["term"], strict=True)
    for number, (name, term) in enumerate(pairs):
        _check_row(name, term, f"row {number} of `sets`")
        known.setdefault(" ".join(name.split()), []).append(term)
    before = tokens.attrs.get("method", {}).get("sets", {})
    note_method(tokens, tokens, **({"sets": before | known} if before or known else {}))
    return tokens


def _check_row(name: object, term: object, where: str) -> None:
    for column, value in (("name", name), ("term", term)):
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{where}: the {column} is {value!r}, expected words")
    try:
        asked, own = (parse_query(str(query)) for query in (f"[{name}]", term))
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
    if len(asked) > 1 or [item.kind for item in asked[0]] != ["set"]:
        raise ValueError(f'{where}: the name {name!r} has one of []|", expected words')
    if any(item.kind == "set" for phrase in own for item in phrase):
        raise ValueError(f"{where}: {term!r} is a set, expected a word, a phrase or a pattern")
