"""PDFs, written here line by line: paragraphs, running heads, scans, refusals."""

import pytest
from dateline.read.forms.documents import pdf
from dateline.read.forms.item import Source, Unreadable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def make_pdf(pages):
    """A PDF whose pages are lists of (x, y, size, words)."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Courier>>"]
    kids = []
    for lines in pages:
        shown = "".join(f"BT /F {s} Tf {x} {y} Td ({w}) Tj ET\n" for x, y, s, w in lines)
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {len(objects) + 2} 0 R>>"
        )
        objects.append(f"<</Length {len(shown)}>>stream\n{shown}endstream")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    data, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    data += f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    return data.encode("latin-1")


def read(pages):
    source = Source("a.pdf", data=make_pdf(pages))
    assert pdf.fits(source.head(), "a")
    contents = pdf.read(source)
    assert contents.n_stated == 1
    return next(iter(contents.items))


def column(words, x=50, y=700, size=10):
    return [(x, y - 12 * i, size, line) for i, line in enumerate(words)]


STORY = [
    "The harbour at Orrin was closed on Tuesday after a ferry",
    "ran aground, officials said.",
    "Nobody was hurt, said the head of the port, who is a well-",
    "known sailor, and the ship will float again with the tide.",
]


def test_lines_are_joined_and_a_short_line_that_ends_a_sentence_ends_the_paragraph():
    item = read([[(50, 740, 20, "Ferry aground"), *column(STORY)]])
    assert item.text.split("\n\n") == [
        "Ferry aground",
        f"{STORY[0]} {STORY[1]}",
        "Nobody was hurt, said the head of the port, who is a well-known sailor, and the ship "
        "will float again with the tide.",
    ]
    assert (item.parts, item.fields) == ((), {})


def test_an_indent_and_a_gap_begin_paragraphs():
    lines = column(
        [
            "This line is as long as all the others of it are.",
            "And it goes on as long as the others do, doesn't",
        ]
    )
    lines += [(62, 676, 10, "An indented line begins another paragraph, and")]
    lines += [(50, 640, 10, "so does one that stands far below the last of it.")]
    lines = [(x, y, s, w.replace("'", "")) for x, y, s, w in lines]
    assert len(read([lines]).text.split("\n\n")) == 3


def test_a_sentence_goes_on_across_pages_and_running_heads_follow_once():
    pages = [
        [(50, 780, 8, f"Orrin Post, page {n} of 2"), *column(lines), (300, 20, 10, str(n))]
        for n, lines in (
            (1, ["The harbour was closed by the port and was to", "be opened again when the"]),
            (
                2,
                [
                    "ship was gone, they said, and the tide was high.",
                    "It was on Monday that it came to be so and why.",
                ],
            ),
        )
    ]
    item = read(pages)
    assert item.text == (
        "The harbour was closed by the port and was to be opened again when the ship was gone, "
        "they said, and the tide was high. It was on Monday that it came to be so and why."
        "\n\nOrrin Post, page 1 of 2"
    )
    assert [part.kind for part in item.parts] == ["trailer"]


def test_a_pdf_without_text_is_scanned():
    assert read([[], []]).left_out == "scanned: 0 words of text are in its 2 pages"


def test_damaged_and_encrypted_files_are_refused():
    with pytest.raises(Unreadable, match="damaged PDF"):
        pdf.read(Source("a.pdf", data=b"%PDF-1.4 nothing more"))
    locked = make_pdf([column(STORY)]).replace(
        b"/Root 1 0 R",
        b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O("
        + b"o" * 32
        + b")/U("
        + b"u" * 32
        + b")>>/ID[(a)(a)]/Root 1 0 R",
    )
    with pytest.raises(Unreadable, match="encrypted: it opens with a password only"):
        pdf.read(Source("a.pdf", data=locked))


SAMPLE = make_pdf([column(STORY), [(50, 780, 8, "Head"), *column(STORY)]])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 5000), st.binary(max_size=8), st.booleans())
def test_damaged_bytes_are_unreadable_and_nothing_else(at, junk, cut):
    at %= len(SAMPLE)
    damaged = SAMPLE[:at] + junk + (b"" if cut else SAMPLE[at + len(junk) :])
    try:
        list(pdf.read(Source("a", data=damaged)).items)
    except Unreadable as error:
        assert str(error)
