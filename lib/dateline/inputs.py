"""From the INPUT of a command, and its options, to articles; and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

    from dateline.read import Corpus


class Refused(click.ClickException):
    """What the analyst can mend: one line on stderr and an exit code."""

    def __init__(self, message: str, exit_code: int = 2) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the error raised


strict_option = click.option(
    "--strict", is_flag=True, help="End with 2, before the work, where anything was left out."
)
columns_option = click.option(
    "--columns",
    metavar="OURS:THEIRS,...",
    help="What columns of tables are, such as title:Headline,text:Body.",
)


trust_option = click.option(
    "--trust",
    metavar="PLACE,...",
    help="Whom to believe of dates, outlets ..., the first most; as it stands: "
    "table,front_matter,form,text,file_name,folder.",
)


def reading_options(command: Callable) -> Callable:
    """The options that say how articles are read."""
    return trust_option(columns_option(strict_option(command)))


def corpus_argument(command: Callable) -> Callable:
    """The argument INPUT, which may be several, and how it is read."""

    def check(ctx: click.Context, argument: click.Parameter, paths: tuple[str, ...]) -> tuple:
        for path in paths:  # told before pandas is loaded
            if not has_magic(path) and not Path(path).exists():
                raise Refused(f"there is no file or folder {path!r}")
        return paths

    argument = click.argument(
        "sources", metavar="INPUT...", nargs=-1, required=True, callback=check
    )
    return argument(reading_options(command))


def tell_problems(problems: pd.DataFrame) -> None:
    """Tell the first problems on stderr, and how many there are."""
    for row in problems.head(5).itertuples():
        click.echo(f"{row.path}: {row.problem}", err=True)
    if len(problems) > 5:
        click.echo(f"... {len(problems)} problems in all", err=True)


def read_input(sources: Sequence[str], *, strict: bool = False, **how: Any) -> pd.DataFrame:
    """Read the English articles; tell on stderr how many were read, and what was not."""
    import dateline

    corpus = dateline.read_corpus(sources, **how)
    tell_problems(corpus.problems)
    check_reading(corpus, sources, strict=strict)
    return dateline.keep_language(corpus.articles)


def check_reading(corpus: Corpus, sources: Sequence[str], *, strict: bool) -> None:
    """Tell how much was read; refuse nothing at all, and less than all where that is asked for."""
    from dateline.read.intake.tally import is_whole, say_reading

    click.echo(say_reading(corpus.files), err=True)
    if corpus.articles.empty:
        raise Refused(f"no articles in {', '.join(sources)}")
    if strict and not is_whole(corpus.files):
        raise Refused("not all was read, and --strict was asked for")
