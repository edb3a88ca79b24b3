"""What the published versions of the exercises check, to compare: `grader_tests/<id>/published.py`.

Each of its cells runs after the solutions, in the place of all checks, and raises where the published grader, or a
reader of the published output, would have found fault.
"""

from __future__ import annotations

from dataclasses import dataclass

from chainrule.authoring.assignment import AssignmentError, Cell, Kind, Problem, read_assignment, read_percent
from chainrule.authoring.inclusions import expand
from chainrule.course import Course
from chainrule.proof.answers import Answer, answered, read_answers, solved
from chainrule.proof.trials import needed_cells, preload, run_cells


@dataclass(frozen=True)
class Comparison:
    """What the published graders think of the answers that are known to be right or wrong, by the answers' names."""

    right: dict[str, bool]
    wrong: dict[str, bool]

    @property
    def rejected(self) -> int:
        """How many right answers they do not accept."""
        return list(self.right.values()).count(False)

    @property
    def accepted(self) -> int:
        """How many wrong answers they accept."""
        return list(self.wrong.values()).count(True)


def published_graders(course: Course, assignment_id: str) -> list[Cell]:
    """The cells of `published.py`, each as a check that is named by the words behind its `# %%`.

    Raises:
        AssignmentError: there is no such file.
    """
    path = course.answers / assignment_id / "published.py"
    if not path.is_file():
        raise AssignmentError([Problem(path, 1, "there is no such file, so there is nothing to compare with")])
    cells = read_percent(path, preface=True)[1]
    return [Cell(Kind.CHECK, "code", raw.source, line, raw.metadata["title"]) for line, raw in cells]


def in_place_of_checks(cells: list[Cell], graders: list[Cell]) -> list[Cell]:
    """The notebook without its checks, and with these graders at its end."""
    return [*(cell for cell in cells if cell.kind is not Kind.CHECK), *graders]


def fair_graders(course: Course, assignment_id: str) -> tuple[list[Cell], list[str]]:
    """The graders that accept the course's own solution, and the names of those that do not.

    A grader that rejects the solution itself cannot tell a mutant from it.
    """
    graders = published_graders(course, assignment_id)
    cells = solved(expand(read_assignment(course.assignments / assignment_id), course.data))
    preload(cells)
    failed = run_cells(needed_cells(in_place_of_checks(cells, graders)), course.data).failed
    fair = [grader for grader in graders if grader.name not in failed]
    return fair, [grader.name for grader in graders if grader.name in failed]


def judge_answers(course: Course, assignment_id: str) -> Comparison:
    """Let all published graders judge the right answers to an assignment, and the fair ones the wrong answers.

    A wrong answer keeps the course's solution of all other questions, so an unfair grader would reject each of them.
    """
    graders, (fair, _) = published_graders(course, assignment_id), fair_graders(course, assignment_id)
    assignment = read_assignment(course.assignments / assignment_id)
    cells = expand(assignment, course.data)

    def accepted(answer: Answer, judges: list[Cell]) -> bool:
        run = run_cells(needed_cells(in_place_of_checks(answered(cells, answer), judges)), course.data)
        return not run.lost and not run.failed

    comparison = Comparison({}, {})
    for answer in read_answers(course.answers / assignment_id, assignment):
        if answer.path.parent.name == "right":
            comparison.right[answer.name] = accepted(answer, graders)
        else:
            comparison.wrong[answer.name] = accepted(answer, fair)
    return comparison
