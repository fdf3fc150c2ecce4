"""From frames to figures: the only importer of matplotlib."""

from dateline.charts.sheet import Drawing
from dateline.charts.speakers import draw_network, draw_speakers, draw_speakers_by, draw_timeline
from dateline.charts.terms import (
    draw_dispersion,
    draw_keyness,
    draw_terms,
    draw_terms_by_group,
    draw_trend,
)

__all__ = [
    "Drawing",
    "draw_dispersion",
    "draw_keyness",
    "draw_network",
    "draw_speakers",
    "draw_speakers_by",
    "draw_terms",
    "draw_terms_by_group",
    "draw_timeline",
    "draw_trend",
]
