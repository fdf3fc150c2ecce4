import pytest
from dateline.read.metadata.statement import Statement


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        ("2025-03-11", "day"),
        ("2025-03", "month"),
        ("--03-11", "month_day"),
        ("2025", "year"),
        ("", None),
    ],
)
def test_a_date_says_how_much_of_it_is_stated(value, precision):
    assert Statement("published_on", value, "words", "text").precision == precision
