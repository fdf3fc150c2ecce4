"""From failures that a notebook would hide to one that it shows; runs inside the kernel."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import threading
from typing import TYPE_CHECKING

import zmq

from dateline.report.processes import die_with_parent

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

# Failures seen in threads and tasks: (how many cells had begun, what happened).
_seen: list[tuple[int, str]] = []


class HiddenFailure(Exception):
    """Something failed in a thread or a task, and the notebook went on."""


def watch_kernel(shell: InteractiveShell) -> None:
    """Notice what a kernel passes over: threads, tasks and `!commands` that fail."""
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
    _close_port(shell)
    threading.excepthook = lambda args: note("thread", args.exc_value)
    shell.events.register("pre_run_cell", start_cell)
    shell.system = run_command


def _close_port(shell: InteractiveShell) -> None:
    """Move the one TCP port that an IPC kernel opens (for what forked children print) to IPC."""
    pipe = shell.kernel.iopub_thread
    address = f"ipc://{os.environ['JUPYTER_RUNTIME_DIR']}/forks"

    def move() -> None:
        socket = pipe._pipe_in.socket
        socket.unbind(socket.last_endpoint)
        socket.bind(address)

    def connect() -> tuple[zmq.Context, zmq.Socket]:
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
