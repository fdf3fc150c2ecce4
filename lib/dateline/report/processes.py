"""From a process to its children: none outlives a run, whatever the kernel was doing."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36


def die_with_parent(signal_number: int = signal.SIGKILL) -> None:
    """Have the system send this process a signal when its parent dies (Linux only)."""
    _prctl(_PR_SET_PDEATHSIG, signal_number)


def import_quickly() -> None:
    """Have what papermill and nbconvert import leave out one grammar: 2 of their 3 seconds.

    jsonschema loads it, where it is installed, to check addresses (the format `iri`), which no
    notebook's schema asks for; without it that one check is left out.
    """
    sys.modules.setdefault("rfc3987_syntax", None)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent dies, so that they can be ended."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, value: int) -> None:
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:  # elsewhere the sweep by psutil has to do
        prctl(option, value, 0, 0, 0)


def end_children(pid: int | None = None) -> None:
    """Kill all descendants of a process, at once and for good; it goes on itself.

    Args:
        pid: The process, this one by default.
    """
    import psutil

    # A descendant can fork while it is being looked at: repeat until none is found.
    while living := _find_living(pid or os.getpid()):
        for child in living:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        psutil.wait_procs(living, timeout=1)


def _find_living(pid: int) -> list[psutil.Process]:
    import psutil

    found = []
    with contextlib.suppress(psutil.NoSuchProcess):
        for child in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                if child.status() != psutil.STATUS_ZOMBIE:
                    found.append(child)
    return found
