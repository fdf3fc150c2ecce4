"""How fast files of each form are read, beside what the work is built on, in the same run.

    python benchmarks/reading.py [--pages FOLDER] [--texts FOLDER] [--turns N]

Web pages (FOLDER: ../shared/bench/forms/html_gt) beside trafilatura alone; an export of 500
articles, made here, in articles a second; plain text (../shared/bench/polnear/train/text), to all
frames and to blocks alone, beside opening and decoding the same files with one pass of the pattern
of a word; and a table beside pandas alone. Times are CPU seconds of one
process, the median of N turns in which all methods follow one another: what counts is the ratio.
"""

import argparse
import gzip
import io
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from dateline.read import find_blocks, read_corpus
from dateline.read.forms.item import Source
from dateline.read.forms.recognise import find_forms, open_source
from dateline.words import WORD

FORMS, POLNEAR = Path("../shared/bench/forms"), Path("../shared/bench/polnear/train/text")
STORY = "The ferry to the islands is late, Orla Venn said. The harbour is shut since the storm. "


def make_export(n: int) -> bytes:
    """An export of n articles of some 300 words, in the older layout of Nexis."""
    body = "\n\n".join([STORY * 4] * 5)
    return "".join(
        f"{i} of {n} DOCUMENTS\n\nQuay Post\n\nMarch 4, 2025 Tuesday\n\nFERRY {i}\n\n"
        f"BYLINE: Orla Venn\n\nLENGTH: 320 words\n\n{body}\n\nLOAD-DATE: March 5, 2025\n\n"
        for i in range(1, n + 1)
    ).encode()


def make_table(n: int) -> bytes:
    rows = {
        "title": [f"Ferry {i}" for i in range(n)],
        "text": [STORY * 20] * n,
        "desk": ["Sea"] * n,
    }
    return pd.DataFrame(rows).to_csv(index=False).encode()


def read_source(name: str, data: bytes) -> int:
    """Read one file as its form, in this process."""
    source = Source(name, data=data)
    _, contents = open_source(source, find_forms(source.head(), name))
    return sum(not item.left_out for item in contents.items)


def measure(methods: dict[str, Callable[[], object]], turns: int) -> dict[str, float]:
    """The median of each method's CPU seconds, turn by turn."""
    seconds: dict[str, list[float]] = {name: [] for name in methods}
    for _ in range(turns):
        for name, method in methods.items():
            began = time.process_time()
            method()
            seconds[name].append(time.process_time() - began)
    return {name: statistics.median(values) for name, values in seconds.items()}


def tell(what: str, n: int, unit: str, seconds: dict[str, float]) -> None:
    ours, *others = seconds.items()
    print(f"{what}: {n / ours[1]:,.0f} {unit} a second")
    for name, value in others:
        print(f"  {ours[1] / value:.2f} times the time of {name} ({n / value:,.0f} a second)")


def read_pages(folder: Path, turns: int) -> None:
    import trafilatura

    raws = [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz"))]
    methods = {
        "ours": lambda: [read_source("a.html", raw) for raw in raws],
        "trafilatura with metadata": lambda: [
            trafilatura.bare_extraction(raw, with_metadata=True) for raw in raws
        ],
        "trafilatura": lambda: [trafilatura.extract(raw) for raw in raws],
    }
    tell(f"{len(raws)} web pages", len(raws), "pages", measure(methods, turns))


def read_texts(folder: Path, turns: int) -> None:
    paths = sorted(folder.glob("*.txt"))
    word = re.compile(WORD)
    methods = {
        "ours": lambda: read_corpus(folder),
        "opening, decoding and finding words": lambda: [
            word.findall(path.read_bytes().decode()) for path in paths
        ],
        "opening and decoding": lambda: [path.read_bytes().decode() for path in paths],
    }
    tell(f"{len(paths)} texts, to all frames", len(paths), "texts", measure(methods, turns))
    articles = read_corpus(folder).articles
    seconds = measure({"blocks": lambda: find_blocks(articles)}, turns)
    tell("the blocks of these texts", len(paths), "texts", seconds)


def read_made(turns: int) -> None:
    export, table = make_export(500), make_table(2000)
    ours = measure({"ours": lambda: read_source("a.txt", export)}, turns)
    tell("500 articles of an export", 500, "articles", ours)
    methods = {
        "ours": lambda: read_source("a.csv", table),
        "pandas": lambda: pd.read_csv(io.BytesIO(table)),
    }
    tell("2,000 rows of a table", 2000, "rows", measure(methods, turns))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.txt").write_bytes(export)
        began = time.perf_counter()
        n = len(read_corpus(folder).articles)
        print(f"the same export to all frames: {n / (time.perf_counter() - began):,.0f} a second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=Path, default=FORMS / "html_gt")
    parser.add_argument("--texts", type=Path, default=POLNEAR)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    read_made(options.turns)
    for folder, read in ((options.pages, read_pages), (options.texts, read_texts)):
        if folder.is_dir():
            read(folder, options.turns)
        else:
            print(f"{folder} is not there: not measured")


if __name__ == "__main__":
    main()
