import datetime

import pytest
from dateline.read.forms.item import Item, join_parts
from dateline.read.intake.rows import make_row
from dateline.read.metadata.trust import choose_metadata

DATELINE = "BRENNICK, 3 May 2025 (Halyard) - The ferry is late."


class Made:
    """An article as it would be read, with what its file alone states."""

    def __init__(self, item, form):
        made = make_row(item, form)
        chosen = choose_metadata(made.statements)
        self.columns = made.columns | chosen.columns
        self.doubts = made.doubts + chosen.doubts
        self.layout, self.further = made.layout, made.further


def row(parts, form="Nexis TXT", **fields):
    text, placed = join_parts(parts)
    return Made(Item(text, fields, placed), form)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025-03-08T23:30:00-05:00", datetime.date(2025, 3, 8)),
        ("20250308T180500Z", datetime.date(2025, 3, 8)),
        ("Sat, 08 Mar 2025 18:05:00 +0000", datetime.date(2025, 3, 8)),
        ("8 Mar 2025 18.05 GMT", datetime.date(2025, 3, 8)),
        ("March 8, 2025, 11:30 p.m. ET", datetime.date(2025, 3, 8)),
        ("Saturday, March 8, 2025", datetime.date(2025, 3, 8)),
        ("8. März 2025", datetime.date(2025, 3, 8)),
        ("samedi 8 mars 2025", datetime.date(2025, 3, 8)),
        ("8 de marzo de 2025", datetime.date(2025, 3, 8)),
        ("1er août 2025", datetime.date(2025, 8, 1)),
        ("2025年3月8日", datetime.date(2025, 3, 8)),
    ],
)
def test_a_field_that_states_a_day_gives_it_with_its_words(words, day):
    columns = row([("body", "The ferry.")], date=words).columns
    assert (columns["published_on"], columns["date_precision"]) == (day, "day")
    assert columns["date_evidence"] in words


def test_the_day_of_a_change_is_no_day_of_publication():
    made = row([("body", "The ferry.")], updated="2025-03-09T10:00:00Z")
    assert made.columns["updated_on"] == datetime.date(2025, 3, 9)
    assert "published_on" not in made.columns
    assert made.further == {"updated": "2025-03-09T10:00:00Z"}


def test_a_day_that_may_be_two_stays_open():
    made = row([("body", "The ferry.")], date="03/08/2025")
    assert "published_on" not in made.columns
    assert made.doubts == ["03/08/2025 may be day/month or month/day"]


def test_words_that_are_no_date_are_kept_as_evidence():
    made = row([("body", DATELINE)], date="Summer, 2008")
    assert made.columns["date_evidence"] == "Summer, 2008"
    assert "published_on" not in made.columns
    assert made.doubts == ["no date: 'Summer, 2008'"]


def test_the_dateline_states_only_what_no_field_does():
    made = row([("heading", "Late"), ("body", DATELINE)])
    known = {"place": "BRENNICK", "outlet": "Halyard", "published_on": datetime.date(2025, 5, 3)}
    assert known.items() <= made.columns.items()
    made = row([("body", DATELINE)], place="Orrin", outlet="Quay Post", date="4 May 2025")
    known = {"place": "Orrin", "outlet": "Quay Post", "published_on": datetime.date(2025, 5, 4)}
    assert known.items() <= made.columns.items()


def test_nothing_else_is_taken_from_a_text_whose_form_states_its_fields():
    made = row([("body", "By Orla Venn"), ("body", "Published 3 May 2025"), ("body", "Late.")])
    assert not {"byline", "published_on", "title"} & made.columns.keys()
    assert [block.kind for block in made.layout.blocks] == ["body"] * 3


def test_plain_text_is_searched():
    made = Made(Item("By Orla Venn\n\nThe ferry is late today, they say."), "text")
    assert made.columns["byline"] == "Orla Venn"
    inner = Made(Item("By Orla Venn\n\nThe ferry is late today.", form="text"), "gzip")
    assert (inner.columns["byline"], inner.columns["form"]) == ("Orla Venn", "text")


def test_a_kind_that_blocks_do_not_know_is_body():
    made = row([("summary", "Late."), ("caption", "A ferry")])
    assert made.columns["parts"] == ["body 0 5", "caption 7 14"]
