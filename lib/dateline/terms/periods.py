"""What a period of publication is: its name and its first day."""

from __future__ import annotations

import pandas as pd

from dateline.frames import take_frame

# A week ends on Sunday.
PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}


def find_periods(articles: pd.DataFrame, every: str) -> pd.Series:
    """The period of publication as text, NA where there is no date; a week is its Monday.

    Raises:
        ValueError: There is no `published_on`, or it has what is no day.
    """
    return name_periods(take_frame(articles, "articles", "published_on")["published_on"], every)


def name_periods(days: pd.Series, every: str) -> pd.Series:
    """The period of each day as text, NA where there is none; a week is its Monday."""
    period = days.dt.to_period(PERIODS[every])
    if every == "week":
        period = period.dt.start_time.dt.to_period("D")
    return period.astype("str").where(days.notna())


def find_starts(labels: pd.Series) -> pd.Series:
    """The first day of periods named as `find_periods` does, NaT for what is none."""
    first = {f"Q{number}": f"-{3 * number - 2:02}" for number in range(1, 5)}
    months = labels.str.replace(r"Q\d$", lambda quarter: first[quarter[0]], regex=True)
    starts = pd.to_datetime(months, format="ISO8601", errors="coerce")
    return starts.astype("datetime64[s]")
