"""From a notebook's `parameters` cell to typed values, without running any of it."""

from __future__ import annotations

import ast
import difflib
import io
import json
import math
import re
import tokenize
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TYPES = ("str", "int", "float", "bool", "date", "Path")
_SECRET = re.compile(r"secret|token$|passw|api_?key|credential", re.IGNORECASE)
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)?")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_PATH = re.compile(r"(a )?(file|folder)\b", re.IGNORECASE)
_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0")


class Mistakes(ValueError):
    """Everything that is wrong with a notebook or the values given, one a line."""


@dataclass(frozen=True)
class Parameter:
    """One line of the cell: `name: type = default  # help`."""

    name: str
    type: str  # a name in TYPES, or Literal
    default: object
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


def read_parameters(notebook: Path) -> dict[str, Parameter]:
    """Read what a notebook can be told.

    Args:
        notebook: A file with exactly one cell tagged `parameters`.

    Returns:
        The parameters by name, in the order of the cell.

    Raises:
        Mistakes: It is no notebook, has no such cell or several, or a line of it is not
            `name: type = value`.
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
        statements, comments = ast.parse(source).body, _read_comments(source)
    except (SyntaxError, tokenize.TokenError) as error:
        raise Mistakes(f"{notebook.name}, parameters cell: {error}") from error
    found = [_read_line(s, comments.get(s.end_lineno, ""), notebook.name) for s in statements]
    return {parameter.name: parameter for parameter in found if parameter}


def _read_comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ").strip() for t in tokens if t.type == tokenize.COMMENT}


def _read_line(statement: ast.stmt, help_: str, where: str) -> Parameter | None:
    if isinstance(statement, ast.ImportFrom | ast.Import) or _is_docstring(statement):
        return None
    line = ast.unparse(statement)
    annotated = isinstance(statement, ast.AnnAssign)
    targets = [statement.target] if annotated else getattr(statement, "targets", [])
    if len(targets) != 1 or not isinstance(targets[0], ast.Name):
        raise Mistakes(f"{where}, parameters cell: `{line}` is not `name: type = value`")
    name, value = targets[0].id, statement.value
    if _SECRET.search(name):
        raise Mistakes(f"{where}: {name} looks like a secret; read it from the environment instead")
    try:
        default = None if value is None else ast.literal_eval(value)
        kind = _read_type(statement.annotation) if annotated else {"type": type(default).__name__}
    except ValueError as error:
        raise Mistakes(f"{where}, parameters cell: `{line}`: {error}") from error
    if kind["type"] not in (*TYPES, "Literal"):
        raise Mistakes(f"{where}: {name} needs a type, one of {', '.join(TYPES)}, Literal, list")
    low, high = _RANGE.search(help_).groups() if _RANGE.search(help_) else (None, None)
    return Parameter(
        name,
        default=default,
        help=help_,
        is_required=value is None,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        **kind,
    )


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _read_type(node: ast.expr) -> dict[str, object]:
    """The fields of Parameter that an annotation settles."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        node = ast.parse(node.value, mode="eval").body
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        sides = [side for side in (node.left, node.right) if ast.unparse(side) != "None"]
        if len(sides) == 1:
            return _read_type(sides[0]) | {"is_optional": True}
    elif isinstance(node, ast.Subscript):
        outer = ast.unparse(node.value).rpartition(".")[2]
        if outer == "Optional":
            return _read_type(node.slice) | {"is_optional": True}
        if outer == "list":
            return _read_type(node.slice) | {"is_list": True}
        if outer == "Literal":
            choices = ast.literal_eval(node.slice)
            choices = choices if isinstance(choices, tuple) else (choices,)
            return {"type": "Literal", "choices": choices}
    name = ast.unparse(node).rpartition(".")[2]
    if name not in TYPES:
        raise ValueError(f"type {name} is not one of {', '.join(TYPES)}, Literal, list")
    return {"type": name}


def check_values(
    parameters: dict[str, Parameter], given: dict[str, object], *, here: Path, root: Path
) -> dict[str, object]:
    """Give every parameter its value, by its declared type.

    Args:
        parameters: As from read_parameters.
        given: Texts from the command line, or values from a file; unknown names are left
            to `find_unknown`.
        here: Where a relative path of a given value starts.
        root: The project; paths inside it come back relative to it.

    Returns:
        JSON values for all parameters: dates as ISO text, paths with forward slashes.

    Raises:
        Mistakes: All that is wrong, one a line.
    """
    values, wrong = {}, []
    for name, parameter in parameters.items():
        try:
            if parameter.is_required and name not in given:
                raise ValueError("needs a value")
            values[name] = _convert(parameter, given.get(name, parameter.default))
            if parameter.is_path and values[name] is not None:
                start = here if name in given else root
                values[name] = _map(lambda p, s=start: _find_path(p, s, root), values[name])
        except ValueError as error:
            wrong.append(f"{name}: {error}" + (f"  ({parameter.help})" if parameter.help else ""))
    if wrong:
        raise Mistakes("\n".join(wrong))
    return values


def find_unknown(names: list[str], known: list[str]) -> list[str]:
    """One line for each name that is not known, with the nearest that is."""
    lines = []
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            lines.append(f"{name}: unknown; {hint}")
    return lines


def _map(change: object, value: object) -> object:
    return [change(item) for item in value] if isinstance(value, list) else change(value)


def _convert(parameter: Parameter, value: object) -> object:
    if parameter.is_optional and value in (None, "none", "None"):
        return None
    if not parameter.is_list:
        return _convert_one(parameter, value)
    if isinstance(value, str):
        value = [item.strip() for item in value.split(",")] if value else []
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list")
    return [_convert_one(parameter, item) for item in value]


def _convert_one(parameter: Parameter, value: object) -> object:
    if parameter.type == "Literal":
        for choice in parameter.choices:
            if value == choice or value == str(choice):
                return choice
        raise ValueError(f"{value!r} is not one of {', '.join(map(str, parameter.choices))}")
    converted = _CONVERTERS[parameter.type](value)
    low, high = parameter.low, math.inf if parameter.high is None else parameter.high
    if isinstance(converted, int | float) and low is not None and not low <= converted <= high:
        raise ValueError(f"{converted} is not in {low:g}..{high:g}".replace("inf", ""))
    return converted


def _to_str(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not text; put it in quotation marks")
    return value


def _to_int(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]+", value):
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r} is not a whole number")
    return value


def _to_float(value: object) -> float:
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = float(value)
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a finite number")
    return float(value)


def _to_bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() not in (*_TRUE, *_FALSE):
        raise ValueError(f"{value!r} is neither true nor false")
    return str(value).lower() in _TRUE


def _to_date(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise ValueError(f"{value!r} is not a day like 2025-03-11") from error


_CONVERTERS = {
    "str": _to_str,
    "int": _to_int,
    "float": _to_float,
    "bool": _to_bool,
    "date": _to_date,
    "Path": _to_str,
}


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
