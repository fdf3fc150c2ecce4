"""From articles to quotations: what stands between quotation marks, and how others print it."""

from dateline.quotations.printings import compare_quotations
from dateline.quotations.runs import find_quotations

__all__ = ["compare_quotations", "find_quotations"]
