"""Articles made of names in use: in full, then as they are repeated; and who is found to speak."""

import re
import zlib
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from dateline.speakers.cast import Cast, gather_known
from dateline.speakers.names.alike import is_full
from dateline.speakers.registry import Registry
from dateline.speakers.rules import RULES
from dateline.speakers.scene import Article, Attribution, Scene

DATA = Path(__file__).parent / "data"
PROSE = (
    "It rained all night and the pumps were old. The crew had slept little and the boats stayed "
    "where they were. Two of the nets were torn. A second storm was due before noon, and the shops "
    "along the quay were shut. Nobody could say when the road would open. "
)
# In which an article has a name; its sources stand in brackets. {Short} opens a sentence.
PEOPLE = (
    "{full}, the head of the harbour office, spoke at noon. “We are late,” [{short}] said. "
    "[{Short}] said that the rain was to blame. It went on. “We will see,” said [{short}].",
    "The plan was dropped on Monday. “We are late,” said [{full}]. It rained all day. [{Short}] "
    "said that the pumps were to blame. “We will see,” [{short}] added.",
    "“It was a long night,” [{full}], 51, told reporters. The road was shut. “We are late,” "
    "[{short}] said. According to [{short}], the pumps were to blame.",
)
BODIES = (
    "[{full}]{after} said on Monday that the plan was late. “We are late,” [{short}] said. It "
    "rained. [{Short}] said that the pumps were to blame.",
    "The road was shut. “We are late,” said [{full}]{after} in a statement. It rained. [{Short}] "
    "said that the pumps were to blame.",
)
OPENED = (
    "Orla Pendrick, a skipper, came at noon. {prose}\n\n{Full} Pendrick the harbour was shut. "
    "“We are late,” [Pendrick] said.",
    "{prose}[Orla Pendrick] said it was late.\n\n{prose}{Full} Pendrick nobody came. “We are "
    "late,” [Pendrick] said.",
)


class Case(NamedTuple):
    """A name in use: where it is from, its full form, what follows that, and as it is repeated."""

    custom: str
    full: str
    after: str
    short: str

    @property
    def is_held_out(self):
        """Half of the cases were not looked at while the rules were written."""
        return zlib.crc32(self.full.encode()) % 2 == 1

    def find_faults(self):
        """What is wrong with its speakers; empty where all is right."""
        return find_faults(self)


class Item(NamedTuple):
    """A name in a news item whose sources stand in brackets: what bears it, and its full form."""

    custom: str
    full: str
    marked: str
    seen: str
    kind: str

    @property
    def is_held_out(self):
        """Half of the first items were not looked at while the rules were written."""
        return not self.seen and zlib.crc32(self.full.encode()) % 2 == 1

    def find_faults(self):
        """What is wrong with its speakers; empty where all is right."""
        return find_news_faults(self.full, self.marked, self.kind)


def read_people():
    """The names of people."""
    return [Case(custom, full, "", short) for custom, full, short in _read("names_in_use.tsv")]


def read_bodies():
    """The names of bodies."""
    return [Case("body", *row) for row in _read("bodies_in_use.tsv")]


def read_people_in_news():
    """The people of news items."""
    return [Item(*row, "person") for row in _read("names_in_news.tsv")]


def read_bodies_in_news():
    """The bodies of news items."""
    return [Item(*row, "organisation") for row in _read("bodies_in_news.tsv")]


def read_openers():
    """Words that open a sentence before a surname."""
    return [Case("opener", word, "", "Pendrick") for (word,) in _read("sentence_openers.txt")]


def _read(name):
    lines = (DATA / name).read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
    return rows[1:] if name.endswith(".tsv") else rows


def write_article(case):
    """The text of a case, and where its sources stand."""
    templates = {"body": BODIES, "opener": OPENED}.get(case.custom, PEOPLE)
    template = templates[zlib.crc32(case.full[::-1].encode()) % len(templates)]
    forms = {"full": case.full, "after": case.after, "short": case.short, "prose": PROSE}
    forms |= {"Full": _open(case.full), "Short": _open(case.short)}
    parts = re.split(r"[\[\]]", template.format(**forms))
    ends = list(accumulate(map(len, parts)))
    return "".join(parts), [(ends[i - 1], ends[i]) for i in range(1, len(parts), 2)]


def _open(words):
    return words if words[0] in "‘’'" else words[0].upper() + words[1:]


def find_faults(case):
    """What is wrong with the speakers of a case; empty where all is right."""
    text, places = write_article(case)
    found, people = _find_speakers(text, places)
    found = [speaker for speaker in found if speaker]
    wanted = "Orla Pendrick" if case.custom == "opener" else case.full.removeprefix("The ")
    kind = "organisation" if case.custom == "body" else "person"
    faults = [speaker.name for speaker in [*found, *people] if speaker.name != wanted]
    faults += [speaker.kind for speaker in found if speaker.kind != kind]
    return sorted(set(faults)) if found else ["nobody"]


def find_news_faults(name, marked, kind):
    """What is wrong with the speakers of a news item, whose sources stand in brackets."""
    parts = re.split(r"[\[\]]", marked)
    others = re.findall(r"\{([^}]+)\}", marked)
    parts = [re.sub(r"[{}]", "", part) for part in parts]
    ends = list(accumulate(map(len, parts)))
    places = [(ends[i - 1], ends[i]) for i in range(1, len(parts), 2)]
    found, people = _find_speakers("".join(parts), places)
    wanted = {fold(name)}
    faults = [s.name for s in found if s and fold(s.name) not in wanted]
    faults += [s.name for s in people if fold(s.name) not in wanted and s.name not in others]
    faults += [s.kind for s in found if s and s.kind != kind]
    faults += ["nobody"] * (None in found)
    return sorted(set(faults))


def fold(name):
    """A name without the title before it and the full stop behind it."""
    return re.sub(r"^(?:[Tt]he|Sir|Lord|Sheikh|Father|Daw|Ko|Alhaji|Ato|Sidi) ", "", name).rstrip(
        "."
    )


def _find_speakers(text, places):
    """Who is found at each place, None where nobody; and the people in full or found."""
    cast = Cast(text, places)
    cast.gather(gather_known([cast]))
    registry = Registry({"a": cast}, {"a": pd.NaT}, lambda one, other: False)
    sources = [Attribution(start, end, ((end, end + 1),), "indirect") for start, end in places]
    answers = Scene(Article("a", text, None, None), cast, registry, sources, RULES).read().values()
    found = [speaker for answer in answers for speaker in answer.speakers or [None]]
    people = [speaker for speaker in cast.people() if is_full(speaker.name) or speaker in found]
    return found, people
