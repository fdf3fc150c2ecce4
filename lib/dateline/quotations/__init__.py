"""From articles to quotations: what stands between quotation marks, and how others print it."""

from dateline.quotations.marks import find_quotations
from dateline.quotations.printings import compare_quotations

__all__ = ["compare_quotations", "find_quotations"]
