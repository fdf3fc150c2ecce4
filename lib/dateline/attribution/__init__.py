"""From articles and quotations to attributions: who said what, as the sentence mentions them."""

from dateline.attribution.find import find_attributions, find_contents
from dateline.attribution.score import DEFAULT_MIN_SCORE

__all__ = ["DEFAULT_MIN_SCORE", "find_attributions", "find_contents"]
