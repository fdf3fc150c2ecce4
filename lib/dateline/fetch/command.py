"""From the command line to a corpus that grows: the command `fetch`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

# What asks servers is imported when the command runs: help and mistakes answer at once.
_CANNOT_WRITE, _BUSY, _STOPPED = 74, 75, 130


@click.command()
@click.argument("feeds", nargs=-1, required=True, metavar="FEEDS...")
@click.option("-o", "folder", type=click.Path(file_okay=False, path_type=Path), required=True,
              metavar="DIR", help="Folder of articles, which grows.")  # fmt: skip
@click.option("--most", type=click.IntRange(1), default=50, show_default=True,
              help="Pages asked for in this run, of each feed.")  # fmt: skip
@click.option("--dry-run", "is_dry", is_flag=True, help="List what would be fetched.")
def fetch(feeds: tuple[str, ...], folder: Path, most: int, is_dry: bool) -> None:
    """Fetch the pages of what is new in feeds.

    FEEDS are addresses of feeds (RSS, Atom, JSON feed), or text files with one address a line; a
    line that begins with # is a comment. The page of each new entry goes to DIR/OUTLET/, gzipped
    and as it was sent; where it cannot be had, the entry's own text, if the feed has all of it.
    What is in DIR is never fetched again. Servers are asked once a second each at most, and for
    nothing that their robots.txt forbids.

    \b
    Examples:
      dateline fetch https://harbour.example/rss -o articles
      dateline fetch feeds.txt -o articles && dateline report articles
      dateline fetch feeds.txt -o articles --dry-run

    \b
    Exit codes: 0 fetched or nothing new, 1 no feed could be had, 2 a mistake in the
    call, 74 cannot write, 75 DIR is being fetched already, 130 stopped (what was
    fetched stays, and the next run goes on).
    """  # noqa: D301
    addresses = read_addresses(feeds)
    try:
        sys.exit(_fetch(addresses, folder, most, is_dry))
    except OSError as error:
        click.echo(f"Error: cannot write {folder}: {error.strerror or error}", err=True)
        sys.exit(_CANNOT_WRITE)
    except KeyboardInterrupt:
        click.echo("stopped: what was fetched stays, and the next run goes on", err=True)
        sys.exit(_STOPPED)


def _fetch(addresses: list[str], folder: Path, most: int, is_dry: bool) -> int:
    """Fetch, one line a feed on standard error; give the exit code."""
    from contextlib import nullcontext

    from filelock import FileLock, Timeout

    from dateline.fetch.feeds import KEPT, fetch_feeds

    held = folder / KEPT.parent
    if not is_dry:
        held.mkdir(parents=True, exist_ok=True)
    try:
        with nullcontext() if is_dry else FileLock(held / ".lock-fetch", blocking=False):
            outcomes = []
            progress = sys.stderr.isatty()
            for outcome in fetch_feeds(
                addresses, folder, most=most, is_dry=is_dry, progress=progress
            ):
                for link in outcome.wanted:
                    click.echo(link)
                click.echo(str(outcome), err=True)
                outcomes.append(outcome)
    except Timeout:
        click.echo(f"Error: {folder} is being fetched already", err=True)
        return _BUSY
    return int(all(outcome.why for outcome in outcomes))


def read_addresses(feeds: tuple[str, ...]) -> list[str]:
    """The addresses that are given, and those in the files that are.

    Raises:
        ValueError: One is neither an address nor a file, or there is none.
    """
    addresses = []
    for given in feeds:
        if re.match(r"https?://", given, re.IGNORECASE):
            addresses.append(given)
            continue
        try:
            lines = Path(given).read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(
                f"{given!r} is no address (https://...) and no file of addresses"
            ) from error
        for number, line in enumerate(lines, 1):
            words = re.split(r"(?:^|\s)#", line)[0].strip()
            if words and not re.match(r"https?://\S+$", words, re.IGNORECASE):
                raise ValueError(f"{given}, line {number}: {words!r} is no address (https://...)")
            addresses += [words] if words else []
    if not addresses:
        raise ValueError(f"no address of a feed is in {', '.join(feeds)}")
    return addresses
