"""From frames to what people look at: tables, passages and charts."""

from dateline.show.in_context import (
    find_unsaid,
    show_concordance,
    show_lines,
    show_quotations,
)
from dateline.show.outlets import (
    count_left_out,
    count_outlets,
    show_accuracy,
    show_files,
    show_outlets,
)
from dateline.show.speaker_tables import (
    choose_said,
    count_cues,
    count_named,
    count_speakers,
    count_together,
)
from dateline.show.table import Html, show_table
from dateline.show.vocabulary.keywords import (
    rank_groups,
    rank_new_terms,
    rank_voices,
    show_groups,
)
from dateline.show.vocabulary.references import rank_against

# The charts stand in modules of their own (drawing and those in _charts): they load matplotlib.
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
    "rank_against",
    "rank_groups",
    "rank_new_terms",
    "rank_voices",
    "show_accuracy",
    "show_concordance",
    "show_files",
    "show_groups",
    "show_lines",
    "show_outlets",
    "show_quotations",
    "show_table",
]
