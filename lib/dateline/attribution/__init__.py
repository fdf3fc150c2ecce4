"""From articles and quotations to attributions: who said what, as the sentence mentions them."""

from dateline.attribution.find import find_attributions, find_contents

__all__ = ["find_attributions", "find_contents"]
