"""Bug hunts: a few lines of a wrong answer, shown to students with the question which of them is wrong.

The cell says whose lines they are, `# %% [markdown] hunt="momentum_forgets_velocity"`, so that what is called wrong is
an answer that is proven to lose marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chainrule.authoring.assignment import Assignment, Problem

_CODE = re.compile(r"^```python\n(.*?)^```", re.M | re.S)


def problems_of_hunts(assignment: Assignment, answers: Path) -> Iterator[Problem]:
    """Where a hunt's lines do not stand, in this order, in the wrong answer that it names (if answers are at hand)."""
    for cell in assignment.cells:
        hunt = cell.options.get("hunt")
        if hunt and answers.is_dir():
            path = answers / assignment.id / "wrong" / f"{hunt}.py"
            for text in _problems(path, _CODE.search(cell.source)):
                yield Problem(assignment.path, cell.line, f"hunt {hunt!r}: {text}")


def _problems(path: Path, code: re.Match[str] | None) -> Iterator[str]:
    if not path.is_file():
        yield f"there is no wrong answer wrong/{path.name}"
    elif code is None:
        yield "show a few of its lines between ```python and ```"
    else:
        answer = iter([line.strip() for line in path.read_text(encoding="utf-8").splitlines()])
        for line in filter(None, map(str.strip, code[1].splitlines())):
            if line not in answer:  # moves on to the line that is found
                yield f"`{line}` does not stand there, or in another order"
                return
