"""From what files and their folders are called to what that states of the articles in them."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from dateline.read.metadata.dates import find_date
from dateline.read.metadata.statement import Statement
from dateline.wordlists import load_words

_FIRST_YEAR = 1800
_MOST_WORDS = 6  # of an outlet's name
# Parted from other letters and digits, so that no number that is longer counts; a clock may follow.
_DAY = re.compile(
    r"(?<![^\W_])(\d{4})(?:([-._ ])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d))(?:T\d{4,6}Z?)?(?![^\W_])"
)
_WORDED = re.compile(r"[^\W\d_]{3}.*\d{4}")
_MONTH = re.compile(r"(\d{4})[-.](\d\d)")
# "harbour-courier_2025-03-04_port-shut", "Harbour Courier - 2025-03-04 - Port shut".
_FIELDS = re.compile(r"_+|\s+[-–—|]\s+")
# The day that a file was collected on is not the day of the news in it.
_COLLECTED = re.compile(
    r"(?i)(?<![^\W_])(?:download|export|scrape|crawl|retriev|access|save|scan|backup|captur|fetch)"
    r"(?:s|e?d|ing|ed on)?(?![^\W_])|screen ?shot"
)
_FOLDER_MONTH = re.compile(r"(\d{1,2})(?:[-_. ]+[a-z]{3,9})?|([a-z]{3,9})\.?", re.IGNORECASE)


class Names:
    """The names of a corpus's files, and what they and their folders state.

    Only whole dates from 1800 to next year count, year first or with the month in words; a year
    alone only as a folder, or beside a known outlet. Two dates state nothing.
    """

    def __init__(
        self,
        names: Iterable[str],
        outlets: Mapping[str, set[str]],
        *,
        last_year: int | None = None,
    ) -> None:
        """Take the names of all files, relative to the corpus, and the outlets that files state."""
        self._outlets = outlets
        self._last = last_year or datetime.date.today().year + 1
        # What was found out of the folders of one, which are looked at for each file in them.
        self._years: dict[tuple[str, ...], bool] = {}
        self._of_outlets: dict[tuple[str, ...], bool] = {}
        self._inside: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        self._names = [PurePosixPath(name) for name in names]
        for path in self._names:
            for i, folder in enumerate(path.parts[:-1]):
                self._inside[path.parts[:i]].add(folder)

    def read_name(self, name: str) -> tuple[list[Statement], list[str]]:
        """What the name of a file that is one article states: a date, outlet and title."""
        stem = PurePosixPath(name).stem
        fields = [field.strip(" -.,()[]") for field in _FIELDS.split(stem)]
        if _COLLECTED.search(stem):
            return [], []
        days = {day: match[0] for match in _DAY.finditer(stem) if (day := self._read_day(match))}
        days |= {day: field for field in fields if (day := self._read_words(field))}
        if len(days) > 1:
            return [], [f"no date: its name has {' and '.join(map(repr, days.values()))}"]
        (value, words), *_ = [*days.items(), *self._read_part(fields), ("", "")]
        stated = [Statement("published_on", value, words, "file_name")] if value else []
        named = self._read_fields(stem, fields, words)
        return stated + [Statement(*pair, stem, "file_name") for pair in named], []

    def read_folders(self, name: str) -> list[Statement]:
        """What the folders of a file state: the date, where they are days; the outlet."""
        folders = PurePosixPath(name).parts[:-1]
        first, dated, value = self._find_date_folders(folders)
        words = "/".join(folders[first : first + dated])
        stated = [Statement("published_on", value, words, "folder")] if value else []
        # An outlet's folder stands above those of its days, or below them.
        at = len(folders) - 1 if first + dated < len(folders) else first - 1
        if at >= 0 and (outlet := self._find_outlet(folders[:at], folders[at])):
            stated.append(Statement("outlet", outlet, folders[at], "folder"))
        return stated

    def _read_day(self, match: re.Match) -> str:
        year, _, month, day, *packed = match.groups()
        return self._say_day(year, *((month, day) if month else packed))

    def _say_day(self, *numbers: str) -> str:
        """The day in ISO form; "" where there is none such, or none that news was printed on."""
        try:
            day = datetime.date(*map(int, numbers))
        except ValueError:
            return ""
        return day.isoformat() if _FIRST_YEAR <= day.year <= self._last else ""

    def _read_words(self, field: str) -> str:
        """The day that a field is which names its month: "4 March 2025"."""
        words = field.replace("-", " ")
        found = find_date(words) if _WORDED.search(words) else None
        if found is None or found.day is None or found.words != words:
            return ""
        return found.value if _FIRST_YEAR <= found.day.year <= self._last else ""

    def _read_part(self, fields: list[str]) -> list[tuple[str, str]]:
        """A month that is a field of its own; a year, beside an outlet that is known."""
        months = [match for field in fields if (match := _MONTH.fullmatch(field))]
        found = [(f"{m[1]}-{m[2]}", m[0]) for m in months if self._say_day(m[1], m[2], "1")]
        # "budget_2026_outlook" is of another year than 2026.
        if not found and any(fold_name(field) in self._known for field in fields):
            found = [(f, f) for f in fields if re.fullmatch(r"\d{4}", f) and self._is_year(f)]
        return found

    def _is_year(self, word: str) -> bool:
        return word.isdigit() and _FIRST_YEAR <= int(word) <= self._last

    def _read_fields(self, stem: str, fields: list[str], date: str) -> list[tuple[str, str]]:
        """The outlet and title of a name that is outlet, date and title, or in another order."""
        if date not in fields:
            return self._read_slug(stem, date)
        others = [field for field in fields if field and field != date]
        if len(fields) == 2 and others and fold_name(others[0]) in self._known:
            return [("outlet", self._spell(others[0]))]
        if len(fields) != 3 or len(others) != 2 or not all(map(_has_letters, others)):
            return []
        outlet, title = others
        # Where the date comes first, a line may part words as well: 2025-03-04_port_shut.
        is_outlet = fields[1] == date or fold_name(outlet) in self._known
        if not (is_outlet or " " in stem or "-" in title):
            return []
        return [("outlet", self._spell(outlet)), ("title", _part_words(title))]

    def _read_slug(self, stem: str, date: str) -> list[tuple[str, str]]:
        """The known outlet that a name begins with, the date aside: 2025-03-04-quay-post-ferry."""
        rest = fold_name(stem.replace(date, " ", 1)) if date else ""
        words = rest.split()
        # One word may be a word of the title, too.
        begins = (" ".join(words[:n]) for n in range(_MOST_WORDS, 1, -1))
        return next(([("outlet", self._known[one])] for one in begins if one in self._known), [])

    @cached_property
    def _known(self) -> dict[str, str]:
        """The outlets that articles state, by their folded names."""
        stated = {outlet for outlets in self._outlets.values() for outlet in outlets}
        return {fold_name(outlet): outlet for outlet in sorted(stated, reverse=True)}

    def _spell(self, words: str) -> str:
        return self._known.get(fold_name(words), _part_words(words))

    def _find_date_folders(self, folders: tuple[str, ...]) -> tuple[int, int, str]:
        """Where the folders are that are a date, how many they are, and the date; "" for none."""
        for i, folder in enumerate(folders):
            if (match := _DAY.fullmatch(folder)) and (day := self._read_day(match)):
                return i, 1, day
            match = _MONTH.fullmatch(folder)
            if match and self._say_day(match[1], match[2], "1"):
                year, month, n = match[1], int(match[2]), 1
            elif re.fullmatch(r"\d{4}", folder) and self._has_years(folders[:i]):
                year, month, n = folder, _read_month("".join(folders[i + 1 : i + 2])), 2
            else:
                continue
            if not month:
                return i, 1, year
            below = "".join(folders[i + n : i + n + 1])
            day = self._say_day(year, str(month), below) if re.fullmatch(r"\d\d?", below) else ""
            return (i, n + 1, day) if day else (i, n, f"{year}-{month:02}")
        return len(folders), 0, ""

    def _find_outlet(self, parents: tuple[str, ...], folder: str) -> str:
        """The outlet that a folder is; "" where it may be a section, a batch or a story.

        A known outlet is one wherever it stands. Another name is one beside other such names,
        where none of them is a word for sections or batches, and none holds two stated outlets.
        """
        if fold_name(folder) in self._known:
            return self._known[fold_name(folder)]
        return _part_words(folder) if self._has_outlets(parents) else ""

    def _has_years(self, parents: tuple[str, ...]) -> bool:
        """Whether all numbers of four digits among the folders of one may be years."""
        if parents not in self._years:
            numbers = [one for one in self._inside[parents] if re.fullmatch(r"\d{4}", one)]
            self._years[parents] = all(map(self._is_year, numbers))
        return self._years[parents]

    def _has_outlets(self, parents: tuple[str, ...]) -> bool:
        """Whether the folders of one are several, and none of them is no outlet."""
        if parents not in self._of_outlets:
            beside = self._inside[parents]
            is_other = (self._is_other(parents, one) for one in beside)
            self._of_outlets[parents] = len(beside) > 1 and not any(is_other)
        return self._of_outlets[parents]

    def _is_other(self, parents: tuple[str, ...], folder: str) -> bool:
        words = {re.sub(r"\d", "", word) for word in fold_name(folder).split()} - {""}
        return (
            not _has_letters(folder)
            or bool(words and words <= load_words("folders.txt"))
            or bool(_DAY.search(folder))
            or len(self._stated_below.get((*parents, folder), ())) > 1
        )

    @cached_property
    def _stated_below(self) -> dict[tuple[str, ...], set[str]]:
        """The outlets that the files of each folder state, folded."""
        below: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for path in self._names:
            stated = {fold_name(outlet) for outlet in self._outlets.get(str(path), ())}
            for i in range(1, len(path.parts)):
                below[path.parts[:i]] |= stated
        return below


def fold_name(name: str) -> str:
    """A name for comparing it: its letters and digits in small letters, without "the"."""
    words = re.split(r"[\W_]+", name.casefold())
    return " ".join(word for word in words if word and word != "the")


def _has_letters(words: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", words))


def _part_words(words: str) -> str:
    """A field in words: hyphens part them where no space does."""
    return words if " " in words else re.sub(r"[-_.]+", " ", words).strip()


def _read_month(folder: str) -> int:
    """The month that a folder is called by: 3, 03, 03-March, mar; 0 where it is none."""
    match = _FOLDER_MONTH.fullmatch(folder)
    if match is None:
        return 0
    if match[1]:
        return int(match[1]) if 1 <= int(match[1]) <= 12 else 0
    found = find_date(f"{match[2]} 2000")
    return int(found.value[5:7]) if found and found.precision == "month" else 0
