import textwrap

import dateline as dl
import pytest
from dateline.frames import build_frame
from dateline.read.plain.blocks import split_text
from dateline.words import join_lines
from hypothesis import given
from hypothesis import strategies as st

PARAGRAPH = "The council met on Monday and agreed to mend the sea wall before the winter storms."


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in split_text(text).blocks]


def kinds_of_first(text: str) -> list[tuple[str, str]]:
    """What stands above a paragraph."""
    return kinds(f"{text}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n")[:-2]


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT VARRO –",
        "PORT VARRO, Ostrava Bay —",
        "PARIS (AP) —",
        "LONDON, Dec. 3 (Reuters) -",
        "Ashford, 12 March 2025 –",
        "Nerin Bay (IslandPress) --",
        "ST. ODO, 3 May (OBA) -",
        "(OBA) —",
        "ТАРНХОЛЬД –",
        "3 May (OBA) -",
    ],
)
def test_a_dateline_is_cut_from_its_paragraph(dateline):
    assert kinds(f"{dateline} {PARAGRAPH}\n") == [("dateline", dateline), ("body", PARAGRAPH)]


@pytest.mark.parametrize(
    "line",
    [
        "VARRO-19 – the flood of that name – had reached the market by noon.",
        "BREAKING – The harbour of Port Varro is closed, the council said.",
        "Tarn – the minister of harbours – said that she would not resign.",
        "TARN: I would do it again, and I would do it sooner.",
        "She came in 2024 – and stayed for the whole of the winter there.",
        "By Tuesday the water had reached the market, the council said.",
        "Copyright law was changed last year, the minister told the council.",
        "Source after source told the paper that the wall was weak.",
        "Ilse Tarn contributed nothing to the debate about the wall.",
        "Reporting by the council shows that the wall was weak.",
        "FILE-sharing was made lawful by the council in the spring of that year.",
    ],
)
def test_a_paragraph_that_only_looks_special_is_body(line):
    assert kinds(f"{line}\n{PARAGRAPH}\n{line}\n") == [
        ("body", line),
        ("body", PARAGRAPH),
        ("body", line),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Minister opens new harbour at Port Varro", "heading"),
        ("# Minister opens new harbour", "heading"),
        ("Minister Opens New Harbour At Port Varro.", "heading"),
        ("By Mara Voss", "byline"),
        ("By MARA VOSS and Odo Brint, Staff Writers", "byline"),
        ("By Mara Voss | 11 March 2025", "byline"),
        ("*By Mara Voss*", "byline"),
        ("11 March 2025", "header"),
        ("Published: Tuesday, March 11, 2025, 10:30 a.m.", "header"),
        ("Outlet: Harbour News", "header"),
        ("https://harbour.example/a", "header"),
        ("![The new harbour](harbour.jpg)", "caption"),
        ("Photo: Odo Brint", "credit"),
        ("Photo: O. B. Brint/harbour.example", "credit"),
        ("Odo Brint/IslandPress", "credit"),
        ("The Harbour Courier, 11 March 2025", "header"),
    ],
)
def test_what_stands_above_the_text_has_its_kind(line, kind):
    assert kinds_of_first(line) == [(kind, line)]


def test_a_headline_with_a_full_stop_is_told_by_what_follows():
    lines = "Minister opens new harbour.\nBy Mara Voss"
    assert [kind for kind, _ in kinds_of_first(lines)] == ["heading", "byline"]
    lines = "Minister opens new harbour.\nWork took three years and two ministers.\nODO –"
    assert [kind for kind, _ in kinds(f"{lines} {PARAGRAPH}")] == [
        *("heading", "heading", "dateline", "body"),
    ]
    assert kinds_of_first("The minister is late.") == [("body", "The minister is late.")]


def test_a_date_before_a_headline_or_a_dateline_is_cut_off():
    assert kinds_of_first("date 2025-02-03 A wall for Port Varro") == [
        ("header", "date 2025-02-03"),
        ("heading", "A wall for Port Varro"),
    ]
    assert kinds(f"2025-02-03 | ODO – {PARAGRAPH}") == [
        ("header", "2025-02-03 |"),
        ("dateline", "ODO –"),
        ("body", PARAGRAPH),
    ]


def test_the_paper_below_a_byline_belongs_to_it():
    lines = "Minister opens new harbour\nBy Mara Voss\nHarbour Courier Staff\n11 March 2025"
    assert [kind for kind, _ in kinds_of_first(lines)] == ["heading", "byline", "byline", "header"]


def test_front_matter_is_header_down_to_its_fence():
    lines = "---\ntitle: A harbour\nmood: calm\n---\n"
    assert [kind for kind, _ in kinds_of_first(lines)] == ["header"] * 4


@pytest.mark.parametrize(
    "line",
    ["A bridge to the islands", "## A bridge", "**A bridge**", "THE BRIDGE.", "2030 and after"],
)
def test_a_short_line_between_paragraphs_is_a_heading(line):
    blocks = kinds(f"{PARAGRAPH}\n{line}\n{PARAGRAPH}\n")
    assert blocks[1] == ("heading", line)


@pytest.mark.parametrize(
    "line",
    [
        "“We will build it”",
        "Tarn: We will build it",
        "We will build it.",
        "- a bridge to the islands",
        "1. A bridge to the islands",
        "and nothing more",
        "Mara Voss, 52",
    ],
)
def test_a_short_line_of_speech_or_of_a_list_is_body(line):
    blocks = kinds(f"{PARAGRAPH}\n{line}\n{PARAGRAPH}\n")
    assert blocks[1] == ("body", line)


def test_short_lines_in_a_row_are_a_list():
    text = f"{PARAGRAPH}\nTarn 45\nBrint 41\n{PARAGRAPH}\n"
    assert [kind for kind, _ in kinds(text)] == ["body"] * 4


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        (
            "From L to R: Ilse Tarn _and_ Odo Brint. Photo credit: Harbour News.",
            ["From L to R: Ilse Tarn _and_ Odo Brint.", "Photo credit: Harbour News."],
        ),
        (
            "Ilse Tarn at the harbour on Monday. (Photo by Odo Brint/IslandPress)",
            ["Ilse Tarn at the harbour on Monday.", "(Photo by Odo Brint/IslandPress)"],
        ),
        (
            "Ilse Tarn at the harbour. [Photo/IslandPress]",
            ["Ilse Tarn at the harbour.", "[Photo/IslandPress]"],
        ),
    ],
)
def test_a_caption_and_its_credit_are_two_blocks(line, pieces):
    blocks = kinds(f"{PARAGRAPH}\n{line}\n{PARAGRAPH}\n")
    assert blocks[1:-1] == [("caption", pieces[0]), ("credit", pieces[1])]


def test_speech_before_a_credit_stays_body():
    line = "“We built it,” Tarn said. Photo: Odo Brint"
    assert kinds(f"{PARAGRAPH}\n{line}\n{PARAGRAPH}")[1:3] == [
        ("body", "“We built it,” Tarn said."),
        ("credit", "Photo: Odo Brint"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "///oba, 3 February 2025",
        "© 2025 Harbour News",
        "Copyright 2025 Harbour News. All rights reserved.",
        "(Reporting by Mara Voss; editing by Odo Brint)",
        "Reporting by Mara Voss in Port Varro; Editing by Odo Brint.",
        "IslandPress, 3 February 2025",
        "Source: Harbour News",
        "Follow Mara Voss on Twitter @maravoss.",
        "Read more: https://harbour.example",
        "Odo Brint contributed reporting.",
        "This article was first published in the Harbour News.",
        "___",
        "-30-",
        "ENDS",
        "###",
    ],
)
def test_a_last_line_that_closes_the_article_is_its_trailer(line):
    assert kinds(f"{PARAGRAPH}\n{line}\n") == [("body", PARAGRAPH), ("trailer", line)]


@pytest.mark.parametrize("tail", ["///oba, 3 February 2025", "(Reporting by Mara Voss)", "###"])
def test_a_trailer_glued_to_the_last_paragraph_is_cut_off(tail):
    assert kinds(f"{PARAGRAPH} {tail}") == [("body", PARAGRAPH), ("trailer", tail)]


def test_hard_wrapped_lines_are_one_paragraph():
    wrapped = textwrap.fill(PARAGRAPH, 50)
    assert wrapped.count("\n") == 1
    assert kinds(f"{wrapped}\n\n{wrapped}\n") == [("body", PARAGRAPH)] * 2


def test_offsets_pass_over_a_byte_order_mark_and_any_line_end():
    text = f"\ufeff\r\n{PARAGRAPH}\r\rA bridge to the islands\u2028{PARAGRAPH}"
    assert [kind for kind, _ in kinds(text)] == ["body", "heading", "body"]
    assert kinds(text)[0][1] == PARAGRAPH


PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "\r\n",
            " ",
            "\ufeff",
            "\u2028",
            "\x1c",
            "\t",
            "---",
            "***",
            "///x, 1 May 2025",
        ),
        *(
            "ALMA –",
            "date 2025-01-01",
            "Photo: X.",
            "From L to R: ",
            "By Mara Voss",
            "# T",
            "title: x",
        ),
        *("“We will,” she said.", "A bridge", "(Photo by X)", "END", PARAGRAPH, "© 2025 X"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
def test_blocks_cover_the_text_in_order_without_overlap(text):
    covered, last = set(), 0
    flat, blocks = split_text(text)
    for block in blocks:
        start, end = flat.to_article(block.start, block.end)
        assert last <= start < end
        assert not text[start].isspace() and not text[end - 1].isspace()
        assert join_lines(text[start:end]) == block.text
        covered.update(range(start, end))
        last = end
    left_out = {text[i] for i in range(len(text)) if i not in covered}
    assert all(character.isspace() or character == "\ufeff" for character in left_out)


@pytest.mark.parametrize(
    "unit", ["A-", "A. ", "By A, ", "A, ", " ", "(", "1 May ", "/", "AB ", "a:"]
)
def test_hostile_lines_take_no_longer_than_their_length_asks(unit):
    split_text(unit * 20_000 + "\n" + unit * 20_000 + "!\n" + ("By " + unit * 50 + "!\n") * 20)


def test_block_frames_keep_the_order_of_articles_and_leave_them_unchanged():
    articles = build_frame(
        "articles",
        [{"article_id": "b", "text": PARAGRAPH}, {"article_id": "a", "text": "X – x.\nBy A B"}],
    )
    before = articles.copy(deep=True)
    blocks = dl.find_blocks(articles)
    assert list(blocks.article_id) == ["b", "a", "a"]
    assert list(blocks.block_index) == [0, 0, 1]
    assert articles.equals(before)
