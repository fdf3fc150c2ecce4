"""From articles and quotations to attributions: who said what, as the sentence mentions them."""

from dateline.attribution.cues.score import DEFAULT_MIN_SCORE
from dateline.attribution.find import find_attributions, find_contents

__all__ = ["DEFAULT_MIN_SCORE", "find_attributions", "find_contents"]
