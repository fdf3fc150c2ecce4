"""The process that reads forms: what is hostile to it is a row, and costs no other file."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dateline.read.forms.item import Item, Part
from dateline.read.intake.reader import FormReader

# A form for this test only, whose files say line by line what becomes of their reader.
TRIAL = r"""
import os, re, signal
from dateline.read.forms import recognise
from dateline.read.forms.item import Contents, Form, Item, NotThisForm, Part, Unreadable
from dateline.read.intake import serve

def read_items(source):
    for number, line in enumerate(source.read().decode().splitlines(), 1):
        died = f"{source.path}.died"
        if line == "die" or (line == "die once" and not os.path.exists(died)):
            open(died, "w").close()
            os.kill(os.getpid(), signal.SIGKILL)
        elif line == "stick":
            re.match("(a|a)*b", "a" * 40)
        elif line == "swell":
            bytearray(3_000_000_000)
        elif line == "fail":
            {}["no such key"]
        elif line == "refuse":
            raise Unreadable("no known layout: 'refuse'")
        elif line == "print":
            print("noise"); os.write(1, b"noise\n")
        yield Item(line * (5_000_001 if line == "x" else 1), dict(source.columns),
                   (Part("body", 0, len(line)),), number, "", ("a doubt",))

def read(source):
    if b"other" in source.head():
        raise NotThisForm("no item is marked in it")
    return Contents(read_items(source), 4, "utf-8")

recognise.list_forms = lambda: (Form("trial", lambda head, name: True, read),)
serve.ITEM_SECONDS = 0.5
serve.main()
"""


@pytest.fixture
def reader(tmp_path):
    script = tmp_path / "trial.py"
    script.write_text(TRIAL)
    with FormReader([sys.executable, str(script)]) as reader:
        yield reader


@pytest.fixture
def read(reader, tmp_path):
    def read(*lines, **columns):
        path = tmp_path / "a.txt"
        path.write_text("\n".join(lines))
        return reader.read(path, "a.txt", columns)

    return read


def test_an_item_comes_as_it_was_made(read):
    held = read("The ferry “waits”", title="Head")
    assert (held.form, held.n_stated, held.encoding, held.why) == ("trial", 4, "utf-8", "")
    part = (Part("body", 0, 17),)
    assert held.items == (Item("The ferry “waits”", {"title": "Head"}, part, 1, "", ("a doubt",)),)


def test_what_the_reader_says_keeps_the_items_before(read):
    held = read("one", "two", "refuse", "three")
    assert [item.text for item in held.items] == ["one", "two"]
    assert held.why == "no known layout: 'refuse'"


def test_a_fault_of_a_reader_is_told_and_costs_its_file_only(read):
    assert read("one", "fail").why == "its reader failed: KeyError: 'no such key'"
    assert read("one").why == ""


def test_a_file_of_another_form_is_given_back(read):
    held = read("other")
    assert (held.form, held.is_other, held.why) == (None, True, "no item is marked in it")


def test_an_item_that_sticks_is_ended_and_the_next_file_is_read(read):
    began = time.monotonic()
    held = read("one", "stick", "three")
    assert time.monotonic() - began < 30
    assert [(item.number, item.left_out) for item in held.items] == [
        (1, ""),
        (2, "it takes longer than 10 s"),
    ]
    assert held.why == "it takes longer than 10 s"
    assert [item.text for item in read("one").items] == ["one"]


def test_a_file_that_kills_its_reader_is_tried_twice(read):
    assert [item.text for item in read("one", "die once", "three").items] == [
        "one",
        "die once",
        "three",
    ]
    held = read("one", "die", "three")
    assert held.items[1].left_out == held.why == "it ended its reader (SIGKILL)"
    assert read("one").why == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the data of a process")
def test_memory_is_bounded(read):
    assert read("swell").why == "it takes more memory than a file may"
    assert read("one").why == ""


def test_what_a_library_prints_is_no_message(read):
    assert [item.text for item in read("print", "two").items] == ["print", "two"]


def test_what_is_longer_than_any_article_is_left_out(read):
    (item,) = read("x").items
    assert (item.text, item.left_out) == ("", "longer than 5,000,000 characters")


def test_a_file_that_is_gone_has_a_reason(reader):
    assert reader.read(Path("no/such.txt"), "such.txt", {}).why == "No such file or directory"


def test_a_name_that_is_no_text_reaches_the_reader(reader, tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("one")
    assert [item.text for item in reader.read(path, path.name, {}).items] == ["one"]


def test_the_process_ends_with_its_reader(tmp_path):
    script = tmp_path / "trial.py"
    script.write_text(TRIAL)
    (tmp_path / "a.txt").write_text("one")
    with FormReader([sys.executable, str(script)]) as reader:
        reader.read(tmp_path / "a.txt", "a.txt", {})
        process = reader._process
        assert isinstance(process, subprocess.Popen)
        assert process.poll() is None
    assert process.poll() == 0
