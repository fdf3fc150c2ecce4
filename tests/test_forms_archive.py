"""Zips, tars and packed files, made here: members, limits, links, and archives in archives."""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile

import pytest
from dateline.read.forms.bundles import archive, packed
from dateline.read.forms.item import Contents, Form, Item, NotThisForm, Source, Unreadable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def read_words(source):
    return Contents([Item(source.read().decode("utf-8", "replace"))], 1)


def refuse(error):
    def read(source):
        raise error("of another kind")

    return read


FORMS = (
    Form("first", lambda head, name: head.startswith(b"<"), refuse(NotThisForm)),
    Form("bad", lambda head, name: head.startswith(b"!"), refuse(Unreadable)),
    Form("text", lambda head, name: head[:1].isalpha() or head.startswith(b"<"), read_words),
)


def make_zip(members, **options):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return file.getvalue()


def make_tar(members, mode="w"):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as made:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            if isinstance(data, bytes):
                info.size = len(data)
            else:
                info.type, info.linkname = data.encode(), "/etc/passwd"
            made.addfile(info, io.BytesIO(data) if isinstance(data, bytes) else None)
    return file.getvalue()


def read(data, name="a.zip"):
    source = Source(name, data=data)
    form = next(form for form in archive.FORMS if form.fits(source.head(), name))
    items = list(archive.read_archive(source, FORMS).items)
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    return form.name, [(item.fields.get("member"), item.left_out or item.text) for item in items]


MEMBERS = {"port/ferry.txt": b"It sank.", "../../tide": b"<It rose.", "x.bin": b"\0", "y": b"!"}
READ = [
    ("port/ferry.txt", "It sank."),
    ("../../tide", "<It rose."),
    ("x.bin", "x.bin: of no known form"),
    ("y", "y: of another kind"),
]


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("zip", make_zip(MEMBERS)),
        ("tar", make_tar(MEMBERS)),
        ("tar", make_tar(MEMBERS, "w:gz")),
        ("tar", make_tar(MEMBERS, "w:bz2")),
        ("tar", make_tar(MEMBERS, "w:xz")),
    ],
)
def test_members_are_read_by_the_forms_and_named(form, data):
    assert read(data) == (form, READ)


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress])
def test_a_packed_file_is_what_is_in_it(pack):
    assert read(pack(b"It sank."), "a.txt.bz2") == ("packed file", [("a.txt", "It sank.")])


def test_names_are_shown_below_the_archive_and_an_inner_archive_is_opened_once():
    inner = make_zip({"c.txt": b"It sank.", "d.zip": make_zip({"e": b"x"})})
    data = make_zip({"b.zip": inner, "f.txt.xz": lzma.compress(b"Tide.")})
    sources = list(archive.list_members(Source("a.zip", data=data)))
    assert [s.name if isinstance(s, Source) else s.left_out for s in sources] == [
        "a.zip/b.zip/c.txt",
        "d.zip: an archive in 2 others: it is not opened",
        "a.zip/f.txt.xz/f.txt",
    ]


def test_links_and_devices_are_left_out():
    tar = make_tar({"a": "2", "b": "1", "c": "3", "d": b"It"})
    assert read(tar)[1] == [
        ("a", "a: a link"),
        ("b", "b: a link"),
        ("c", "c: a device or a file with gaps"),
        ("d", "It"),
    ]
    link = zipfile.ZipInfo("a")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(link, "/etc/passwd")
    assert read(file.getvalue())[1] == [("a", "a: a link")]


def test_what_unpacks_to_too_much_is_refused():
    with pytest.raises(Unreadable, match="unpacks to 30 MB from"):
        read(make_zip({str(i): b"0" * 10_000_000 for i in range(3)}))
    with pytest.raises(Unreadable, match="unpacks to more than 1 MB from"):
        read(make_tar({"a": b"0" * 5_000_000}, "w:gz"))
    with pytest.raises(Unreadable, match="unpacks to more than 1 MB from"):
        read(bz2.compress(b"0" * 5_000_000))


def test_a_total_is_bounded(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 15)
    with pytest.raises(Unreadable, match="unpacks to more than 0 MB"):
        read(make_tar({"a": b"It sank.", "b": b"It rose."}))


def test_a_large_member_is_held_in_a_file_that_goes(monkeypatch):
    monkeypatch.setattr(packed, "MOST_BYTES", 4)
    paths = []
    for member in archive.list_members(Source("a.zip", data=make_zip({"b": b"It sank."}))):
        assert member.path.read_bytes() == b"It sank."
        paths.append(member.path)
    assert not any(path.exists() for path in paths)


def test_an_encrypted_member_is_named():
    data = bytearray(make_zip({"a.txt": b"It sank."}))
    data[data.index(b"PK\1\2") + 8] |= 1
    assert read(bytes(data))[1] == [("a.txt", "a.txt: encrypted: it opens with a password only")]


def test_what_systems_add_is_passed_over_and_nothing_is_said_to_be_nothing():
    assert read(make_zip({"__MACOSX/._a": b"It", ".DS_Store": b"It", "a": b"It"}))[1] == [
        ("a", "It")
    ]
    for data, name in ((make_zip({}), "a.zip"), (gzip.compress(b"\0" * 10_240), "a.tar.gz")):
        with pytest.raises(Unreadable, match="an archive with nothing in it"):
            read(data, name)


def test_names_that_are_not_ascii_are_shown():
    data = make_zip({"Fähre.txt": b"It"})
    assert read(data)[1] == [("Fähre.txt", "It")]
    unsaid = data.replace(b"\x00\x08", b"\x00\x00")
    assert read(unsaid)[1] == [("Fähre.txt", "It")]


def test_documents_are_no_archives():
    for name in ("word/document.xml", "xl/workbook.xml", "[Content_Types].xml"):
        assert not archive.fits_zip(make_zip({name: b"x"}), "a.zip")


SAMPLES = [
    make_zip(MEMBERS),
    make_tar(MEMBERS),
    make_tar(MEMBERS, "w:gz"),
    bz2.compress(b"It sank"),
]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SAMPLES), st.integers(0, 20_000), st.binary(max_size=6), st.booleans())
def test_damaged_bytes_are_unreadable_and_nothing_else(data, at, junk, cut):
    at %= len(data)
    damaged = data[:at] + junk + (b"" if cut else data[at + len(junk) :])
    try:
        list(archive.read_archive(Source("a", data=damaged), FORMS).items)
    except Unreadable as error:
        assert str(error)
