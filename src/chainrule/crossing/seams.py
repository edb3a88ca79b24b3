"""Seams: where the code uses what others' libraries do not promise to keep, each with a name and a reason.

    SEAMS = (Seam("ipykernel: sockets", "IPKernelApp._bind_socket", "sockets are handed in by the worker"),)

Each world has a module of its own for them: `engine.nbgrader_seams`, `kernel.jupyter_seams`, `inside.ipykernel_seams`,
`referee.cpython_seams`, and this one for what both sides of the border use. A test looks at every seam, so that a
release that moves one fails with its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["SEAMS", "Seam"]


@dataclass(frozen=True)
class Seam:
    """One use of another library's internals.

    Attributes:
        name: what it is called in tests and in docs/architecture.md.
        of: the names that are relied on.
        why: what public names cannot do.
    """

    name: str
    of: str
    why: str


SEAMS: Final = (
    Seam(
        "numpy and random: global generators",
        "`random._inst`, `numpy.random.mtrand._rand`",
        "a check and the notebook draw from one stream, so the state of both is read and set in place",
    ),
    Seam(
        "sympy: parts of numbers and symbols",
        "`Symbol._assumptions_orig`, `Float._mpf_`, `Float._prec`, `Float._new`",
        "formulas cross as their exact parts; to parse their text would run code",
    ),
)
