"""From tasks on standard input to what a file holds on standard output, one JSON object a line.

It runs in a process of its own: what a hostile file does to a reader, it does there. The system
ends it where an item takes too long, also amid one regular expression, where no Python runs.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from dateline.read.forms.item import (
    ITEM_SECONDS,
    MOST_CHARACTERS,
    Contents,
    Form,
    Item,
    NotThisForm,
    Source,
    Unreadable,
)
from dateline.read.forms.recognise import find_forms, open_source

# Twenty megabytes of RTF take eight seconds before the first item is there.
_BYTES_A_SECOND = 1_000_000
# Of an item that only waits, such as for a disk on the net.
_WAITING = 6
_MOST_MEMORY = 2_000_000_000


def main() -> None:
    """Read one file after the other, until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print must not mix with the messages
    _bound_memory()
    for line in sys.stdin:
        task = json.loads(line)
        source = Source(task["name"], Path(task["path"]), columns=task["columns"])
        serve(source, out, first_only=task["first_only"])


def serve(source: Source, out: TextIO, *, first_only: bool = False) -> None:
    """Tell what a file holds: its form, its items, and why not more where there is a reason."""
    why, is_other = "", False
    try:
        size = source.path.stat().st_size if source.path else 0
        _set_alarm(ITEM_SECONDS + size / _BYTES_A_SECOND)
        for message in read_source(source):
            _tell(message, out)
            _set_alarm(ITEM_SECONDS)
            if first_only and "item" in message and not message["is_left_out"]:
                break
    except Unreadable as error:
        why, is_other = str(error), isinstance(error, NotThisForm)
    except OSError as error:
        why = error.strerror or str(error)
    except MemoryError:
        why = "it takes more memory than a file may"
    except Exception as error:  # a reader's fault must not cost the other files
        why = f"its reader failed: {type(error).__name__}: {error}"[:200]
    _set_alarm(0)
    _tell({"why": why, "is_other": is_other}, out)


def read_source(source: Source) -> Iterator[dict[str, object]]:
    """Read a file as the first form that it is: a message of the form, then one an item.

    Raises:
        NotThisForm: It is of none of the forms that its first bytes show.
        Unreadable: It is of one, and cannot be read, or not further.
    """
    form, contents = open_source(source, find_forms(source.head(), source.name))
    yield _describe(form, contents)
    for item in contents.items:
        yield _pack(item)


def _describe(form: Form, contents: Contents) -> dict[str, object]:
    return {"form": form.name, "n_stated": contents.n_stated, "encoding": contents.encoding}


def _pack(item: Item) -> dict[str, object]:
    if len(item.text) > MOST_CHARACTERS:
        item = item._replace(
            text="", parts=(), left_out=f"longer than {MOST_CHARACTERS:,} characters"
        )
    packed = item._replace(fields=dict(item.fields))
    return {"item": packed, "is_left_out": bool(item.left_out)}


def _tell(message: dict[str, object], out: TextIO) -> None:
    out.write(json.dumps(message) + "\n")
    out.flush()


def _set_alarm(seconds: float) -> None:
    """Have the system end this process after so many seconds of work; 0 takes that back."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, _WAITING * seconds)


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on Windows, or set lower
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    main()
