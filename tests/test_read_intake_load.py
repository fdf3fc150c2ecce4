import zipfile
from pathlib import Path

import pytest
from dateline.read.files import find_files
from dateline.read.forms.item import Source
from dateline.read.intake import load
from dateline.read.intake.load import load_files

EXPORT = "".join(
    f"{n} of 3 DOCUMENTS\n\nThe Quay Post\n\nMarch {n}, 2025\n\nFERRY {n}\n\nBYLINE: Orla Venn\n\n"
    f"LENGTH: 12 words\n\nThe ferry to the islands is late for the {n}th time this week.\n\n"
    "LOAD-DATE: May 1, 2025\n\n"
    for n in (1, 2, 3)
)


def read(source):
    return {one.name: one for one in load_files(find_files(source), {})}


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "empty"),
        ("a.docx", b"", "empty"),
        ("a.txt", b"MZ\x90\x00\x03\x00 text", "a program"),
        ("a.txt", b"\x01\x02\x00 text", "binary (it holds NUL bytes)"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 text",
            "a compound file of an older",
        ),
        ("a.pdf", b"text", "a .pdf file whose content is of no known form"),
        ("a.csv", b"a\nb\n", "a .csv file whose content is of no known form"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a picture: text in pictures is not recognised"),
        ("a.xml", b"<?xml version='1.0'?><quay/>", "markup of no known form"),
    ],
)
def test_what_cannot_be_read_has_a_reason(tmp_path, name, raw, why):
    (tmp_path / name).write_bytes(raw)
    one = read(tmp_path)[name]
    assert (one.items, one.form) == ((), None)
    assert one.why.startswith(why)


def test_an_export_that_is_called_txt_is_no_text(tmp_path):
    (tmp_path / "a.txt").write_text(EXPORT)
    one = read(tmp_path)["a.txt"]
    assert (one.form, one.n_stated, one.n_found, one.why) == ("Nexis TXT", 3, 3, "")
    assert [item.fields["title"] for item in one.articles] == ["FERRY 1", "FERRY 2", "FERRY 3"]
    assert [item.number for item in one.articles] == [1, 2, 3]


def test_a_suffix_that_disagrees_is_said(tmp_path):
    (tmp_path / "a.htm").write_text(EXPORT)
    (tmp_path / "b.tst").write_text("The ferry is late.")
    (tmp_path / "c").write_text("The ferry is late.")
    told = read(tmp_path)
    assert told["a.htm"].doubts == ("read as Nexis TXT, though it is called .htm",)
    assert told["b.tst"].doubts == ("read as text, though it is called .tst",)
    assert (told["c"].form, told["c"].doubts) == ("text", ())


def test_a_text_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(load, "read_plain", lambda source: Source.read(source, 10_000_000))
    with (tmp_path / "a.txt").open("wb") as file:
        file.write(b"The ferry is late. " * 600_000)
    assert read(tmp_path)["a.txt"].why == "larger than 10 MB"


def test_the_encoding_is_named(tmp_path):
    (tmp_path / "a.txt").write_bytes("Señor Peña said it was naïve. ".encode("cp1252") * 9)
    (tmp_path / "b.txt").write_bytes("\ufeffThe ferry".encode("utf-16-le"))
    (tmp_path / "c.txt").write_bytes(b"The ferry")
    assert [one.encoding for one in read(tmp_path).values()] == ["cp1252", "utf-16", "utf-8"]


def test_a_protected_zip_is_called_so(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("a.txt", "text")
    raw = bytearray((tmp_path / "a.zip").read_bytes())
    raw[6] |= 1  # the bit that says that the member is encrypted: in its head, and in the list
    raw[raw.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(raw)
    (item,) = read(tmp_path)["a.zip"].items
    assert "password" in item.left_out


def test_a_file_that_vanishes_or_may_not_be_read_is_a_row(tmp_path):
    (tmp_path / "a.txt").write_text("The ferry is late.")
    files = find_files(tmp_path)
    (tmp_path / "a.txt").unlink()
    (one,) = load_files(files, {})
    assert one.why == "No such file or directory"


def test_a_file_that_changes_while_it_is_read_is_doubtful(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("The ferry is late.")
    read_plain = load.read_plain

    def grow(source):
        path.write_text("The ferry is late, and later.")
        return read_plain(source)

    monkeypatch.setattr(load, "read_plain", grow)
    assert read(tmp_path)["a.txt"].doubts == ("it changed while it was read",)


def test_plain_text_needs_no_process(tmp_path, monkeypatch):
    monkeypatch.setattr(load.FormReader, "read", None)
    (tmp_path / "a.txt").write_text("The ferry is late.")
    assert read(tmp_path)["a.txt"].items[0].text == "The ferry is late."


def test_files_of_many_names_leave_no_file_open(tmp_path):
    for n in range(50):
        (tmp_path / f"{n}.txt").write_text("The ferry is late.")
    before = len(list(Path("/dev/fd").iterdir()))
    assert len(read(tmp_path)) == 50
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_progress_counts_the_files_where_it_takes_long(tmp_path, monkeypatch, capsys):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text("The ferry is late.")
    files = find_files(tmp_path)
    assert len(list(load_files(files, {}, progress=True))) == 3
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(load, "_WAIT", 0)
    list(load_files(files, {}, progress=True))
    assert "/3" in capsys.readouterr().err
