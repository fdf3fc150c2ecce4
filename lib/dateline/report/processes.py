"""From a process to its children: none outlives a run, and none of its failures stays hidden."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zmq
    from IPython.core.interactiveshell import InteractiveShell

# An idle kernel sees within 2 s that its parent is gone, because ipykernel asks; one in a long
# regular expression never does: it was at 100 % of a core 25 s after its runner was killed.
# Linux only. What ends a run's processes everywhere is the sweep by psutil (end_children); these
# two hold where the runner itself is killed, and where a grandchild outlives its parent.
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
# Failures seen in threads and tasks: (how many cells had begun, what happened).
_seen: list[tuple[int, str]] = []


def import_quickly() -> None:
    """Have what papermill and nbconvert import leave out one grammar: 2 of their 3 seconds.

    jsonschema loads it, where it is installed, to check addresses (the format `iri`), which no
    notebook's schema asks for; without it that one check is left out.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # import fails there


def die_with_parent(signal_number: int = 9) -> None:
    """Have the system send this process a signal (9: SIGKILL) when its parent dies."""
    _prctl(_PR_SET_PDEATHSIG, signal_number)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent dies, so that they can be ended."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def end_children(pid: int | None = None) -> None:
    """Kill all descendants of a process (this one by default), at once; it goes on itself."""
    import psutil

    while True:  # a descendant can fork while it is being looked at: until none is found
        living = []
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    if child.status() != psutil.STATUS_ZOMBIE:
                        child.kill()
                        living.append(child)
        if not living:
            return
        psutil.wait_procs(living, timeout=1)


def has_ipc() -> bool:
    """Whether kernels talk through files instead of ports: not on Windows."""
    return os.name == "posix"


class HiddenFailure(Exception):
    """Something failed in a thread or a task, and the notebook went on."""


def watch_kernel(shell: InteractiveShell) -> None:
    """Notice what a kernel passes over: threads, tasks and `!commands` that fail.

    With papermill 2.7 a notebook with `!false`, or with an exception in a thread or a task, is a
    success.
    """
    running = [0]

    def note(what: str, error: BaseException | None) -> None:
        if error:
            _seen.append((running[0], f"a {what} failed: {type(error).__name__}: {error}"))

    def start_cell(*_: object) -> None:
        running[0] += 1
        asyncio.get_running_loop().set_exception_handler(
            lambda loop, context: note("task", context.get("exception"))
        )

    def run_command(command: str) -> None:
        subprocess.run(shell.var_expand(command, depth=1), shell=True, check=True)

    die_with_parent()
    if has_ipc():
        _close_port(shell)
    threading.excepthook = lambda args: note("thread", args.exc_value)
    shell.events.register("pre_run_cell", start_cell)
    shell.system = run_command  # type: ignore[method-assign]  # as IPython documents it


def _close_port(shell: InteractiveShell) -> None:
    """Move the one TCP port that an IPC kernel opens (for what forked children print) to IPC.

    ipykernel has no setting for it, so two of its private names are used here; without this a run
    of articles that must not leave the machine listens on a port, if only on 127.0.0.1.
    """
    pipe = shell.kernel.iopub_thread  # type: ignore[attr-defined]  # it is a kernel's shell
    address = f"ipc://{os.environ['JUPYTER_RUNTIME_DIR']}/forks"

    def move() -> None:
        socket = pipe._pipe_in.socket
        socket.unbind(socket.last_endpoint)
        socket.bind(address)

    def connect() -> tuple[zmq.Context, zmq.Socket]:
        import zmq

        context = zmq.Context()  # a context does not survive a fork
        socket = context.socket(zmq.PUSH)
        socket.linger = 3000
        socket.connect(address)
        return context, socket

    pipe.io_loop.add_callback(move)
    pipe._setup_pipe_out = connect


def check_hidden_failures() -> None:
    """Raise for the first failure that was hidden; the runner calls it after the last cell."""
    gc.collect()  # a task that failed tells so when it is collected
    if _seen:
        count, message = _seen[0]
        raise HiddenFailure(f"{count}|{message}")
