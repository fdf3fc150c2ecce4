"""The schedules that ship: each is checked as far as it runs without its scheduler."""

import ast
import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from dateline.cli import cli
from report_project import make_project

SCHEDULES = Path(__file__).parents[1] / "notebooks" / "schedules"
FIELD = r"(\*|[0-9]+(-[0-9]+)?(,[0-9]+)*)(/[0-9]+)?"
BARE = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LOGNAME": "nobody", "SHELL": "/bin/sh"}


def read_schedule(name):
    return (SCHEDULES / name).read_text("utf-8")


def find_cron_commands():
    lines = [line for line in read_schedule("crontab").splitlines() if re.match(r"[0-9*]", line)]
    return [re.fullmatch(rf"(?:{FIELD} ){{5}}(?P<command>.+)", line)["command"] for line in lines]


def find_commands():
    """Every `dateline ...` of every schedule, as words."""
    texts = [read_schedule(path.name) for path in sorted(SCHEDULES.iterdir())]
    call = r"(?:^|[ /])dateline ((?:report|diff|prune|fetch)\b[^|&>`\n]*)"
    found = re.findall(call, "\n".join(texts))
    return sorted({line.split("--notify-command")[0].split('"')[0].strip() for line in found})


@pytest.fixture
def project(tmp_path):
    root = make_project(tmp_path / "project", tide=["print('ebb')"])
    (root / ".venv" / "bin").mkdir(parents=True)
    command = root / ".venv" / "bin" / "dateline"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m dateline "$@"\n')
    command.chmod(0o755)
    return root


@pytest.mark.parametrize("line", find_commands())
def test_every_command_of_a_schedule_is_understood(line):
    name, *words = shlex.split(line.replace("{name}", "term_frequency"))
    command = cli.get_command(None, name)
    assert command.make_context(name, words, resilient_parsing=False)


def test_there_are_commands_to_check():
    assert len(find_commands()) >= 6


def test_a_line_of_the_crontab_runs_as_cron_runs_it(project):
    command, prune = find_cron_commands()
    assert "%" not in command  # cron would cut the line there
    (project / "reports").mkdir()
    for _ in range(2):
        line = command.replace("/srv/dateline", str(project))
        done = subprocess.run(["/bin/sh", "-c", line], env=BARE, capture_output=True, text=True)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    log = (project / "reports" / "schedule.log").read_text("utf-8")
    assert "tide: made in" in log and "tide: nothing changed" in log
    line = prune.replace("/srv/dateline", str(project))
    assert subprocess.run(["/bin/sh", "-c", line], env=BARE, check=True).returncode == 0


def test_systemd_understands_the_units(tmp_path):
    names = ("dateline-report.service", "dateline-report.timer")
    for name in names:
        parser = configparser.ConfigParser(strict=True, interpolation=None)
        parser.optionxform = str
        parser.read_string(read_schedule(name))
        text = read_schedule(name).replace("/srv/dateline/.venv/bin/dateline", sys.executable)
        # The unit that OnFailure names is the user's own.
        text = re.sub("OnFailure=.*\n", "", text).replace("/srv/dateline", str(tmp_path))
        (tmp_path / name).write_text(text, "utf-8")
    if shutil.which("systemd-analyze"):
        units = [str(tmp_path / name) for name in names]
        verify = ["systemd-analyze", "verify", "--man=no", *units]
        done = subprocess.run(verify, capture_output=True, text=True)
        ours = [line for line in done.stderr.splitlines() if "dateline" in line]
        assert (done.returncode, ours) == (0, [])
        when = re.search("OnCalendar=(.*)", read_schedule(names[1]))[1]
        subprocess.run(["systemd-analyze", "calendar", when], check=True, capture_output=True)


def test_the_workflow_is_a_workflow_and_its_steps_are_shell():
    workflow = yaml.safe_load(read_schedule("github-actions.yml"))
    # YAML 1.1 reads the key `on` as true.
    assert re.fullmatch(rf"({FIELD} ?){{5}}", workflow[True]["schedule"][0]["cron"])
    steps = workflow["jobs"]["report"]["steps"]
    assert all(("run" in step) != ("uses" in step) for step in steps)
    for step in steps:
        subprocess.run(["bash", "-n", "-c", step.get("run", "")], check=True)


def test_the_dag_is_python_and_its_command_is_shell():
    tree = ast.parse(read_schedule("airflow_dag.py"))
    constants = {
        node.targets[0].id: node.value.value for node in tree.body if isinstance(node, ast.Assign)
    }
    command = constants["COMMAND"].format(project=constants["PROJECT"], name="term_frequency")
    subprocess.run(["bash", "-n", "-c", command], check=True)
    assert "skip_on_exit_code=75" in read_schedule("airflow_dag.py")


def test_the_recipes_of_the_readme_are_shell():
    blocks = re.findall(r"(?:^    .*\n)+", read_schedule("README.md"), re.MULTILINE)
    assert len(blocks) == 4
    for block in blocks:
        subprocess.run(["bash", "-n", "-c", block], check=True)


def test_the_notebook_for_jupyter_scheduler_runs_a_report(project):
    from nbclient import NotebookClient

    text = read_schedule("jupyter_scheduler.ipynb").replace("/srv/dateline", str(project))
    notebook = nbformat.reads(text, as_version=4)
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    assert (project / "reports" / "tide" / "latest" / "report.html").is_file()
