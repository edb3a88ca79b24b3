# Annotations, `from __future__`, and a type of one's own.

# %% answer="mean"
from __future__ import annotations
from collections.abc import Sequence
def mean(values: Sequence[float]) -> Number:
    return sum(values) / len(values)
