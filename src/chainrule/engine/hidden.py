"""What students never see of an instructor's text: hidden tests and mark schemes, however a course marks them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Self

__all__ = ["STANDARD", "HiddenParts"]

Marks = tuple[tuple[str, str], ...]
USUAL: Final[Marks] = (("BEGIN HIDDEN TESTS", "END HIDDEN TESTS"), ("BEGIN MARK SCHEME", "END MARK SCHEME"))


@dataclass(frozen=True)
class HiddenParts:
    """Between which marks a text is hidden: a line that holds the first begins it, one with the second ends it."""

    marks: Marks = USUAL

    @classmethod
    def of(cls, step: Any) -> Self:
        """The marks that nbgrader takes out at release in this course, and the usual ones."""
        from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme

        tests, scheme = ClearHiddenTests(parent=step), ClearMarkScheme(parent=step)
        theirs = (
            (tests.begin_test_delimeter, tests.end_test_delimeter),
            (scheme.begin_mark_scheme_delimeter, scheme.end_mark_scheme_delimeter),
        )
        return cls((*dict.fromkeys((*theirs, *USUAL)),))

    def without(self, text: str) -> str:
        """The text without them, whole lines at a time; what is not ended is hidden to its end."""
        return "\n".join(self._visible(text.split("\n")))

    def _visible(self, lines: list[str]) -> Iterator[str]:
        until: str | None = None
        for line in lines:
            if until is None:
                until = next((end for begin, end in self.marks if begin in line), None)
                if until is None:
                    yield line
            elif until in line:
                until = None


STANDARD: Final = HiddenParts()
"""The marks of nbgrader as it comes."""
