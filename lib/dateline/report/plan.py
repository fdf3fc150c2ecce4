"""From what was typed to the reports to run, with every mistake found before anything runs."""

from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from dateline.report.parameters import Mistakes, check_values, find_unknown, read_parameters


class Report(NamedTuple):
    """One notebook with the values of its parameters."""

    name: str
    notebook: Path
    parameters: dict[str, object]
    given: list[str]
    declared: dict[str, str]  # help of each parameter
    paths: list[str]  # the parameters that are paths


def find_notebooks(root: Path) -> dict[str, Path]:
    """The notebooks of a project by name."""
    return {path.stem: path for path in sorted((root / "notebooks").glob("*.ipynb"))}


def is_report(notebook: Path) -> bool:
    """Whether a notebook is run where none is named.

    It has a cell tagged `parameters`, and its metadata do not say `"dateline": {"is_report":
    false}`, as those of a notebook to explore do.
    """
    text = notebook.read_text("utf-8", errors="replace")
    return '"parameters"' in text and not re.search(r'"is_report":\s*false', text)


def read_values(words: tuple[str, ...], file: Path | None) -> tuple[list[str], dict[str, object]]:
    """Split what was typed into names and values; a file's values come first.

    Args:
        words: Names of notebooks and `parameter=value`s.
        file: YAML or TOML with values by parameter.

    Raises:
        Mistakes: The file holds something else.
    """
    given: dict[str, object] = {}
    if file:
        try:
            given |= _read_file(file)
        except (ValueError, TypeError) as error:
            what = " ".join(str(error).split())
            raise Mistakes(f"{file} is not a list of parameter: value: {what}") from error
    names = [word for word in words if "=" not in word]
    pairs = (word.partition("=") for word in words if "=" in word)
    return names, given | {name: value for name, _, value in pairs}


def _read_file(file: Path) -> dict[str, object]:
    text = file.read_text("utf-8")
    if file.suffix == ".toml":
        return tomllib.loads(text)
    import yaml

    try:
        return dict(yaml.safe_load(text) or {})
    except yaml.YAMLError as error:
        raise ValueError(error) from error


def to_word(value: object) -> str:
    """A value as it is typed."""
    if isinstance(value, list):
        return ",".join(map(to_word, value))
    return str(value).lower() if value is None or isinstance(value, bool) else str(value)


def plan_reports(
    names: list[str], given: dict[str, object], each: tuple[str, ...], *, root: Path
) -> list[Report]:
    """Check everything that was asked for, before anything is run.

    Args:
        names: Of notebooks; all where empty.
        given: Values of parameters; each goes to the notebooks that declare it.
        each: `name=a,b`: one run for each value.
        root: The project.

    Raises:
        Mistakes: All that is wrong with names and values, one a line.
    """
    notebooks = find_notebooks(root)
    wrong = find_unknown(names, list(notebooks))
    chosen = [name for name in names if name in notebooks]
    chosen = chosen or [name for name, path in notebooks.items() if is_report(path)]
    declared = {name: read_parameters(notebooks[name]) for name in chosen}
    if missing := [word for word in each if "=" not in word]:
        raise Mistakes(f"--each {missing[0]}: expected name=a,b")
    series = {name: values.split(",") for name, _, values in (e.partition("=") for e in each)}
    known = sorted({name for parameters in declared.values() for name in parameters})
    wrong += find_unknown([*given, *series], known)
    reports = []
    for name, parameters in declared.items():
        axes = [[(axis, v) for v in series[axis]] for axis in series if axis in parameters]
        for point in itertools.product(*axes):
            mine = {key: v for key, v in (given | dict(point)).items() if key in parameters}
            try:
                values = check_values(parameters, mine, here=Path.cwd(), root=root)
            except Mistakes as error:
                wrong += str(error).splitlines()
                continue
            helps = {key: parameter.help for key, parameter in parameters.items()}
            paths = [key for key, parameter in parameters.items() if parameter.is_path]
            reports.append(Report(name, notebooks[name], values, list(mine), helps, paths))
    if wrong:
        raise Mistakes("\n".join(dict.fromkeys(wrong)))
    return reports
