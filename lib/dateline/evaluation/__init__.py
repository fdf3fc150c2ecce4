"""From what was found and a gold standard to how well they agree."""

from dateline.evaluation.evaluate import evaluate, read_gold
from dateline.evaluation.exchange import read_said, write_said

__all__ = ["evaluate", "read_gold", "read_said", "write_said"]
