"""From what was found and a gold standard to how well they agree."""

from dateline.evaluation.evaluate import evaluate, read_gold

__all__ = ["evaluate", "read_gold"]
