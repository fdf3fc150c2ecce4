"""Gzipped files, WARC and ARC, made here: what is read, left out and told."""

import gzip
import io
import socket

import pytest
from dateline.read.forms.item import Source, Unreadable
from dateline.read.forms.web import web_archive
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SENTENCES = (
    "The harbour at Orrin was closed on Tuesday after the ferry Selva ran aground, officials said.",
    "“Nobody was hurt, and the ship will float again with the next tide,” said Ines Maro.",
    "Ms Maro, who runs the port, said that the channel had last been dredged nine years ago.",
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Ferry aground</title></head><body><h1>Ferry aground</h1>"
    + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
).encode()


def make_record(kind, url, payload, content_type="application/http;msgtype=response"):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{hash(url) % 999}>\r\n"
        f"WARC-Date: 2031-05-06T07:08:09Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def make_response(url, body, status="200 OK", **headers):
    lines = {"Content-Type": "text/html"} | {k.replace("_", "-"): v for k, v in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    http = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
    return make_record("response", url, http)


def read(data, name="crawl.warc"):
    source = Source(name, data=data)
    form = next(form for form in web_archive.FORMS if form.fits(source.head(), name))
    return list(form.read(source).items)


URL = "http://orrinpost.example/ferry"


def test_the_pages_of_a_warc_are_read_and_the_rest_is_counted():
    data = (
        make_record("warcinfo", "", b"software: none\r\n", "application/warc-fields")
        + make_response(URL, PAGE)
        + make_response(URL + "/a.png", b"\x89PNG", **{"Content_Type": "image/png"})
        + make_response(URL + "/gone", PAGE, status="404 Not Found")
        + make_record("revisit", URL, b"HTTP/1.1 200 OK\r\n\r\n")
    )
    for packed in (data, gzip.compress(data)):
        page, rest = read(packed)
        assert page.text == "\n\n".join(["Ferry aground", *SENTENCES])
        assert page.fields["url"] == URL
        assert page.fields["fetched"] == "2031-05-06T07:08:09Z"
        assert "date" not in page.fields
        assert rest.left_out.startswith("3 other records of the archive (")
        assert (page.number, rest.number) == (1, 2)


def test_pages_are_unpacked_as_they_were_sent():
    zipped = gzip.compress(PAGE)
    chunks = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (9, PAGE[:9], len(PAGE) - 9, PAGE[9:])
    data = (
        make_response(URL + "/1", zipped, Content_Encoding="gzip")
        + make_response(URL + "/2", chunks, Transfer_Encoding="chunked")
        + make_response(URL + "/3", PAGE, Transfer_Encoding="chunked")  # stored joined
        + make_response(URL + "/4", b"\x0b", Content_Encoding="br")
        + make_response(URL + "/5", b"\x1f\x8bnot gzip", Content_Encoding="gzip")
    )
    items = read(data)
    assert [SENTENCES[2] in item.text for item in items] == [True, True, True, False, False]
    assert items[3].left_out == "packed as 'br', which is not read"
    assert items[4].left_out == "damaged: its packed bytes cannot be unpacked"


def test_a_page_is_decoded_as_its_server_said():
    body = PAGE.decode().replace("Ines Maro", "Łucja Żyła").encode("iso-8859-2", "replace")
    (item,) = read(make_response(URL, body, **{"Content_Type": "text/html; charset=iso-8859-2"}))
    assert "Łucja Żyła" in item.text


def test_reading_stops_at_a_damaged_record_and_says_so():
    data = make_response(URL, PAGE) + b"no record here\r\n" * 3
    items = []
    source = Source("crawl.warc", data=gzip.compress(data[: len(data) - 48]) + data[-48:])
    with pytest.raises(Unreadable, match="damaged after record 1, where reading stopped"):
        for item in web_archive.read_archive(source).items:
            items.append(item)
    assert SENTENCES[0] in items[0].text


def test_a_record_that_is_cut_off_is_told():
    data = make_response(URL, PAGE)[:-40]
    (item,) = read(data)
    assert SENTENCES[0] in item.text
    assert item.doubts == ("the record is cut off: the end of the page is not in it",)


def test_an_arc_is_read():
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    version = b"1 0 Nobody\nURL IP-address Archive-date Content-type Archive-length\n"
    data = (
        b"filedesc://crawl.arc 0.0.0.0 20310506070809 text/plain %d\n%s\n" % (len(version), version)
        + f"{URL} 192.0.2.1 20310506070809 text/html {len(http)}\n".encode()
        + http
        + b"\n"
    )
    (item,) = read(data, "crawl.arc")
    assert SENTENCES[1] in item.text
    assert item.fields["url"] == URL


def test_a_gzipped_page_or_table_is_read_as_what_it_holds():
    (page,) = read(gzip.compress(PAGE), "ferry.html.gz")
    assert SENTENCES[1] in page.text
    (row,) = read(gzip.compress(b"title,text\nFerry,It floats again.\n", mtime=0), "rows.csv.gz")
    assert row.text == "Ferry\n\nIt floats again."


def test_a_large_gzipped_table_is_kept_outside_memory_and_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(web_archive, "MOST_BYTES", 1000)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    rows = b"title,text\n" + b"".join(b"Ferry %d,It floats again.\n" % i for i in range(200))
    contents = web_archive.read_gzip(Source("rows.csv.gz", data=gzip.compress(rows)))
    assert len(list(tmp_path.iterdir())) == 1
    assert len(list(contents.items)) == 200
    assert list(tmp_path.iterdir()) == []


def test_a_gzip_that_is_cut_off_gives_what_came_before():
    lines = b"".join(
        b'{"text": "Boat %d left Orrin at %d."}\n' % (i, i * 7919) for i in range(4000)
    )
    items = read(gzip.compress(lines)[:-4000], "boats.jsonl.gz")
    assert items[0].text == "Boat 0 left Orrin at 0."
    assert "the gzip is damaged: the first" in items[0].doubts[0]
    assert 100 < len(items) < 4000


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (gzip.compress(b"0" * 80_000_000, mtime=0), "unpacks to more than"),
        (gzip.compress(b"\x89PNG\r\n\x1a\n", mtime=0), "a picture"),
        (b"\x1f\x8b\x08\x00broken", "damaged: nothing of the gzip can be unpacked"),
    ],
)
def test_a_bomb_and_an_unknown_gzip_are_refused(data, why):
    with pytest.raises(Unreadable, match=why):
        read(data, "a.gz")


def test_a_gzipped_tar_is_another_form_s():
    import tarfile

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        tar.addfile(tarfile.TarInfo("a.txt"))
    assert not any(form.fits(packed.getvalue(), "a.tar.gz") for form in web_archive.FORMS)


def test_reading_never_touches_the_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuse)
    assert read(make_response(URL, PAGE))[0].text


WHOLE = make_response(URL, PAGE) + make_response(URL + "/2", PAGE)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    packed=st.booleans(),
    cut=st.integers(20, 3000),
    at=st.integers(10, 3000),
    junk=st.binary(max_size=30),
)
def test_damaged_archives_raise_nothing_else(packed, cut, at, junk):
    data = gzip.compress(WHOLE) if packed else WHOLE
    source = Source("a.warc", data=(data[:at] + junk + data[at:])[:cut])
    for form in web_archive.FORMS:
        if form.fits(source.head(), source.name):
            try:
                list(form.read(source).items)
            except Unreadable as error:
                assert str(error)
