"""The numbers of a report: how hard each question was, whether it tells good work from weak, who passed what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean, median
from typing import Final

from chainrule.engine.cells import QuestionStatus
from chainrule.term.standing import Question, Task, Work

__all__ = ["FLAGGED_BELOW", "Figures", "QuestionFigures", "figures_of"]

FLAGGED_BELOW: Final = 0.2
"""A point-biserial below this says that a question does not tell strong work from weak."""
WAITING: Final = (QuestionStatus.TO_BE_MARKED, QuestionStatus.NEEDS_A_PERSON)


@dataclass(frozen=True)
class QuestionFigures:
    """How a class did on one question.

    Args:
        question: which one.
        answered: how many have a mark for it.
        earned: the share of its points that was earned, 0 to 1; None where nobody has a mark.
        full: how many have all of its points.
        none: how many have none of them.
        discrimination: point-biserial correlation with the rest of the assignment; None where it is not defined.
    """

    question: Question
    answered: int
    earned: float | None
    full: int
    none: int
    discrimination: float | None

    @property
    def is_flagged(self) -> bool:
        """Whether a teacher should look at the question."""
        return self.discrimination is not None and self.discrimination < FLAGGED_BELOW

    @property
    def remark(self) -> str:
        """What a teacher should know of it, in a few words."""
        if self.answered > 1 and self.full == self.answered:
            return "everybody passes"
        if self.answered > 1 and self.none == self.answered:
            return "nobody passes"
        return "does not tell strong work from weak" if self.is_flagged else ""


@dataclass(frozen=True)
class Figures:
    """How a class did on one assignment; shares are of its points, 0 to 1."""

    task: Task
    marks: tuple[float, ...]
    questions: tuple[QuestionFigures, ...]

    @property
    def mean(self) -> float | None:
        """The mean mark, in points."""
        return fmean(self.marks) if self.marks else None

    @property
    def median(self) -> float | None:
        """The mark in the middle, in points."""
        return median(self.marks) if self.marks else None


def figures_of(task: Task, works: Sequence[Work]) -> Figures:
    """The numbers of an assignment."""
    marks = tuple(work.final for work in works if work.final is not None)
    graded = [work for work in works if work.questions]
    return Figures(task, marks, tuple(_question(question, graded) for question in task.questions))


def _question(question: Question, works: Sequence[Work]) -> QuestionFigures:
    marked = [work for work in works if _has_mark(work, question.id)]
    points = [work.questions[question.id].points for work in marked]
    rest = [_points(work) - work.questions[question.id].points for work in marked]
    earned = fmean(points) / question.most if points and question.most else None
    full = sum(point >= question.most for point in points)
    return QuestionFigures(
        question, len(points), earned, full, sum(point <= 0 for point in points), _correlation(points, rest)
    )


def _has_mark(work: Work, question: str) -> bool:
    return question in work.questions and work.questions[question].status not in WAITING


def _points(work: Work) -> float:
    return sum(question.points for question in work.questions.values() if question.status not in WAITING)


def _correlation(points: Sequence[float], rest: Sequence[float]) -> float | None:
    """How points go along with the rest; fewer than five pieces of work, or all alike, say nothing."""
    try:
        return correlation(points, rest) if len(points) >= 5 else None
    except StatisticsError:
        return None
