import pytest
from dateline.read.plain.stamps import read_stamp


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Tue 4 Mar 2025 17.20 GMT", {"date": "4 Mar 2025"}),
        ("2025-03-04T18:05:00+01:00", {"date": "2025-03-04"}),
        ("Sat, 08 Mar 2025 23:30:00 GMT", {"date": "08 Mar 2025"}),
        ("March 8, 2025, 11:30 p.m. ET", {"date": "March 8, 2025"}),
        ("Updated 4:12 PM EDT, March 4, 2025", {"updated": "Updated 4:12 PM EDT, March 4, 2025"}),
        (
            "Published 6:17 a.m. ET March 4, 2025 | Updated 8:42 a.m. ET March 5, 2025",
            {"date": "March 4, 2025", "updated": "Updated 8:42 a.m. ET March 5, 2025"},
        ),
        ("4 March 2025, 10:22 AM • 2011 views", {"date": "4 March 2025"}),
        ("March 4, 2025 2:31 PM GMT+1 Updated 20 mins ago", {"date": "March 4, 2025"}),
        ("Published on March 4, 2025, at 6:05 pm (Varro)", {"date": "March 4, 2025"}),
        ("Posted on 24/03/2025 by Mara Voss", {"date": "24/03/2025", "byline": "Mara Voss"}),
        ("Mara Voss | 04.03.2025 - Update : 05.03.2025", {
            "date": "04.03.2025", "updated": "Update : 05.03.2025", "byline": "Mara Voss"}),
        ("Port Varro, 4 March 2025", {"date": "4 March 2025", "place": "Port Varro"}),
        ("Source: Varrowire| 2025-03-04 22:16:31|Editor: tor", {
            "date": "2025-03-04", "outlet": "Varrowire"}),
        ("3 hours ago", {}),
        ("Updated 20 mins ago", {}),
        ("18:05 LOCAL TIME 15:05 GMT", {}),
    ],
)  # fmt: skip
def test_a_stamp_states_when_it_was_published_and_when_changed(line, fields):
    assert read_stamp(line) == fields


@pytest.mark.parametrize(
    "line",
    [
        "On March 4, 2025 the wall broke",
        "The wall broke 3 hours ago",
        "March 2025",
        "4 March, Port Varro",
        "It was 18:05",
        "12 shares",
        "Wall",
        "May 4, 2025 was the day on which the wall broke",
    ],
)
def test_words_beside_a_day_are_no_stamp(line):
    assert read_stamp(line) is None
