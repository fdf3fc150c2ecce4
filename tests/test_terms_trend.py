import pandas as pd
import pytest
from dateline.frames import build_frame
from dateline.terms import count_trend, find_tokens

DAYS = pd.to_datetime(["2025-01-30", "2025-03-03", "2025-03-09", None])
TEXTS = ["Wall wall gate.", "Wall gate gate gate.", "Gate.", "Wall."]
ARTICLES = build_frame(
    "articles",
    [
        {"article_id": f"a{i}", "outlet": f"o{i % 2}", "published_on": day, "text": text}
        for i, (day, text) in enumerate(zip(DAYS, TEXTS, strict=True))
    ],
)
TOKENS = find_tokens(ARTICLES)


def test_a_month_without_articles_is_a_gap() -> None:
    trends = count_trend(TOKENS, ARTICLES, ["wall", "zebra"])
    wall = trends[trends["term"] == "wall"]
    assert wall["period"].dt.strftime("%Y-%m").tolist() == ["2025-01", "2025-02", "2025-03"]
    assert wall["n"].tolist() == [2, 0, 1]
    assert wall["n_articles"].tolist() == [1, 0, 1]
    assert wall["n_tokens"].tolist() == [3, 0, 5]
    assert wall["per_million"].isna().tolist() == [False, True, False]
    assert wall["per_million"].iloc[2] == pytest.approx(200_000)
    zebra = trends[trends["term"] == "zebra"]
    assert zebra["per_million"].fillna(-1).tolist() == [0, -1, 0]
    assert zebra["per_million_high"].notna().tolist() == [True, False, True]
    assert trends.attrs["method"]["n_articles_without_date"] == 1


def test_weeks_begin_on_mondays() -> None:
    trends = count_trend(TOKENS, ARTICLES, "gate", every="week")
    assert trends["period"].dt.strftime("%m-%d").tolist() == [
        "01-27",
        "02-03",
        "02-10",
        "02-17",
        "02-24",
        "03-03",
    ]
    assert trends["n"].tolist() == [1, 0, 0, 0, 0, 4]


@pytest.mark.parametrize(("every", "periods"), [("day", 39), ("year", 1)])
def test_every_period_between_the_first_and_the_last_is_there(every: str, periods: int) -> None:
    assert len(count_trend(TOKENS, ARTICLES, "wall", every=every)) == periods


def test_each_group_has_the_same_periods() -> None:
    trends = count_trend(TOKENS, ARTICLES, "gate", by="outlet")
    assert trends.groupby("group")["n"].agg(list).to_dict() == {"o0": [1, 0, 1], "o1": [0, 0, 3]}


def test_no_dates_no_rows_and_a_wrong_period_is_named() -> None:
    assert count_trend(TOKENS, ARTICLES.assign(published_on=pd.NaT), "wall").empty
    with pytest.raises(ValueError, match="every='decade'"):
        count_trend(TOKENS, ARTICLES, "wall", every="decade")
