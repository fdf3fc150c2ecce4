"""From the command line to reports: the commands report, params, diff, verify, prune, index."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.report import parameters as plan
from dateline.report.notebook import find_notebooks, find_root

if TYPE_CHECKING:
    from dateline.report.runner import Options, Outcome

# Nothing heavy is imported above: a mistake in a parameter answers at once.
ALERT = 3
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
# Windows knows no SIGHUP.
_SIGNALS = [getattr(signal, n) for n in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, n)]


class Refused(click.ClickException):
    """A mistake that the analyst can mend."""

    exit_code = 2


def _refuse(message: str) -> Refused:
    return Refused(message.replace("\n", "\n       "))


def _read_seconds(text: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", text)
    if not match or not float(match[1]):
        raise click.BadParameter(f"{text!r} is no time like 90s, 15m or 2h")
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
            if name in notebooks and plan.is_report(notebooks[name]):
                with formatter.section(f"Parameters of {name}"):
                    formatter.write_dl(_explain(plan.read_parameters(notebooks[name])))


def _explain(parameters: dict[str, plan.Parameter]) -> list[tuple[str, str]]:
    """Each as it is typed, and what it means."""
    return [
        (
            f"{p.name}={'...' if p.is_required else plan.to_word(p.default)}",
            f"{p.kind}: {p.help}" if p.help else p.kind,
        )
        for p in parameters.values()
    ]


_FOLDER = click.Path(path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_time: dict[str, Any] = {"type": _read_seconds, "show_default": True, "metavar": "TIME"}
OUT = click.option("--out", type=_FOLDER, help="Where the reports are (reports/).")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


@click.command(cls=ReportCommand)
@click.argument("words", nargs=-1, metavar="[NAME]... [CORPUS] [PARAMETER=VALUE]...")
@click.option("--params", type=_FILE, help="Read parameters from a YAML or TOML file.")
@click.option("--each", multiple=True, metavar="NAME=A,B", help="One run for each value.")
@click.option("--out", type=_FOLDER, help="Where reports go (reports/).")
@click.option("--timeout", default="1h", help="For a whole run.", **_time)
@click.option("--cell-timeout", default="30m", help="For each cell.", **_time)
@click.option("--retries", type=click.IntRange(0, 5), default=0, help="Where the kernel died.")
@click.option("--wait", is_flag=True, help="Wait for a run of the same report to end.")
@click.option("--if-changed", is_flag=True, help="Only if inputs or code changed.")
@click.option("--strict", is_flag=True, help="Exit 2, keep `latest`, if not all could be read.")
@click.option("--pdf", is_flag=True, help="Also a PDF (needs Chromium).")
@click.option("--email", is_flag=True, help="Also report.eml, ready to be sent.")
@click.option("--notify-command", metavar="COMMAND",
              help="Run for each report, with its manifest on standard input.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Tell the outcome as JSON.")
def report(
    words: tuple[str, ...],
    params: Path | None,
    each: tuple[str, ...],
    out: Path | None,
    notify_command: str | None,
    as_json: bool,
    **how: Any,
) -> None:
    """Make reports from notebooks, all of them without a NAME.

    CORPUS is a folder of articles, or one article: short for corpus=CORPUS. In a folder without
    notebooks/, here or above it, those that came with Dateline are run.

    \b
    Examples:
      dateline report ~/articles
      dateline report term_frequency corpus=~/articles top_n=50
      dateline report --each outlet="The Harbour,Veld Courier" --if-changed
      dateline report quote_attribution --help        lists its parameters

    \b
    Exit codes: 0 made or unchanged, 1 a cell failed, 2 a mistake in a parameter or
    notebook, or a corpus that cannot be read (with --strict: not wholly), 74 cannot
    write, 75 already running, 124 out of time, 138 the kernel died, 143 cancelled.
    A failed run is kept, and never replaces an earlier report.
    """  # noqa: D301
    root = find_root()
    try:
        given = plan.read_file(params) if params else {}
        given |= dict(word.split("=", 1) for word in words if "=" in word)
        names = [word for word in words if "=" not in word]
        reports = plan.plan_reports(names, given, each, root=root)
    except plan.Mistakes as error:
        raise _refuse(str(error)) from error
    from dateline.report.runner import Options, check_before

    options = Options(root=root, reports=(out or root / "reports").absolute(), **how)
    check_before(reports, options)
    outcomes = _run(reports, options)
    _tell_outcomes(outcomes, options, as_json)
    for outcome in outcomes:
        if notify_command and outcome.status != "unchanged":
            _notify(notify_command, outcome)
    sys.exit(next((o.exit_code for o in outcomes if o.exit_code), 0))


def _run(reports: list[plan.Report], options: Options) -> list[Outcome]:
    """Run reports with progress on a terminal, until they end or a signal comes."""
    from dateline.report.pages import write_index
    from dateline.report.runner import Outcome, run_reports

    stop, done = threading.Event(), {}
    for number in _SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, lambda *_: stop.set())

    def tell(name: str, message: dict) -> None:
        if "cell" in message and sys.stderr.isatty():
            done[name] = f"{name} {message['cell']}/{message['of']}"
            click.echo("\r\x1b[K" + "   ".join(done.values()), nl=False, err=True)

    outcomes = run_reports(reports, options, stop=stop, tell=tell)
    if done:
        click.echo("\r\x1b[K", nl=False, err=True)
    if any(outcome.manifest for outcome in outcomes):
        try:
            write_index(options.reports)
        except OSError as error:
            outcomes.append(Outcome("index", "cannot_write", f"cannot write: {error}"))
    return outcomes


def _tell_outcomes(outcomes: list[Outcome], options: Options, as_json: bool) -> None:
    """Say what was made on standard output, and what went wrong on standard error."""
    if as_json:
        fields = [o._asdict() | {"exit_code": o.exit_code} for o in outcomes]
        click.echo(json.dumps(fields, ensure_ascii=False, indent=1, default=str))
    read = (outcome.manifest and outcome.manifest["reading"] for outcome in outcomes)
    for sentence in dict.fromkeys(filter(None, read)):
        click.echo(sentence, err=True)
    for outcome in outcomes:
        page = outcome.run and _near(outcome.run / "report.html")
        if outcome.exit_code:
            kept = f"\n  kept: {page}" if page else ""
            click.echo(f"{outcome.name}: {outcome.message}{kept}", err=True)
        elif not as_json:
            took = f" in {outcome.seconds:.1f} s" if outcome.manifest else ""
            click.echo(f"{outcome.name}: {outcome.message}{took}\n  {page}")
    if not as_json and any(outcome.manifest for outcome in outcomes):
        click.echo(f"Open {_near(options.reports / 'index.html')}")


def _near(path: Path) -> Path:
    """The path as it is typed from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _notify(command: str, outcome: Outcome) -> None:
    """Give a command the manifest on standard input; a run that was not kept has a short one."""
    told = outcome.manifest or {
        "report": outcome.name,
        "title": outcome.name,
        "status": outcome.status,
        "exit_code": outcome.exit_code,
        "error": {"message": outcome.message},
    }
    text = json.dumps(told | {"folder": outcome.run}, default=str)
    try:
        done = subprocess.run(command, shell=True, input=text, text=True, timeout=60)
        problem = f"ended with {done.returncode}" if done.returncode else None
    except subprocess.TimeoutExpired:
        problem = "took longer than 60 seconds"
    if problem:
        click.echo(f"{outcome.name}: the notify command {problem}", err=True)


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
    if wrong := plan.find_unknown([name], list(notebooks)):
        raise _refuse(wrong[0])
    found = plan.read_parameters(notebooks[name])
    if as_json:
        fields = [asdict(p) | {"kind": p.kind} for p in found.values()]
        click.echo(json.dumps(fields, indent=1))
    else:
        click.echo("\n".join(map("  ".join, _explain(found))))


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
        alerts += [line for rule in alert for line in compare.find_alerts(tables, rule)]
        if not as_json:
            words = compare.describe_changes(tables, before.name)
            lines = ["\n    ".join([f"  {t['table']}", *t["texts"]]) for t in words["lines"]]
            lines += [f"  {words['also']}"] if words["also"] else []
            click.echo("\n".join([f"{after.parent.name}: {words['since']}", *lines]))
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
    from dateline.report import manifest, store
    from dateline.report.runner import Options, check_rerun

    folder, root = store.find_run(_find_reports(out), run), find_root()
    recorded = json.loads((folder / store.MANIFEST).read_text("utf-8"))["outputs"]
    wrong = manifest.check_outputs(recorded, manifest.hash_outputs(folder))
    if rerun:
        name = folder.parent.name
        notebook = find_notebooks(root).get(name, root / "notebooks" / f"{name}.ipynb")
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
    from dateline.report import pages, store

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
    from dateline.report.pages import write_index

    click.echo(_near(write_index(_find_reports(out))))
