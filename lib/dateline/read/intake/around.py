"""From what articles state, and what lies around their files, to their metadata with the places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dateline.frames import make_frame
from dateline.read.files import Found
from dateline.read.intake.load import Loaded
from dateline.read.intake.rows import Row, name_further
from dateline.read.language import (
    ENGLISH,
    Language,
    find_language,
    list_neighbours,
    name_code,
    say_language,
)
from dateline.read.metadata.beside import read_tables
from dateline.read.metadata.called import Names
from dateline.read.metadata.statement import Statement
from dateline.read.metadata.trust import choose_metadata

if TYPE_CHECKING:
    import pandas as pd


class Stated(NamedTuple):
    """The metadata of an article: columns, further ones, what states them, and doubts in words."""

    columns: dict[str, object]
    further: dict[str, str]
    statements: list[Statement]
    taken: frozenset[Statement]
    doubts: list[str]


class Around:
    """What lies around the files of a corpus: metadata.csv, their names, their folders."""

    def __init__(
        self, files: Sequence[Found], rows: Iterable[tuple[Loaded, Row]], trust: tuple[str, ...]
    ) -> None:
        """Read it; `rows` are all articles, each with the file that it is of."""
        self._trust = trust
        outlets: defaultdict[str, set[str]] = defaultdict(set)
        several = set()
        self._found: dict[tuple[str, object], Language] = {}
        for file, row in rows:
            self._found[file.name, row.columns["item"]] = find_language(row.layout.body)
            stated = {one.value for one in row.statements if one.column == "outlet"}
            outlets[file.name] |= stated
            several |= {file.name} if file.n_all > 1 else set()
        self._tables, self.problems = read_tables(files, several) if "table" in trust else ({}, [])
        for name, listed in self._tables.items():
            outlets[name] |= {
                one.value for row in listed for one in row.statements if one.column == "outlet"
            }
        known = Counter(found.code for found in self._found.values() if found.code)
        # Of equally many the first in the alphabet; English where nothing is known.
        self._language = max(sorted(known), key=known.__getitem__, default=ENGLISH)
        self._names = Names((file.name for file in files), outlets)

    def find(self, file: Loaded, row: Row) -> Stated:
        """Choose the metadata of one article of a file.

        The name of a file that holds several articles says nothing of each, and the date of its
        folder is of the day when the file was made.
        """
        listed = self._tables.get(file.name, [])
        statements = [one for given in listed for one in given.statements] + row.statements
        doubts = list(row.doubts)
        in_folders = self._names.read_folders(file.name)
        if file.n_all == 1:
            named, unsure = self._names.read_name(file.name)
            statements += named
            doubts += unsure
        else:
            in_folders = [one for one in in_folders if one.column != "published_on"]
        statements = list(dict.fromkeys([*statements, *in_folders]))
        chosen = choose_metadata(statements, self._trust)
        further = dict(row.further)
        for given in reversed(listed):
            further |= name_further(given.further)
        read, unsure = self._read_language(
            self._found[file.name, row.columns["item"]], str(chosen.columns.get("language", ""))
        )
        taken = chosen.taken
        if read.evidence:  # it is none that was stated
            statements.append(read)
            taken = frozenset(one for one in taken if one.column != "language") | {read}
        columns = {**chosen.columns, "language": read.value}
        return Stated(columns, further, statements, taken, doubts + chosen.doubts + unsure)

    def _read_language(self, found: Language, stated: str) -> tuple[Statement, list[str]]:
        """The language as the words read, else as stated, else as that of most articles."""
        code = name_code(stated)
        if found.code and (not code or code not in list_neighbours(found.code)):
            doubt = f"states {stated!r}, but reads as {say_language(found.code)}"
            evidence = f"as its first {found.n_words} words read"
            return Statement("language", found.code, evidence, "text"), [doubt] if code else []
        if code:
            return Statement("language", code, "", "text"), []
        evidence = "too little to tell: as most of what was read"
        return Statement("language", self._language, evidence, "text"), []


def build_metadata(stated: Mapping[str, Stated]) -> pd.DataFrame:
    """Make METADATA of what is stated of each article, by its id."""
    listed = [
        (key, one, one in found.taken) for key, found in stated.items() for one in found.statements
    ]
    return make_frame(
        "metadata",
        {
            "article_id": [key for key, *_ in listed],
            **{name: [getattr(one, name) for _, one, _ in listed] for name in Statement._fields},
            "is_taken": [is_taken for *_, is_taken in listed],
        },
    )
