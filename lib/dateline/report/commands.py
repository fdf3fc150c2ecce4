"""From the command line to reports: the commands report, params, diff, verify, prune, index."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path

import click

from dateline.report.notebook import find_root
from dateline.report.parameters import Mistakes, Parameter, find_unknown, read_parameters
from dateline.report.plan import (
    find_notebooks,
    is_report,
    plan_reports,
    read_values,
    to_word,
)

# Nothing heavy is imported above: a mistake in a parameter answers at once.
ALERT = 3
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


class Duration(click.ParamType):
    """A time like 90, 90s, 15m or 2h, in seconds."""

    name = "TIME"

    def convert(self, value: object, param: object, ctx: object) -> float:
        """The time in seconds."""
        if isinstance(value, int | float):
            return float(value)
        match = re.fullmatch(r"([0-9.]+)([smh]?)", str(value))
        if not match or not float(match[1]):
            self.fail(f"{value!r} is no time like 90s, 15m or 2h", param, ctx)
        return float(match[1]) * _UNITS[match[2]]


class ReportCommand(click.Command):
    """The command `report`, whose help lists the parameters of the notebooks it names."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember the names before `--help` ends the parsing."""
        ctx.meta["names"] = [arg for arg in args if re.fullmatch(r"[A-Za-z_]\w*", arg)]
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the parameters, with type, default and help."""
        notebooks = find_notebooks(find_root())
        for name in ctx.meta["names"] or notebooks:
            if name in notebooks and is_report(notebooks[name]):
                with formatter.section(f"Parameters of {name}"):
                    found = read_parameters(notebooks[name]).values()
                    formatter.write_dl([(f"{p.name}={_show(p)}", _explain(p)) for p in found])


def _show(parameter: Parameter) -> str:
    return "..." if parameter.is_required else to_word(parameter.default)


def _explain(parameter: Parameter) -> str:
    return f"{parameter.kind}: {parameter.help}" if parameter.help else parameter.kind


@click.command(cls=ReportCommand)
@click.argument("words", nargs=-1, metavar="[NAME]... [PARAMETER=VALUE]...")
@click.option(
    "--params",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read parameters from a YAML or TOML file.",
)
@click.option("--each", multiple=True, metavar="NAME=A,B", help="One run for each value.")
@click.option("--out", type=click.Path(path_type=Path), help="Where reports go (reports/).")
@click.option(
    "--timeout", type=Duration(), default="1h", show_default=True, help="For a whole run."
)
@click.option(
    "--cell-timeout", type=Duration(), default="30m", show_default=True, help="For each cell."
)
@click.option("--retries", type=click.IntRange(0, 5), default=0, help="Where the kernel died.")
@click.option("--wait", is_flag=True, help="Wait for a run of the same report to end.")
@click.option("--if-changed", is_flag=True, help="Only if inputs or code changed.")
@click.option("--pdf", is_flag=True, help="Also a PDF (needs Chromium).")
@click.option("--email", is_flag=True, help="Also report.eml, ready to be sent.")
@click.option(
    "--notify-command",
    metavar="COMMAND",
    help="Run for each report, with its manifest on standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Tell the outcome as JSON.")
def report(
    words: tuple[str, ...],
    params: Path | None,
    each: tuple[str, ...],
    out: Path | None,
    notify_command: str | None,
    as_json: bool,
    **how: object,
) -> None:
    """Make reports from notebooks, all of them without a NAME.

    \b
    Examples:
      dateline report
      dateline report term_frequency corpus=~/articles top_n=50
      dateline report --each outlet="The Harbour,Veld Courier" --if-changed
      dateline report quote_attribution --help        lists its parameters

    \b
    Exit codes: 0 made or unchanged, 1 a cell failed, 2 a mistake in a parameter or
    notebook, 74 cannot write, 75 already running, 124 out of time, 138 the kernel died,
    143 cancelled. A failed run is kept, and never replaces an earlier report.
    """  # noqa: D301
    root = find_root()
    try:
        names, given = read_values(words, params)
        reports = plan_reports(names, given, each, root=root)
    except Mistakes as error:
        raise _refuse(str(error)) from error
    from dateline.report.copies import find_browser
    from dateline.report.runner import Options
    from dateline.report.tell import notify, run_told, tell_outcomes

    if how["pdf"]:
        find_browser()
    options = Options(root=root, reports=(out or root / "reports").absolute(), **how)
    outcomes = run_told(reports, options)
    tell_outcomes(outcomes, options, as_json=as_json)
    for outcome in outcomes:
        if notify_command and outcome.status != "unchanged":
            notify(notify_command, outcome)
    sys.exit(next((o.exit_code for o in outcomes if o.exit_code), 0))


def _refuse(message: str) -> click.ClickException:
    error = click.ClickException(message.replace("\n", "\n       "))
    error.exit_code = 2
    return error


OUT = click.option(
    "--out", type=click.Path(path_type=Path), help="Where the reports are (reports/)."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


def _find_reports(out: Path | None) -> Path:
    reports = (out or find_root() / "reports").absolute()
    if not reports.is_dir():
        raise _refuse(f"no folder {reports}; `dateline report` makes it")
    return reports


@click.command()
@click.argument("name")
@AS_JSON
def params(name: str, as_json: bool) -> None:
    """List the parameters of the report NAME.

    \b
    Examples:
      dateline params term_frequency
      dateline params term_frequency --json
    """  # noqa: D301
    notebooks = find_notebooks(find_root())
    if wrong := find_unknown([name], list(notebooks)):
        raise _refuse(wrong[0])
    found = read_parameters(notebooks[name]).values()
    if as_json:
        click.echo(json.dumps([asdict(p) | {"kind": p.kind} for p in found], indent=1))
        return
    for parameter in found:
        click.echo(f"{parameter.name}={_show(parameter)}  {_explain(parameter)}")


@click.command()
@click.argument("runs", nargs=-1, metavar="[RUN [RUN]]")
@click.option("--alert", multiple=True, metavar="TABLE.COLUMN=N", help="Exit 3 where reached.")
@OUT
@AS_JSON
def diff(runs: tuple[str, ...], alert: tuple[str, ...], out: Path | None, as_json: bool) -> None:
    """Tell what changed from one run to a later one.

    A RUN is a report's name (its latest run), the beginning of a run's name, or a folder. One
    RUN is compared with the run before it that had the same parameters; none means every report.

    \b
    Examples:
      dateline diff term_frequency
      dateline diff quote_attribution/20250311 quote_attribution/latest --json
      dateline diff term_frequency --alert terms.n=50% --alert speakers.new=1

    \b
    Exit codes: 0, or 3 where a row of a table changed by N (or N%) or more, or
    where N rows or more are new (TABLE.new) or gone (TABLE.gone).
    """  # noqa: D301
    from dateline.report import compare, store

    reports = _find_reports(out)
    names = runs or [path.parent.name for path in sorted(reports.glob("*/latest"))]
    folders = [store.find_run(reports, name) for name in names]
    pairs = [tuple(folders)] if len(runs) == 2 else [(None, folder) for folder in folders]
    compared, alerts = {}, []
    for before, after in pairs:
        like = json.loads((after / store.MANIFEST).read_text("utf-8"))["parameters"]
        before = before or store.find_good(after.parent, before=after.name, parameters=like)
        if before is None:
            click.echo(f"{after.parent.name}: no earlier run with these parameters", err=True)
            continue
        tables = compare.compare_runs(before, after)
        compared[f"{after.parent.name}/{after.name}"] = {"since": before.name, "tables": tables}
        words = compare.describe_changes(tables, before.name)
        alerts += [line for rule in alert for line in compare.find_alerts(tables, rule)]
        if not as_json:
            click.echo(f"{after.parent.name}: {words['since']}")
            for line in words["lines"]:
                click.echo("\n    ".join([f"  {line['table']}", *line["texts"]]))
            if words["also"]:
                click.echo(f"  {words['also']}")
    if as_json:
        click.echo(json.dumps({"runs": compared, "alerts": alerts}, ensure_ascii=False, indent=1))
    for line in alerts:
        click.echo(f"alert: {line}", err=True)
    sys.exit(ALERT if alerts else 0)


@click.command()
@click.argument("run")
@click.option("--rerun", is_flag=True, help="Make it again and compare page and tables.")
@OUT
def verify(run: str, rerun: bool, out: Path | None) -> None:
    """Check that the files of RUN are as its manifest says; exit 1 where they are not.

    \b
    Examples:
      dateline verify term_frequency
      dateline verify term_frequency/20250311 --rerun
    """  # noqa: D301
    from dateline.report import store

    reports = _find_reports(out)
    folder = store.find_run(reports, run)
    from dateline.report.runner import Options
    from dateline.report.verify import check_outputs, check_rerun

    wrong = check_outputs(folder)
    if rerun:
        root = find_root()
        notebook = root / "notebooks" / f"{folder.parent.name}.ipynb"
        wrong += check_rerun(folder, Options(root, folder.parent.parent), notebook)
    for line in wrong:
        click.echo(line, err=True)
    click.echo(f"{folder.parent.name}/{folder.name}: {'not the same' if wrong else 'the same'}")
    sys.exit(1 if wrong else 0)


@click.command()
@click.option("--keep", type=click.IntRange(1), required=True, help="Runs of each report.")
@OUT
def prune(keep: int, out: Path | None) -> None:
    """Delete all but the newest runs of each report; the latest good one always stays.

    \b
    Example:
      dateline prune --keep 30
    """  # noqa: D301
    from dateline.report import index as pages
    from dateline.report import store

    reports = _find_reports(out)
    gone = store.prune_runs(reports, keep=keep)
    pages.write_index(reports)
    click.echo(f"{len(gone)} runs deleted")


@click.command()
@OUT
def index(out: Path | None) -> None:
    """Rebuild the page that lists all runs.

    \b
    Example:
      dateline index
    """  # noqa: D301
    from dateline.report import index as pages
    from dateline.report.tell import near

    click.echo(near(pages.write_index(_find_reports(out))))
