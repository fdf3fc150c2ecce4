"""Each function that `dl` shows has an example in its docstring, and it is right."""

import doctest
from pathlib import Path

import dateline as dl
import pytest

ROOT = Path(__file__).parents[1]
NAMES = [name for name in dl.__all__ if not isinstance(getattr(dl, name), str)]


@pytest.mark.parametrize("name", NAMES)
def test_the_example_in_a_docstring_is_right(name, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)  # examples read the articles that ship, in corpus/
    shown = getattr(dl, name)
    examples = doctest.DocTestFinder(recurse=False).find(shown, name, globs={"folder": tmp_path})
    assert any(example.examples for example in examples), f"dl.{name} has no example"
    told = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for example in examples:
        runner.run(example, out=told.append)
    assert runner.failures == 0, "".join(told)
