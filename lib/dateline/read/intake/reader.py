"""From a file to what it holds, read by a process that ends with it where it does not end."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import dateline
from dateline.read.forms.item import ITEM_SECONDS, Item, Part

# -P: a module of the folder that it is started in is never imported.
_SERVE = (sys.executable, "-P", "-m", "dateline.read.intake.serve")
_TIMERS = [-getattr(signal, name, 0) for name in ("SIGPROF", "SIGALRM")]
_TOO_LONG = f"it takes longer than {ITEM_SECONDS} s"


class Held(NamedTuple):
    """What a file holds: `why` is why it, or the rest of it, could not be read."""

    form: str | None = None
    n_stated: int | None = None
    encoding: str | None = None
    items: tuple[Item, ...] = ()
    why: str = ""
    is_other: bool = False  # of no form that its first bytes show


class FormReader:
    """A process that reads files one after the other; started when first needed, and once.

    An item that takes too long, or kills the process, is left out with what follows it in its
    file, and the next file has a new process.
    """

    def __init__(self, command: Sequence[str] = _SERVE) -> None:
        self._command = command
        self._temporary = tempfile.TemporaryDirectory(prefix="dateline-")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> FormReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        self._temporary.cleanup()

    def read(
        self, path: Path, name: str, columns: Mapping[str, str], *, first_only: bool = False
    ) -> Held:
        """Read a file, or its first article only.

        What kills the reader for another reason than time is tried again, once.
        """
        task = {"path": str(path), "name": name, "columns": dict(columns), "first_only": first_only}
        held, died = self._ask(task)
        if died and died not in _TIMERS:
            held, died = self._ask(task)
        if not died:
            return held
        why = _TOO_LONG if died in _TIMERS else f"it ended its reader ({_name_end(died)})"
        if held.form is None:
            return held._replace(why=why)
        broken = Item(number=len(held.items) + 1, left_out=why)
        return held._replace(items=(*held.items, broken), why=why)

    def _ask(self, task: Mapping[str, object]) -> tuple[Held, int]:
        """What the process says of a file, and how it ended where it did; 0 where it lives."""
        process = self._process = self._process or _start(self._command, self._temporary.name)
        asked, told = process.stdin, process.stdout
        assert asked and told  # both are pipes
        held, items = Held(), []
        with contextlib.suppress(BrokenPipeError):
            asked.write(json.dumps(task).encode() + b"\n")
            asked.flush()
        for line in told:
            if not line.endswith(b"\n"):  # it died while it wrote
                break
            message = json.loads(line)
            if "item" in message:
                items.append(_unpack(*message["item"]))
            elif "form" in message:
                held = Held(message["form"], message["n_stated"], message["encoding"])
            else:
                return held._replace(items=tuple(items), **message), 0
        self._end()
        return held._replace(items=tuple(items)), process.returncode or 1

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin and process.stdout:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            process.stdout.close()
        # What has been told to the end waits for a task, and its end has just come.
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _start(command: Sequence[str], temporary: str) -> subprocess.Popen[bytes]:
    home = Path(dateline.__file__).parents[1]
    paths = [str(home), *filter(None, [os.environ.get("PYTHONPATH")])]
    quiet = None if os.environ.get("DATELINE_TRACEBACK") else subprocess.DEVNULL
    # What a reader unpacks is gone with its process, however that ends; and many threads for
    # numbers would only take memory from the text.
    own = {"TMPDIR": temporary, "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=quiet,
        env={**os.environ, **own, "PYTHONPATH": os.pathsep.join(paths)},
    )


def _unpack(
    text: str,
    fields: dict[str, str],
    parts: list[list],
    number: int,
    left_out: str,
    doubts: list[str],
    form: str,
) -> Item:
    placed = tuple(Part(*part) for part in parts)
    return Item(text, fields, placed, number, left_out, tuple(doubts), form)


def _name_end(code: int) -> str:
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"signal {-code}"
