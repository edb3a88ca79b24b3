"""The self-test: the instructor's solution and the untouched stub are graded before the first student is.

    test = self_test("ps1", source, stub, examiner)
    print(*test.told(), sep="\n")                  # what the author should know
    examiner.examine(notebook, routes=test.routes) # which way each check goes, for every student alike

Which way a check goes is decided here, by the author's own answers, and by nothing that a student hands in:

1. The referee gives the solution full marks: the check is refereed.
2. It does not, and a copy of the solution's own kernel gives more: the check is not refereed.
3. Nobody gives the solution anything: a person marks that check, since no student should have a 0 by it. Where the
   source holds no solutions, nothing can be tried, and the check is refereed.
4. The referee gives the untouched stub marks that its own kernel does not: the check is not refereed either.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from chainrule.engine.cells import grade_id, is_check, is_solution
from chainrule.engine.examine import Examiner
from chainrule.engine.intake import rebuild
from chainrule.engine.routes import REFEREED, Route, Way
from chainrule.engine.second_way import LOST
from chainrule.referee.verdict import Verdict

__all__ = ["CheckTest", "SelfTest", "self_test"]

FORBIDDEN = "c.Examine.unrefereed leaves such checks to a person"
TOO_KIND = "The referee gives the untouched stub marks that the notebook itself does not."
WRITTEN = "It reads a file that answers write: what they wrote is seen by their own notebook alone."
LEANING = "It uses what an earlier check makes, and that one is not refereed."
NO_SOLUTION = "The instructor's notebook holds no solutions to try."
MOST_WORDS = 300
TRIES = 3


_WRITES = re.compile(
    r"\b(?:to_\w+|save\w*|imsave|imwrite|dump|tofile|write\w*|copy\w*|move|rename)\(|open\([^)]*['\"][wax]\+?b?t?['\"]"
)
"""How code looks that writes a file; where it only looks so, a check goes another way for nothing."""


@dataclass(frozen=True)
class CheckTest:
    """What came of one check.

    Args:
        check: its name.
        points: what it is worth.
        solution: what the instructor's solution earns, the way that the check goes.
        stub: what the untouched stub earns.
        way: which way it goes.
        reason: why that is not the referee's, or why the solution earns less than the points.
        line: the line of the check that this is about.
    """

    check: str
    points: float
    solution: float
    stub: float
    way: Way
    reason: str = ""
    line: int | None = None

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing to tell."""
        return self.way is Way.REFEREED and self.solution >= self.points and not self.stub

    def told(self) -> Iterator[str]:
        """What the author should know, a sentence each."""
        place = self.check if self.line is None else f"{self.check}, line {self.line}"
        if self.way is Way.PERSON:
            yield f"{place}: needs a person, for every student. {self.reason}"
        elif self.way is Way.COPY:
            yield f"{place}: will be run, but not refereed. {self.reason}"
        if self.way is not Way.PERSON and self.solution < self.points:
            because = f" {self.reason}" if self.way is Way.REFEREED else ""
            yield f"{place}: your own solution earns {self.solution:g} of {self.points:g}.{because}"
        if self.stub:
            yield f"{self.check}: the untouched stub earns {self.stub:g} of {self.points:g}: a mark for nothing."


@dataclass(frozen=True)
class SelfTest:
    """What came of the checks of one notebook, in their order."""

    notebook: str
    checks: tuple[CheckTest, ...]

    @property
    def routes(self) -> dict[str, Route]:
        """The checks that do not go to the referee."""
        return {row.check: Route(row.way, row.reason) for row in self.checks if row.way is not Way.REFEREED}

    def told(self) -> list[str]:
        """What the author should know, a line each; nothing where all is well."""
        return [f"{self.notebook}: {line}" for row in self.checks for line in row.told()]

    def summary(self) -> str:
        """One line."""
        ways = [row.way for row in self.checks]
        counts = ", ".join(f"{ways.count(way)} {way}" for way in Way if way is Way.REFEREED or way in ways)
        return f"{self.notebook}: {len(ways)} checks: {counts}"

    def to_dict(self) -> dict[str, Any]:
        """Plain data, to be kept."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SelfTest:
        """From what `to_dict` gave."""
        rows = (CheckTest(**{**row, "way": Way(row["way"])}) for row in data["checks"])
        return cls(data["notebook"], tuple(rows))


def self_test(notebook: str, source: Any, stub: Any, examiner: Examiner, *, second_way: bool = True) -> SelfTest:
    """Grade the solution and the stub, and decide which way each check goes.

    Args:
        notebook: its name.
        source: the instructor's notebook.
        stub: the same without solutions.
        examiner: of that notebook.
        second_way: whether checks that cannot be refereed may be run all the same.
    """
    return _SelfTest(source, stub, examiner).run(notebook, second_way=second_way)


class _SelfTest:
    def __init__(self, source: Any, stub: Any, examiner: Examiner) -> None:
        self.source, self.stub, self.examiner = source, stub, examiner
        self.points = {
            cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
            for cell in source.cells
            if is_check(cell)
        }

    @property
    def nothing_to_try(self) -> bool:
        """Whether no answer of the source is more than the stub: such a course keeps its solutions elsewhere."""
        solved, empty = (
            {cell.metadata.nbgrader.grade_id: cell.source.split() for cell in notebook.cells if is_solution(cell)}
            for notebook in (self.source, self.stub)
        )
        return solved == empty

    def run(self, notebook: str, *, second_way: bool) -> SelfTest:
        refereed = self.graded(self.source)
        self.moved = {name: WRITTEN for name in self.points if self.reads_what_answers_write(name)}
        short = [name for name in self.points if refereed[name].score < self.points[name] or name in self.moved]
        copied = self.graded(self.source, short) if short else {}
        while leaning := self.leaning(short, refereed, copied):
            self.moved |= dict.fromkeys(leaning, LEANING)
            short += leaning
            copied = self.graded(self.source, short)
        routes = {name: self.route(name, refereed[name], copied[name]) for name in short}
        stub = self.graded(self.stub, [name for name, route in routes.items() if route.way is Way.COPY])
        stub |= self.too_kind(stub, refereed, copied, routes)
        rows = [self.row(name, routes.get(name, REFEREED), refereed, copied, stub) for name in self.points]
        return SelfTest(notebook, tuple(rows if second_way else map(_left_to_a_person, rows)))

    def reads_what_answers_write(self, check: str) -> bool:
        """Whether a check names a file of the course's that a solution names, too, in a cell that writes files."""
        read = next(cell.source for cell in self.source.cells if is_check(cell) and grade_id(cell) == check)
        writing = [cell.source for cell in self.source.cells if is_solution(cell) and _WRITES.search(cell.source)]
        files = {name.rpartition("/")[2] for name in self.examiner.files}
        return any(name in read and any(name in text for text in writing) for name in files)

    def graded(self, answers: Any, copied: list[str] | None = None) -> dict[str, Verdict]:
        """The verdicts on a notebook, with some of its checks run in copies of its kernel.

        A copy that a busy machine lost before its check decides nothing: it is tried again, with fewer others.
        """
        found: dict[str, Verdict] = {}
        lost = list(copied or ())
        for _ in range(TRIES):
            routes = {name: Route(Way.COPY) for name in lost}
            verdicts = self.examiner.verdicts(rebuild(self.source, copy.deepcopy(answers)), routes)
            found |= {name: verdict for name, verdict in verdicts.items() if name in lost or name not in found}
            lost = [name for name in lost if found[name].exception == LOST]
            if not lost:
                break
        return found

    def leaning(self, elsewhere: list[str], refereed: dict[str, Verdict], copied: dict[str, Verdict]) -> list[str]:
        """The checks that the referee cannot follow once these go elsewhere: they use what one of these makes."""
        others = [name for name in self.points if name not in elsewhere] if elsewhere else []
        return [name for name in others if copied[name].score < refereed[name].score]

    def route(self, name: str, refereed: Verdict, copied: Verdict) -> Route:
        """The way of a check in which the referee does not give the solution full marks."""
        if name in self.moved and copied.score and copied.score >= refereed.score:
            return Route(Way.COPY, self.moved[name])
        if copied.score > refereed.score:
            return Route(Way.COPY, f"The referee cannot follow it: {_words(refereed)}")
        if refereed.score and self.moved.get(name) != LEANING:
            return REFEREED
        if self.nothing_to_try:
            return Route(Way.REFEREED, NO_SOLUTION)
        return Route(Way.PERSON, f"Your own solution earns nothing by it: {_words(copied)}")

    def too_kind(
        self,
        stub: dict[str, Verdict],
        refereed: dict[str, Verdict],
        copied: dict[str, Verdict],
        routes: dict[str, Route],
    ) -> dict[str, Verdict]:
        """Find the checks by which the referee gives an untouched stub marks that its own kernel does not."""
        gained = [name for name in self.points if stub[name].score and name not in routes]
        if not gained:
            return {}
        honest = self.graded(self.stub, gained)
        kind = [name for name in gained if honest[name].score < stub[name].score]
        if not kind:
            return {}
        solution = self.graded(self.source, [*kind, *routes])
        if leaning := self.leaning([*kind, *routes], refereed, solution):
            kind += leaning
            solution = self.graded(self.source, [*kind, *routes])
            honest = self.graded(self.stub, [*kind, *routes])
        moved = [name for name in kind if solution[name].score >= refereed[name].score]
        for name in moved:
            routes[name] = Route(
                Way.COPY, "The referee gives the untouched stub marks that the notebook itself does not."
            )
            copied[name] = solution[name]
        return {name: honest[name] for name in moved}

    def row(
        self,
        name: str,
        route: Route,
        refereed: dict[str, Verdict],
        copied: dict[str, Verdict],
        stub: dict[str, Verdict],
    ) -> CheckTest:
        counts = copied[name] if route.way is Way.COPY else refereed[name]
        said = copied[name] if route.way is Way.PERSON else refereed[name]
        earned = 0.0 if route.way is Way.PERSON else stub[name].score
        return CheckTest(name, self.points[name], counts.score, earned, route.way, route.reason, said.line)


def _left_to_a_person(row: CheckTest) -> CheckTest:
    if row.way is not Way.COPY:
        return row
    reason = f"{row.reason.rstrip('.')}; {FORBIDDEN}."
    return CheckTest(row.check, row.points, 0.0, 0.0, Way.PERSON, reason, row.line)


def _words(verdict: Verdict) -> str:
    """What went wrong, in one line."""
    if verdict.outcome == "partial":
        return f"the points are {verdict.score:g}."
    name = "" if verdict.outcome == "unrefereed" else verdict.exception
    words = ": ".join(filter(None, (name, *" ".join(verdict.message.split()).splitlines()))) or "no reason was given"
    doubt = f" ({verdict.doubt})" if verdict.doubt else ""
    return f"{words[:MOST_WORDS].rstrip('.')}{doubt}."
