"""Pairs of answers that are more alike than the task explains, side by side, for a person to think about.

What the stub, the course's own code, the instructor's solution or a fifth of the class have in common is explained by
the task, and counts for nothing. That two answers are alike proves nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from chainrule.course import Course
from chainrule.engine.cells import is_solution
from chainrule.reporting.tokens import Statement, grams_of, names_in, statements_of

__all__ = ["Answers", "Pair", "Side", "answers_of", "course_texts", "pairs_in", "sides_of"]

LEAST_TRACES: Final = 10
"""Runs of tokens that only few have, and both of these have: below that it may be chance."""
LEAST_ALIKE: Final = 0.7
COMMON: Final = 0.2
"""What this share of a class has in common is the task's doing."""
ONE_LINE: Final = 85.0


@dataclass(frozen=True)
class Answers:
    """What a student wrote, by question."""

    student: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Pair:
    """Two students whose answers are alike.

    Args:
        one, other: their answers.
        alike: how much of the shorter one's own traces the other one has too, 0 to 1.
        traces: how many that are.
        questions: the answers in which they lie.
    """

    one: Answers
    other: Answers
    alike: float
    traces: int
    questions: tuple[str, ...]


def answers_of(course: Course, assignment: str) -> list[Answers]:
    """The answers in code of everybody who was graded, as they stand in `autograded/`."""
    found = []
    for folder in sorted((course.root / "autograded").glob(f"*/{assignment}/")):
        cells = [cell for path in sorted(folder.glob("*.ipynb")) for cell in _cells(path)]
        found.append(Answers(folder.parent.name, dict(_solutions(cells))))
    return found


def _cells(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def _solutions(cells: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for cell in cells:
        if is_solution(cell):
            yield cell["metadata"]["nbgrader"]["grade_id"], "".join(cell["source"])


def course_texts(course: Course, assignment: str) -> list[str]:
    """All code that the course itself has of an assignment: stubs, given cells, checks and solutions."""
    folders = (course.release / assignment, course.source / assignment)
    paths = [path for folder in folders for path in sorted(folder.glob("*.ipynb"))]
    return ["".join(cell["source"]) for path in paths for cell in _cells(path)]


def pairs_in(answers: Iterable[Answers], course: Iterable[str]) -> list[Pair]:
    """The pairs that are more alike than the task explains, the most alike first.

    Args:
        answers: of the class.
        course: texts of the course, which explain what they hold.
    """
    texts, class_ = list(course), list(answers)
    given = names_in(texts)
    explained = frozenset().union(*(grams_of(statements_of(text, given)) for text in texts))
    traces = {
        one.student: {name: grams_of(statements_of(text, given)) - explained for name, text in one.texts.items()}
        for one in class_
    }
    common = _common(traces.values(), len(class_))
    own = {student: frozenset().union(*by.values()) - common for student, by in traces.items()}
    known = {one.student: one for one in class_}
    found = []
    for first, second in combinations(sorted(known), 2):
        shared = own[first] & own[second]
        least = min(len(own[first]), len(own[second]))
        if len(shared) >= LEAST_TRACES and len(shared) >= LEAST_ALIKE * least:
            where = tuple(name for name, grams in traces[first].items() if grams & shared)
            found.append(Pair(known[first], known[second], len(shared) / least, len(shared), where))
    return sorted(found, key=lambda pair: (-pair.alike * pair.traces, pair.one.student, pair.other.student))


def _common(traces: Iterable[Mapping[str, frozenset[Statement]]], size: int) -> frozenset[Statement]:
    """What so many have that it comes from the task: a fifth of the class, and three at least."""
    count = Counter(gram for by in traces for gram in frozenset().union(*by.values()))
    return frozenset(gram for gram, number in count.items() if number >= max(3, COMMON * size))


@dataclass(frozen=True)
class Side:
    """A line of an answer, and whether the other answer has one like it."""

    text: str
    shared: bool


def sides_of(pair: Pair, question: str, given: frozenset[str]) -> tuple[list[Side], list[Side]]:
    """The two answers to a question, line by line, with the lines marked that have their like on the other side."""
    one, other = pair.one.texts.get(question, ""), pair.other.texts.get(question, "")
    return _side(one, other, given), _side(other, one, given)


def _side(text: str, other: str, given: frozenset[str]) -> list[Side]:
    from rapidfuzz import fuzz, process

    there = [" ".join(statement) for line in other.splitlines() for statement in statements_of(line.strip(), given)]
    lines = []
    for line in text.splitlines():
        mine = " ".join(token for statement in statements_of(line.strip(), given) for token in statement)
        like = process.extractOne(mine, there, scorer=fuzz.ratio, score_cutoff=ONE_LINE) if len(mine) > 3 else None
        lines.append(Side(line, like is not None))
    return lines
