"""From parameters to runs, manifests, the index and comparisons."""

from dateline.report.notebook import from_root, publish

__all__ = ["from_root", "publish"]
