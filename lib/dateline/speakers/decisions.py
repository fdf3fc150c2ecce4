"""From the analyst's speakers.csv to decisions that overrule the resolver, and back."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd

from dateline.frames import take_frame
from dateline.speakers.names.listed import fold_name, is_word
from dateline.tabular import disarm, rearm

COLUMNS = ("name", "aliases", "role", "kind", "not_the_same_as")
KINDS = ("person", "organisation", "group", "document", "unknown")


class Decisions:
    """What the analyst decided, ready for look-up by folded words."""

    def __init__(self, decisions: pd.DataFrame | None) -> None:
        """Index the rows of `read_decisions`; nothing is decided where there are none."""
        rows = [] if decisions is None else decisions.to_dict("records")
        self.kinds: dict[str, str] = {row["name"]: row["kind"] for row in rows if row["kind"]}
        self._names: dict[str, str] = {}
        self._roles: dict[str, str] = {}
        # By folded name: the rows that it is a name in, and the rows that keep it apart.
        self._own: dict[str, set[int]] = {}
        self._others: dict[str, set[int]] = {}
        for number, row in enumerate(rows):
            own = (row["name"], *row["aliases"])
            self._names |= {fold_phrase(name): row["name"] for name in own}
            if row["role"]:
                self._roles[fold_phrase(row["role"])] = row["name"]
            for names, rows_of in ((own, self._own), (row["not_the_same_as"], self._others)):
                for name in names:
                    rows_of.setdefault(fold_name(name), set()).add(number)

    def name(self, words: str) -> str | None:
        """The canonical name that these words stand for."""
        return self._names.get(fold_phrase(words))

    def role(self, words: str) -> str | None:
        """The canonical name of whoever holds exactly this role."""
        return self._roles.get(fold_phrase(words))

    def apart(self, one: str, other: str) -> bool:
        """Whether two folded names are never one person's."""
        if not self._others:
            return False
        pairs = ((one, other), (other, one))
        return any(self._own.get(a, set()) & self._others.get(b, set()) for a, b in pairs)


def fold_phrase(words: str) -> str:
    """Words as decisions compare them: folded, without a leading determiner."""
    return re.sub(r"^(?:the|an?) ", "", fold_name(" ".join(words.split())))


def read_decisions(path: Path | str) -> pd.DataFrame:
    r"""Read the analyst's decisions on speakers.

    Args:
        path: A CSV file with the columns name, aliases, role, kind and not_the_same_as; several
            aliases or names in a cell are parted by semicolons.

    Returns:
        One row a speaker, in the order of the file; `aliases` and `not_the_same_as` are lists.

    Raises:
        ValueError: A column or name is missing, a kind is unknown, or two rows claim the same
            words; the message names the row and the value.

    Example:
        >>> import dateline as dl
        >>> rows = "name,aliases,role,kind,not_the_same_as\nAda Quill,A. Quill; Ada,,person,\n"
        >>> _ = (folder / "speakers.csv").write_text(rows)
        >>> dl.read_decisions(folder / "speakers.csv")["aliases"].tolist()
        [['A. Quill', 'Ada']]
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8: save it as “CSV UTF-8”") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = tuple(reader.fieldnames or ())
    if missing := [column for column in COLUMNS if column not in header]:
        raise ValueError(f"{path} lacks the columns {', '.join(missing)}, between commas")
    rows = [(reader.line_num, _read_row(row, f"{path}, row {reader.line_num}")) for row in reader]
    owner: dict[str, str] = {}
    for line, row in rows:
        where = f"{path}, row {line}"
        _check_row(row, where)
        for words in dict.fromkeys((row["name"], *row["aliases"])):
            other = owner.setdefault(fold_phrase(words), row["name"])
            if other != row["name"]:
                raise ValueError(f"{where}: {words!r} already stands for {other!r}")
    return pd.DataFrame([row for _, row in rows], columns=list(COLUMNS))


def write_decisions(speakers: pd.DataFrame, path: Path | str) -> None:
    """Write the people and bodies that have a name, in the form that `read_decisions` reads.

    Args:
        speakers: SPEAKERS.
        path: The CSV file to write; an older one is replaced.

    Example:
        >>> import dateline as dl
        >>> articles = dl.make_articles(["“The port is shut,” said Ada Quill. She left."])
        >>> dl.write_decisions(dl.find_said(articles).speakers, folder / "speakers.csv")
        >>> dl.read_decisions(folder / "speakers.csv")["name"].tolist()
        ['Ada Quill']
    """
    columns = ("speaker_id", "name", "kind", "roles", "aliases")
    speakers = take_frame(speakers, "speakers", *columns)
    named = speakers[speakers["kind"].isin(["person", "organisation"])]
    named = named[~named["speaker_id"].str.contains("--", regex=False)]
    names = {fold_phrase(name) for name in named["name"]}
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in named.sort_values(["name", "speaker_id"]).to_dict("records"):
            # A surname alone decides nothing: in the next article it may be somebody else's.
            aliases = [a for a in row["aliases"] if " " in a and ";" not in a]
            aliases = [a for a in aliases if fold_phrase(a) not in names]
            names.update(map(fold_phrase, aliases))
            role = next((role for role in row["roles"] if _is_specific(role)), "")
            # Its own name among the aliases lets the analyst rename a speaker and keep the link.
            known = "; ".join([row["name"], *aliases])
            writer.writerow(map(disarm, (row["name"], known, role, row["kind"], "")))


def _read_row(row: dict[Any, Any], where: str) -> dict[str, Any]:
    if any(extra.strip() for extra in row.get(None) or ()):  # DictReader's key for cells too many
        raise ValueError(f"{where} has more cells than there are columns: {row[None]}")
    cells: dict[str, Any] = {c: " ".join(rearm(row[c] or "").split()) for c in COLUMNS}
    for column in ("aliases", "not_the_same_as"):
        cells[column] = [part.strip() for part in cells[column].split(";") if part.strip()]
    return cells


def _check_row(row: dict[str, Any], where: str) -> None:
    if not row["name"]:
        raise ValueError(f"{where}: the name is empty")
    if row["kind"] and row["kind"] not in KINDS:
        raise ValueError(f"{where}: {row['kind']!r} is no kind; there are {', '.join(KINDS)}")
    own = {fold_phrase(words) for words in (row["name"], *row["aliases"])}
    for other in row["not_the_same_as"]:
        if fold_phrase(other) in own:
            raise ValueError(f"{where}: {row['name']!r} cannot differ from its own name {other!r}")


def _is_specific(role: str) -> bool:
    """Whether a role is told by its place or body, so that it can be known in another article."""
    words = re.findall(r"[^\W\d_][\w’'-]*", role)
    return any(w[0].isupper() and not is_word(w, "title", "role", "verbal") for w in words[1:])
