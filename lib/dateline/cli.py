"""From the command line to the library: the command `dateline`."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.inputs import (
    Refused,
    check_reading,
    corpus_argument,
    read_input,
    reading_options,
    tell_problems,
)

if TYPE_CHECKING:
    import pandas as pd

    from dateline.speakers.said import Found

# pandas and spaCy are imported by the commands that use them: help and mistakes answer at once.
_REPORTS = ("report", "params", "diff", "verify", "prune", "index")
_ELSEWHERE = dict.fromkeys(_REPORTS, "report.commands") | {"fetch": "fetch.command"}
CANNOT_WRITE = 74  # EX_IOERR of sysexits.h


class Commands(click.Group):
    """A group that imports the commands of other rooms only when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands, the reports first."""
        return [*_ELSEWHERE, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command by its name."""
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        return getattr(import_module(f"dateline.{_ELSEWHERE[cmd_name]}"), cmd_name, None)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what the library raises on purpose is told in one line.

        These are ValueError, for a mistake, and RuntimeError, where the language model is missing.
        """
        try:
            return super().invoke(ctx)
        except (ValueError, RuntimeError) as error:
            is_meant = isinstance(error, ValueError) or type(error) is RuntimeError
            if not is_meant or os.environ.get("DATELINE_TRACEBACK"):
                raise
            raise Refused(" ".join(str(error).split())) from error


def examples(*lines: str) -> str:
    """The end of a help page: command lines to start from."""
    # \b asks click to leave the lines as they are.
    return "\b\nExamples:\n" + "\n".join(f"  dateline {line}" for line in lines)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "report                            make both reports on corpus/",
        "quotes corpus -o quotes.jsonl     who said what, with offsets",
        "terms corpus -o terms.csv --by outlet",
        "quotes --help                     explains a command",
    ),
)
@click.version_option(package_name="dateline", prog_name="dateline")
def cli() -> None:
    """Who said what in the news, and in which terms."""


def output(what: str, *, required: bool = True) -> Callable:
    """The option `-o`, saying what is written there."""

    def check(ctx: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
        if path is not None and not os.access(path.parent, os.W_OK):  # told before the work
            raise Refused(
                f"cannot write {path}: {path.parent} is no folder to write in", CANNOT_WRITE
            )
        return path

    kind = click.Path(path_type=Path)
    return click.option("-o", "path", type=kind, required=required, help=what, callback=check)


@cli.command(
    epilog=examples(
        "quotes corpus -o quotes.jsonl",
        "quotes article.txt -o quotes.csv --min-score 0.7",
        "quotes corpus -o annotated --format brat     to be corrected in brat",
    )
)
@corpus_argument
@output("File to write (.jsonl, .csv or .parquet), or a folder for brat.")
@click.option("--format", "form", type=click.Choice(["brat"]), help="Write brat standoff.")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    help="Leave out the less sure; unless given, as the library does. 0 lists all candidates.",
)
def quotes(
    sources: tuple[str, ...],
    path: Path,
    form: str | None,
    min_score: float | None,
    **how: Any,
) -> None:
    """Write who said what, with offsets.

    INPUT is a file of articles in any form, or a folder of such files. Each row has the content,
    source and cue with their offsets in the article's text, the speaker (or the candidates, where
    undecided), the rule that decided, and a score from 0 to 1. CSV and Parquet hold the frame
    `said` with its outlets and days; CSV is made safe for spreadsheets.
    """
    from dateline.evaluation.exchange import write_said
    from dateline.evaluation.standoff import write_standoff
    from dateline.tabular import check_suffix

    if form is None:
        check_suffix(path)
    articles = read_input(sources, **how)
    options = {} if min_score is None else {"min_score": min_score}
    said = find_all(articles, sources, **options).said
    with writing(path):
        if form == "brat":
            write_standoff(said, articles, path)
        else:
            write_said(said, path)
    click.echo(f"{len(said)} attributions in {len(articles)} articles: {path}", err=True)


@cli.command(
    epilog=examples(
        "terms corpus -o terms.csv",
        "terms corpus -o terms.parquet --by outlet --by month --min-n 3",
        "terms corpus -o treaty.csv --by month --only 'treat*' --only 'river treaty|pact'",
    )
)
@corpus_argument
@output("File to write: .csv, .jsonl or .parquet.")
@click.option(
    "--by",
    metavar="COLUMN",
    multiple=True,
    help="Count for each outlet, place, month ...; repeatable.",
)
@click.option("--min-n", type=click.IntRange(1), default=1, help="Leave out rarer terms.")
@click.option("--no-stopwords", "is_plain", is_flag=True, help="Leave out stop words.")
@click.option(
    "--only",
    metavar="QUERY",
    multiple=True,
    help="Count these alone: a word, 'treat*', 'a|b', '[set]' of INPUT/terms.tsv ...; repeatable.",
)
def terms(
    sources: tuple[str, ...],
    path: Path,
    by: tuple[str, ...],
    min_n: int,
    is_plain: bool,
    only: tuple[str, ...],
    **how: Any,
) -> None:
    """Write how often each term occurs.

    INPUT is a file of articles in any form, or a folder of such files; a terms.tsv in it gives
    names to sets of terms.
    """
    import dateline
    from dateline.read.files import find_home
    from dateline.tabular import check_suffix, write_table

    check_suffix(path)
    articles = read_input(sources, **how)
    tokens = dateline.name_terms(dateline.find_tokens(articles), find_home(sources))
    wanted = {"exclude": dateline.load_stopwords() if is_plain else (), "include": only or None}
    with warnings.catch_warnings(record=True, action="always") as told:
        counts = dateline.count_terms(tokens, articles, by=by or None, min_n=min_n, **wanted)
    for warning in told:  # what nothing matches
        click.echo(warning.message, err=True)
    with writing(path):
        write_table(counts, path)
    click.echo(f"{len(counts)} rows from {len(articles)} articles: {path}", err=True)


@cli.command(epilog=examples("speakers corpus -o corpus/speakers.csv"))
@corpus_argument
@output("CSV file to write.")
@click.option("--overwrite", is_flag=True, help="Replace FILE, with what was decided in it.")
def speakers(sources: tuple[str, ...], path: Path, overwrite: bool, **how: Any) -> None:
    """Write the speakers, to be corrected.

    INPUT is a file of articles in any form, or a folder of such files. Corrections in
    INPUT/speakers.csv overrule what Dateline finds, in every later run.
    """
    from dateline.speakers.decisions import write_decisions
    from dateline.tabular import replaced

    if path.exists() and not overwrite:
        raise Refused(f"{path} may hold decisions: name another file, or add --overwrite")
    found = find_all(read_input(sources, **how), sources)
    with writing(path), replaced(path) as staged:
        write_decisions(found.speakers, staged)
    click.echo(f"{len(found.speakers)} speakers: {path}", err=True)


@cli.command(epilog=examples("check exports", "check exports -o check.html"))
@corpus_argument
@output("Write it as a page, too: one HTML file.", required=False)
def check(sources: tuple[str, ...], path: Path | None, strict: bool, **how: Any) -> None:
    """Show what can be read, and what is doubtful, before anything is counted.

    INPUT is a file of articles in any form, or a folder of such files. Shown are files by form,
    outlets, dates, languages, reprints and problems.
    """
    import dateline
    from dateline.show.check import check_corpus, say_sections, write_page

    corpus = dateline.read_corpus(sources, **how)
    sections = check_corpus(corpus)
    click.echo(say_sections(sections))
    if path is not None:
        with writing(path):
            write_page(sections, f"What can be read of {', '.join(sources)}", path)
    check_reading(corpus, sources, strict=strict)


@cli.command(
    "evaluate",
    epilog=examples(
        "evaluate tests/gold                           our own gold, texts in corpus/",
        "evaluate tests/gold/forms                     articles in other forms, with their texts",
        "evaluate annotated --predictions quotes.jsonl     a folder in brat standoff",
    ),
)
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--predictions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON lines to score, as `quotes` writes them; without it, what Dateline finds now.",
)
@click.option("--corpus", default="corpus", help="Articles of gold in JSON lines (corpus).")
@reading_options
@output("Write the figures here too, as JSON.", required=False)
def score(gold: Path, predictions: Path | None, corpus: str, path: Path | None, **how: Any) -> None:
    """Score attributions against a gold standard.

    GOLD is a folder in brat standoff, or JSON lines as `quotes` writes them (a file or a folder);
    a folder may hold its articles in `texts`, and their genres in `genres.tsv`.
    exact: the same words; partial: at least half of them (Jaccard); joint: partial, and the source
    is right. The interval is a bootstrap over articles.
    """
    from dateline.evaluation.evaluate import (
        brings_texts,
        evaluate,
        read_gold,
        show_figures,
        write_figures,
    )
    from dateline.evaluation.exchange import read_said

    annotated = read_gold(
        gold, corpus=corpus if brings_texts(gold) else read_input([corpus], **how)
    )
    for problem in annotated.problems.itertuples():
        click.echo(f"{problem.path}: {problem.problem}", err=True)
    said = read_said(predictions) if predictions else find_all(annotated.articles).said
    figures = evaluate(annotated.said, said, annotated.articles)
    click.echo(show_figures(figures))
    if path is not None:
        with writing(path):
            write_figures(figures, path)


def find_all(articles: pd.DataFrame, sources: Sequence[str] = (), **options: float) -> Found:
    """Find who said what, with progress on a terminal; tell on stderr what failed."""
    import dateline
    from dateline.read.files import find_home

    home = find_home(sources) if sources else None
    found = dateline.find_said(articles, corpus=home, progress=sys.stderr.isatty(), **options)
    tell_problems(found.problems)
    return found


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn a file that cannot be written into one line and exit code 74."""
    try:
        yield
    except OSError as error:
        raise Refused(f"cannot write {path}: {error.strerror or error}", CANNOT_WRITE) from error


def main() -> None:
    """Run the command `dateline`."""
    cli(prog_name="dateline")
