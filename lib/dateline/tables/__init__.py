"""From frames to what people read: counts of speakers, tables and passages as HTML."""

from dateline.tables.corpus import count_left_out, count_outlets, show_accuracy, show_outlets
from dateline.tables.keywords import rank_groups, rank_voices, show_groups
from dateline.tables.passages import find_unsaid, show_lines, show_quotations
from dateline.tables.show import Html, show_table
from dateline.tables.speakers import (
    choose_said,
    count_cues,
    count_named,
    count_speakers,
    count_together,
)

__all__ = [
    "Html",
    "choose_said",
    "count_cues",
    "count_left_out",
    "count_named",
    "count_outlets",
    "count_speakers",
    "count_together",
    "find_unsaid",
    "rank_groups",
    "rank_voices",
    "show_accuracy",
    "show_groups",
    "show_lines",
    "show_outlets",
    "show_quotations",
    "show_table",
]
