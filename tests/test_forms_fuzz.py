"""Every reader on files that somebody broke: a reason or articles, never anything else.

A few seconds of it run with the tests; `make fuzz` goes on for ten minutes.
"""

import json
import os
import random
import time
import zipfile
from io import BytesIO

import pytest
from dateline.read.forms.item import Source, Unreadable
from dateline.read.forms.recognise import TEXT, find_forms, list_forms, read_plain, refuse
from dateline.read.intake.reader import unpack
from dateline.read.intake.rows import make_row
from dateline.read.intake.serve import read_source
from dateline.read.plain.blocks import BLOCK_KINDS

SECONDS = float(os.environ.get("DATELINE_FUZZ", 4))
SEED = int(os.environ.get("DATELINE_SEED", 0))
_DATE, _TEXT = "March 4, 2025", "The ferry to the islands is late, Orla Venn said on Tuesday."


def make_word(*paragraphs):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        body = f"<w:document xmlns:w='{space}'><w:body>{lines}</w:body></w:document>"
        archive.writestr("word/document.xml", body)
    return packed.getvalue()


def make_zip(members):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, words in members.items():
            archive.writestr(name, words)
    return packed.getvalue()


def make_sheet():
    import pandas as pd

    packed = BytesIO()
    pd.DataFrame({"title": ["Late"], "text": [_TEXT]}).to_parquet(packed)
    return packed.getvalue()


_NEWER = ["Late", "Quay Post", _DATE, "Length: 11 words", "Body", _TEXT, "Load-Date: " + _DATE]
_OLDER = (
    f"1 of 2 DOCUMENTS\n\nQuay Post\n\n{_DATE}\n\nLATE\n\nBYLINE: Orla Venn\n\nLENGTH: 11 words\n\n"
    f"{_TEXT}\n\nLOAD-DATE: {_DATE}\n\n"
)
SAMPLES = {
    "older.txt": (_OLDER + _OLDER.replace("1 of", "2 of")).encode(),
    "newer.txt": ("\n".join([*_NEWER, "End of Document", ""])).encode(),
    "newer.docx": make_word(*_NEWER, "End of Document"),
    "older.rtf": b"{\\rtf1\\ansi 1 of 2 DOCUMENTS\\par Quay Post\\par March 4, 2025\\par LATE\\par "
    b"LENGTH: 3 words\\par The ferry \\'e9t\\u233? late.\\par LOAD-DATE: March 4, 2025\\par}",
    "older.html": f"<html><body><DOCFULL><p>1 of 1 DOCUMENTS</p><p>Quay Post</p><p>{_DATE}</p>"
    f"<p>LATE</p><p>LENGTH: 11 words</p><p>{_TEXT}</p></DOCFULL></body></html>".encode(),
    "factiva.html": f'<html><title>Factiva</title><body><div class="article enArticle">'
    f"<div>Late</div><div>By Orla Venn</div><div>11 words</div><div>4 March 2025</div>"
    f"<div>Quay Post</div><div>QUAY</div><div>English</div><div>Copyright 2025 Quay.</div>"
    f'<p class="articleParagraph">{_TEXT}</p><p>Document QUAY000020250304el3400001</p></div>'
    "</body></html>".encode(),
    "factiva.xml": f"<?xml version='1.0'?><ppsArticle><article><headline><paragraph>Late"
    f"</paragraph></headline><leadParagraph><paragraph>{_TEXT}</paragraph></leadParagraph>"
    "<sourceName>Quay Post</sourceName></article></ppsArticle>".encode(),
    "page.html": f"<!doctype html><html><head><title>Late</title>"
    f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Late",'
    f'"datePublished":"2025-03-04T18:05:00Z"}}</script></head><body><article><h1>Late</h1>'
    f"{f'<p>{_TEXT}</p>' * 12}</article></body></html>".encode(),
    "table.csv": f'title,text,date\nLate,"{_TEXT}",{_DATE}\nLate,"{_TEXT}",2025\n'.encode(),
    "lines.jsonl": f'{{"title":"Late","text":"{_TEXT}"}}\n{{"title":1,"text":null}}\n'.encode(),
    "list.json": f'[{{"title":"Late","text":"{_TEXT}","date":"2025-03-04"}}]'.encode(),
    "sheet.parquet": make_sheet(),
    "page.warc": b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://quay.example/a\r\n"
    b"Content-Type: text/html\r\nContent-Length: 60\r\n\r\n<html><body><p>The ferry is late."
    b"</p></body></html>          \r\n\r\n",
    "nitf.xml": f"<?xml version='1.0'?><nitf><head><title>Late</title></head><body><body.head>"
    f"<hedline><hl1>Late</hl1></hedline></body.head><body.content><p>{_TEXT}</p></body.content>"
    "</body></nitf>".encode(),
    "ninjs.json": f'{{"uri":"a","headline":"Late","versioncreated":"2025-03-04T18:05:00Z",'
    f'"type":"text","body_text":"{_TEXT}"}}'.encode(),
    "feed.rss": f"<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/mod"
    f"ules/content/'><channel><title>Quay</title><item><title>Late</title><content:encoded>"
    f"{_TEXT * 12}</content:encoded></item></channel></rss>".encode(),
    "letter.eml": f"From: Orla Venn <o@quay.example>\r\nSubject: Late\r\n"
    f"Date: Tue, 4 Mar 2025 18:05:00 +0000\r\nMIME-Version: 1.0\r\n"
    f"Content-Type: text/plain\r\n\r\n{_TEXT}\r\n".encode(),
    "packed.zip": make_zip({"a.txt": _TEXT, "b/c.txt": _TEXT}),
    "plain.txt": f"LATE\n\nBy Orla Venn\n\nBRENNICK, 4 March 2025 - {_TEXT}\n\n///qp".encode(),
}
_PIECES = [
    *(b"\x00", b"\xff\xfe", b"<", b">", b"&", b'"', b"{", b"}", b"\\", b"\n", b"]]>", b"<!--"),
    *(b"&#x110000;", b"&lol;", b"9" * 400, b"\\u-1?", b"\\bin99999 ", b"2025-99-99", b"{{{{" * 50),
    *(
        b"<p>" * 300,
        b"1 of 99999999 DOCUMENTS\n",
        b"LENGTH: 0 words\n",
        b"\xed\xa0\x80",
        b"\\ud800",
        b"\r",
    ),
]


def mutate(raw, chance):
    """Break a file in one to four places: cut, repeat, overwrite, insert, swap in another file."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(raw))
        to = min(len(raw), at + chance.choice([1, 2, 8, 64, 512]))
        kind = chance.randint(0, 5)
        if kind == 0:
            raw = raw[:at]
        elif kind == 1:
            raw = raw[:at] + raw[to:]
        elif kind == 2:
            raw = raw[:to] + raw[at:to] * chance.choice([1, 3, 40]) + raw[to:]
        elif kind == 3:
            raw = raw[:at] + chance.choice(_PIECES) + raw[at:]
        elif kind == 4:
            raw = raw[:at] + chance.randbytes(to - at) + raw[to:]
        else:
            other = chance.choice(list(SAMPLES.values()))
            raw = raw[:at] + other[chance.randint(0, len(other)) :]
    return raw


def read_all(raw, name):
    """Read a file as the corpus does, and check what holds for every article."""
    source = Source(name, data=raw)
    try:
        told = json.loads(json.dumps(list(read_source(source))))
        items = [unpack(*message["item"]) for message in told if "item" in message]
    except Unreadable as error:
        assert str(error)
        if refuse(source.head(), name):
            return []
        try:
            items = list(read_plain(source).items)
        except Unreadable:
            return []
    for item in items:
        ends = [0, *(end for part in item.parts for end in (part.start, part.end)), len(item.text)]
        assert ends == sorted(ends) or item.left_out
        assert all(isinstance(words, str) for pair in item.fields.items() for words in pair)
        assert bool(item.text.strip()) or item.left_out
        item.text.encode()
        if not item.left_out:
            made = make_row(item, TEXT)
            assert {block.kind for block in made.layout.blocks} <= set(BLOCK_KINDS)
    return [item for item in items if not item.left_out]


def test_the_samples_are_read_and_reach_most_forms():
    assert [name for name, raw in SAMPLES.items() if not read_all(raw, name)] == []
    reached = {find_forms(raw, name)[0].name for name, raw in SAMPLES.items() if name[0] != "p"}
    assert len(reached) >= 10
    assert reached <= {form.name for form in list_forms()}


@pytest.mark.filterwarnings("ignore")
def test_broken_files_give_articles_or_a_reason():
    chance = random.Random(SEED)
    end = time.monotonic() + SECONDS
    n = 0
    while time.monotonic() < end:
        name = chance.choice(list(SAMPLES))
        seed = chance.getrandbits(32)
        raw = mutate(SAMPLES[name], random.Random(seed))
        shown = chance.choice([name, "a", f"a.{name.rpartition('.')[2]}"])
        began = time.process_time()
        try:
            read_all(raw, shown)
        except Exception as error:
            raise AssertionError(f"{name} as {shown}, seed {seed}: {raw[:200]!r}") from error
        assert time.process_time() - began < 10, f"{name} as {shown}, seed {seed}"
        n += 1
    print(f"{n} broken files in {SECONDS:g} s")
    assert n > 5
