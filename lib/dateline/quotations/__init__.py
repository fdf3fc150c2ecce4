"""From articles to quotations: what stands between quotation marks, and what it is for."""

from dateline.quotations.marks import find_quotations

__all__ = ["find_quotations"]
