"""From a process to its children: none outlives a run, whatever the kernel was doing."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36


def import_quickly() -> None:
    """Have what papermill and nbconvert import leave out one grammar: 2 of their 3 seconds.

    jsonschema loads it, where it is installed, to check addresses (the format `iri`), which no
    notebook's schema asks for; without it that one check is left out.
    """
    sys.modules.setdefault("rfc3987_syntax", None)


def die_with_parent(signal_number: int = signal.SIGKILL) -> None:
    """Have the system send this process a signal when its parent dies (Linux only)."""
    _prctl(_PR_SET_PDEATHSIG, signal_number)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent dies, so that they can be ended."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, value: int) -> None:
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:  # elsewhere the sweep by psutil has to do
        prctl(option, value, 0, 0, 0)


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
