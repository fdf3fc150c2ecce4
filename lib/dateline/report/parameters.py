"""From a notebook's `parameters` cell and what was typed to typed values; nothing of it is run."""

from __future__ import annotations

import ast
import difflib
import io
import itertools
import json
import math
import re
import tokenize
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from dateline.report.notebook import find_notebooks

_SECRET = re.compile(r"secret|token$|passw|api_?key|credential", re.IGNORECASE)
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)?")
_PATH = re.compile(r"(a )?(file|folder)\b", re.IGNORECASE)
_QUERIES = re.compile(r"quer(y|ies)\b", re.IGNORECASE)


class _Form(NamedTuple):
    """How values of a type are typed, what they become, and what is said of others."""

    pattern: str
    read: Callable[[str], object]
    complaint: str


# papermill makes numbers of 007, 1_0, nan and " 5", whatever was meant; here the type decides.
# pydantic was tried: it takes "1_0", " 5", "5.0" and True for whole numbers, so each
# type would need its pattern all the same, and its import doubles the time that a mistake takes.
_FORMS = {
    "int": _Form(r"[+-]?[0-9]+", int, "is not a whole number"),
    "float": _Form(
        r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", float, "is not a finite number"
    ),
    "bool": _Form(
        "true|yes|1|false|no|0", ("true", "yes", "1").__contains__, "is neither true nor false"
    ),
    "date": _Form(
        r"[0-9-]+", lambda t: date.fromisoformat(t).isoformat(), "is not a day like 2025-03-11"
    ),
}
TYPES = (*_FORMS, "str", "Path")


class Mistakes(ValueError):
    """Everything that is wrong with a notebook or the values given, one a line."""


@dataclass(frozen=True)
class Parameter:
    """One line of the cell: `name: type = default  # help`."""

    name: str
    type: str = "str"  # a name in TYPES, or Literal
    default: object = None
    help: str = ""
    choices: tuple[object, ...] = ()
    is_list: bool = False
    is_optional: bool = False
    is_required: bool = False
    low: float | None = None
    high: float | None = None

    @property
    def kind(self) -> str:
        """The type as it is written: `list[int]`, `float | None` ..."""
        inner = " | ".join(map(str, self.choices)) if self.choices else self.type
        inner = f"list[{inner}]" if self.is_list else inner
        return f"{inner} | None" if self.is_optional else inner

    @property
    def is_path(self) -> bool:
        """Whether its value names a file or a folder: by its type, or as its help begins."""
        return self.type == "Path" or (self.type == "str" and bool(_PATH.match(self.help)))


class Report(NamedTuple):
    """One notebook with the values of its parameters."""

    name: str
    notebook: Path
    parameters: dict[str, object]
    given: list[str]
    declared: dict[str, str]  # help of each parameter
    paths: list[str]  # the parameters that are paths


def is_report(notebook: Path) -> bool:
    """Whether a notebook is run where none is named.

    It has a cell tagged `parameters`, and its metadata do not say `"dateline": {"is_report":
    false}`, as those of a notebook to explore do.
    """
    text = notebook.read_text("utf-8", errors="replace")
    return '"parameters"' in text and not re.search(r'"is_report":\s*false', text)


def read_parameters(notebook: Path) -> dict[str, Parameter]:
    """Read what a notebook can be told: the lines of its one cell tagged `parameters`, in order.

    papermill reads them by one regular expression, which loses `Literal`, names without a default
    and all that follows a # in a string; here it is Python's own grammar.

    Raises Mistakes where it is no notebook, or a line is not `name: type = value`.
    """
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        tagged = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Mistakes(f"{notebook.name} cannot be read as a notebook: {error}") from error
    if len(tagged) != 1:
        raise Mistakes(f"{notebook.name} has {len(tagged)} cells tagged `parameters`, expected one")
    source = "".join(tagged[0]["source"])
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
        statements = ast.parse(source).body
    except (SyntaxError, tokenize.TokenError) as error:
        raise Mistakes(f"{notebook.name}, parameters cell: {error}") from error
    comments = {
        t.start[0]: t.string.lstrip("# ").strip() for t in tokens if t.type == tokenize.COMMENT
    }
    found = [
        _read_line(statement, comments.get(statement.end_lineno or 0, ""), notebook.name)
        for statement in statements
        if not isinstance(statement, ast.ImportFrom | ast.Import) and not _is_docstring(statement)
    ]
    return {parameter.name: parameter for parameter in found}


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _read_line(statement: ast.stmt, help_: str, where: str) -> Parameter:
    line = ast.unparse(statement)
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
            written = ast.unparse(annotation).strip("'\"")
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            written = ""
        case _:
            raise Mistakes(f"{where}, parameters cell: `{line}` is not `name: type = value`")
    if _SECRET.search(name):
        raise Mistakes(f"{where}: {name} looks like a secret; read it from the environment instead")
    try:
        default = None if value is None else ast.literal_eval(value)
        kind = written or type(default).__name__
        parameter = _read_type(name, kind) if written or kind in TYPES else None
    except ValueError as error:
        raise Mistakes(f"{where}, parameters cell: `{line}`: {error}") from error
    if parameter is None:
        raise Mistakes(f"{where}: {name} needs a type, one of {', '.join(TYPES)}, Literal, list")
    low, high = match.groups() if (match := _RANGE.search(help_)) else (None, None)
    return replace(
        parameter,
        default=default,
        help=help_,
        low=float(low) if low else None,
        high=float(high) if high else None,
        is_required=value is None,
    )


def _read_type(name: str, text: str) -> Parameter:
    """A parameter of the type that is written: `X`, `list[X]` or `X | None`."""
    inner = text.removesuffix(" | None")
    listed = re.fullmatch(r"list\[(.+)\]", inner)
    parameter = Parameter(name, is_list=bool(listed), is_optional=inner != text)
    inner = listed[1] if listed else inner
    if choices := re.fullmatch(r"(?:\w+\.)?Literal\[(.+)\]", inner):
        return replace(parameter, type="Literal", choices=ast.literal_eval(f"({choices[1]},)"))
    inner = inner.rpartition(".")[2]
    if inner not in TYPES:
        raise ValueError(f"type {inner} is not one of {', '.join(TYPES)}, Literal, list")
    return replace(parameter, type=inner)


def check_values(
    parameters: dict[str, Parameter], given: dict[str, object], *, here: Path, root: Path
) -> dict[str, object]:
    """Give every parameter its value by its declared type, as JSON: a day is ISO text.

    A given relative path starts `here`; paths inside the root come back relative to it. Raises
    Mistakes with all that is wrong, one a line.
    """
    values, wrong = {}, []
    for name, parameter in parameters.items():
        try:
            if parameter.is_required and name not in given:
                raise ValueError("needs a value")
            start = here if name in given else root
            values[name] = _convert(parameter, given.get(name, parameter.default), start, root)
        except ValueError as error:
            wrong.append(f"{name}: {error}" + (f"  ({parameter.help})" if parameter.help else ""))
    if wrong:
        raise Mistakes("\n".join(wrong))
    return values


def find_unknown(names: Iterable[str], known: list[str]) -> list[str]:
    """One line for each name that is not known, with the nearest that is."""
    lines = []
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            lines.append(f"{name}: unknown; {hint}")
    return lines


def _convert(parameter: Parameter, value: object, start: Path, root: Path) -> object:
    if parameter.is_optional and value in (None, "none", "None"):
        return None
    if not parameter.is_list:
        return _convert_one(parameter, value, start, root)
    if isinstance(value, str):
        value = [item.strip() for item in value.split(",")] if value else []
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list")
    return [_convert_one(parameter, item, start, root) for item in value]


def _convert_one(parameter: Parameter, value: object, start: Path, root: Path) -> object:
    if parameter.choices:
        for choice in parameter.choices:
            if value == choice or value == str(choice):
                return choice
        raise ValueError(f"{value!r} is not one of {', '.join(map(str, parameter.choices))}")
    if parameter.type not in _FORMS:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is not text; put it in quotation marks")
        if value and _QUERIES.match(parameter.help):
            from dateline.terms import split_queries  # which costs as much as all else here

            split_queries(value)
        return _find_path(value, start, root) if parameter.is_path else value
    return _read_form(parameter, value)


def _read_form(parameter: Parameter, value: object) -> object:
    form = _FORMS[parameter.type]
    try:
        if not re.fullmatch(form.pattern, str(value).lower()):
            raise ValueError
        converted = form.read(str(value).lower())
        if converted in (math.inf, -math.inf):  # as from 1e999
            raise ValueError
    except ValueError as error:  # it does not match, or there is no such day
        raise ValueError(f"{value!r} {form.complaint}") from error
    low, high = parameter.low, math.inf if parameter.high is None else parameter.high
    if isinstance(converted, int | float) and low is not None and not low <= converted <= high:
        raise ValueError(f"{converted} is not in {low:g}..{high:g}".replace("inf", ""))
    return converted


def _find_path(value: str, start: Path, root: Path) -> str:
    """The path relative to the root where it is inside, else absolute; it must hold something."""
    for folder in (start, root):
        path = Path(folder / Path(value).expanduser()).resolve()
        if path.is_dir() and not any(p.is_file() for p in path.rglob("[!.]*")):
            raise ValueError(f"there is no file in {path}")
        if path.exists():
            inside = path.is_relative_to(root.resolve())
            return (path.relative_to(root.resolve()) if inside else path).as_posix()
    raise ValueError(f"no file or folder {value!r} in {start}")


def to_word(value: object) -> str:
    """A value as it is typed."""
    if isinstance(value, list):
        return ",".join(map(to_word, value))
    return str(value).lower() if value is None or isinstance(value, bool) else str(value)


def read_file(file: Path) -> dict[str, object]:
    """Read values of parameters from YAML or TOML; Mistakes where it holds something else."""
    import yaml

    try:
        text = file.read_text("utf-8")
        return tomllib.loads(text) if file.suffix == ".toml" else dict(yaml.safe_load(text) or {})
    except (ValueError, TypeError, yaml.YAMLError) as error:
        what = " ".join(str(error).split())
        raise Mistakes(f"{file} is not a list of parameter: value: {what}") from error


def _is_path(word: str) -> bool:
    """Whether it exists, or has a slash in it (a name of a report has none)."""
    return Path(word).expanduser().exists() or Path(word).name != word


def plan_reports(
    names: list[str], given: dict[str, object], each: tuple[str, ...], *, root: Path
) -> list[Report]:
    """Check everything that was asked for, before anything is run.

    Without names it is all reports; a name that is a path is the corpus. A given value goes to
    each notebook that declares it; each `name=a,b` makes one run for each value. Raises Mistakes
    with all that is wrong.
    """
    notebooks = find_notebooks(root)
    if paths := [n for n in names if n not in notebooks and _is_path(n)]:
        names = [name for name in names if name not in paths]
        if len(paths) > 1 or "corpus" in given:
            told = ", ".join([*paths, *(str(v) for k, v in given.items() if k == "corpus")])
            raise Mistakes(f"corpus: one is expected, not {told}")
        given = given | {"corpus": paths[0]}
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
        helps = {key: parameter.help for key, parameter in parameters.items()}
        read = [key for key, parameter in parameters.items() if parameter.is_path]
        for point in itertools.product(*axes):
            mine = {key: v for key, v in (given | dict(point)).items() if key in parameters}
            try:
                values = check_values(parameters, mine, here=Path.cwd(), root=root)
                reports.append(Report(name, notebooks[name], values, list(mine), helps, read))
            except Mistakes as error:
                wrong += str(error).splitlines()
    if wrong:
        raise Mistakes("\n".join(dict.fromkeys(wrong)))
    return reports
