"""From outcomes to what is said of them: progress, lines, JSON, a command that is told."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import click

from dateline.report.index import write_index
from dateline.report.plan import Report
from dateline.report.runner import Options, Outcome, run_reports


def run_told(reports: list[Report], options: Options) -> list[Outcome]:
    """Run reports with progress on a terminal, until they end or a signal comes."""
    stop, done = threading.Event(), {}
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
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


def tell_outcomes(outcomes: list[Outcome], options: Options, *, as_json: bool) -> None:
    """Say what was made on standard output, and what went wrong on standard error."""
    if as_json:
        fields = [
            o._asdict() | {"run": o.run and str(o.run), "exit_code": o.exit_code} for o in outcomes
        ]
        click.echo(json.dumps(fields, ensure_ascii=False, indent=1))
    for outcome in outcomes:
        page = outcome.run and near(outcome.run / "report.html")
        if outcome.exit_code:
            click.echo(f"{outcome.name}: {outcome.message}", err=True)
            if page:
                click.echo(f"  kept: {page}", err=True)
        elif not as_json:
            took = f" in {outcome.seconds:.1f} s" if outcome.manifest else ""
            click.echo(f"{outcome.name}: {outcome.message}{took}\n  {page}")
    if not as_json and any(outcome.manifest for outcome in outcomes):
        click.echo(f"Open {near(options.reports / 'index.html')}")


def near(path: Path) -> Path:
    """The path as it is typed from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def notify(command: str, outcome: Outcome) -> None:
    """Give a command the manifest on standard input; a run that was not kept has a short one."""
    told = outcome.manifest or {
        "report": outcome.name,
        "title": outcome.name,
        "status": outcome.status,
        "exit_code": outcome.exit_code,
        "error": {"message": outcome.message},
    }
    told |= {"folder": outcome.run and str(outcome.run)}
    try:
        done = subprocess.run(command, shell=True, input=json.dumps(told), text=True, timeout=60)
        problem = f"ended with {done.returncode}" if done.returncode else None
    except subprocess.TimeoutExpired:
        problem = "took longer than 60 seconds"
    if problem:
        click.echo(f"{outcome.name}: the notify command {problem}", err=True)
