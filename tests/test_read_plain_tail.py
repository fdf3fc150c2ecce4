import pytest
from dateline.read.plain.blocks import split_text

STORY = "The council met on Monday and agreed to mend the sea wall before the winter storms."


def kinds(*lines: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in split_text("\n\n".join(lines)).blocks]


@pytest.mark.parametrize(
    "tail",
    [
        ["Related topics", "Walls", "The sea"],
        ["More on this story", "Storm breaks wall", "Published 2 March"],
        ["About the Harbour Board", "The Board keeps the walls of Varro.", "SOURCE Harbour Board"],
        ["Tags: walls, sea", "Filed under: News", "© 2025 Harbour News. All rights reserved."],
        ["Share this:", "Click to print (Opens in new window)"],
        [
            "Sign up to First Wave",
            "Free daily newsletter",
            "Privacy Notice: letters may hold news.",
        ],
        ["ol/ta", "© Agence Harbour"],
        ["A version of this article appears in print on May 5, 2025, Section A, Page 4."],
        ["You received this email because you signed up for The Quay.", "Unsubscribe | Manage"],
        ["Media contact: Mara Voss, press@quay.example"],
        ["Our Standards: The Harbour Principles."],
        ["You must be logged in to post a comment.", "Back to top"],
        ["The post Walls by the sea appeared first on The Quay."],
        ["If you have a story tip, email news@quay.example."],
    ],
)
def test_what_follows_the_text_is_its_trailer(tail):
    assert kinds(STORY, STORY, *tail) == [("body", STORY)] * 2 + [
        ("trailer", line) for line in tail
    ]


def test_a_correction_is_neither_text_nor_trailer():
    note = "Correction: The wall is nine metres high, not ninety."
    assert kinds(STORY, STORY, note)[-1] == ("note", note)
    assert kinds(STORY, note, STORY)[1] == ("note", note)


def test_a_biography_needs_the_author_of_the_head():
    bio = "Mara Voss covers the sea for The Quay."
    assert kinds("A wall", "By Mara Voss", STORY, bio)[-1] == ("trailer", bio)
    assert kinds("A wall", "By Odo Brint", STORY, bio)[-1] == ("body", bio)


def test_text_below_a_teaser_stays_text():
    lines = [STORY, "Recommended", STORY, "More about", "Walls", "The sea"]
    assert [kind for kind, _ in kinds(*lines)] == [
        *("body", "header", "body", "trailer", "trailer", "trailer"),
    ]


def test_short_lines_that_nothing_opens_are_a_list():
    assert [kind for kind, _ in kinds(STORY, "Tarn 45", "Brint 41", "© Harbour News")] == [
        *("body", "body", "body", "trailer"),
    ]


def test_buttons_amid_the_text_are_none_of_it():
    lines = [STORY, "Advertisement", STORY, "READ MORE: A history of walls", STORY]
    assert [kind for kind, _ in kinds(*lines)] == ["body", "header", "body", "header", "body"]


def test_the_times_of_a_live_blog_part_its_entries():
    entry = ["Wall breaks", "Mara Voss", STORY]
    assert [kind for kind, _ in kinds("Live", "The wall", "14:22", *entry, "13:05", *entry)] == [
        *("header", "heading"),
        *("header", "heading", "byline", "body"),
        *("header", "heading", "byline", "body"),
    ]
    assert kinds(STORY, "14:22", STORY)[1] == ("heading", "14:22")  # a single one is no blog


def test_the_caption_below_what_a_page_puts_for_a_picture():
    found = kinds(STORY, "Getty Images A wall by the sea", "The wall is old", STORY)
    assert [kind for kind, _ in found] == ["body", "caption", "caption", "body"]


@pytest.mark.parametrize(
    "credit",
    [
        *("(OBA Photo/Odo Brint)", "Odo Brint/OBA", "[Odo Brint/OBA]", "| Photo Credit: Odo Brint"),
        *(
            "REUTERS/Odo Brint/File Photo",
            "(Supplied: Odo Brint)",
            "COURTESY OF ODO BRINT",
            "File photo",
        ),
        *("© Odo Brint / OBA", "PHOTO: ODO BRINT"),
    ],
)
def test_a_caption_ends_with_its_credit(credit):
    found = kinds(STORY, f"The old wall, May 3, 2025. {credit}", STORY)
    assert found[1:-1] == [("caption", "The old wall, May 3, 2025."), ("credit", credit)]


@pytest.mark.parametrize(
    "line",
    [
        "Getty Images said the wall was old.",
        "The wall was built by Odo Brint.",
        "The wall (see the photo) is old.",
        "“The wall is in the picture / the picture is on the wall.”",
        "He answered by post. The courtesy of the reply was noted.",
    ],
)
def test_a_sentence_of_pictures_stays_text(line):
    assert kinds(STORY, line, STORY)[1] == ("body", line)
