"""nbgrader's steps of autograding, done by the engine: thin classes over `intake`, `examine` and the gradebook."""

from __future__ import annotations

import atexit
import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

from nbgrader import utils
from nbgrader.api import Comment, Gradebook
from nbgrader.preprocessors import AssignLatePenalties, ClearSolutions, Execute, NbGraderPreprocessor
from traitlets import Bool, Enum, Float, Integer, List, Unicode

from chainrule.engine.beside import course_files, students_files
from chainrule.engine.cells import (
    VerdictNote,
    VerdictStatus,
    grade_id,
    is_check,
    is_solution,
    note_in_notebook,
    notes,
    verdict_of,
)
from chainrule.engine.dates import Dates, settle
from chainrule.engine.directory import converter_of, course_directory, secret_folders
from chainrule.engine.elsewhere import note_answers_elsewhere, oddity
from chainrule.engine.examine import Examiner
from chainrule.engine.feedback.disarm import disarm
from chainrule.engine.fingerprint import fingerprint
from chainrule.engine.gradebook import comments_on, grades_of
from chainrule.engine.hand_in import hand_in_time, leave_behind
from chainrule.engine.hidden import HiddenParts
from chainrule.engine.intake import Submission, rebuilt_from
from chainrule.engine.memory import memory_is_short
from chainrule.engine.pictures import pictures_in
from chainrule.engine.released import instructors_notebook, instructors_notebook_or_source, source_path
from chainrule.engine.self_test import SelfTest, self_test
from chainrule.engine.self_test_store import key_of, known_or_made
from chainrule.engine.written import keep
from chainrule.kernel.folders import Files
from chainrule.kernel.sandbox import NoSandbox, Sandbox, find_sandbox
from chainrule.limits import Limits

MB = 1_000_000


def _folder(preprocessor: Any, resources: Any, step: str) -> Path:
    """The folder of the submission at hand in a step of nbgrader's, as `directory.submitted_directory`."""
    directory = course_directory(preprocessor)
    names = resources["nbgrader"]
    return Path(directory.format_path(step, names["student"], names["assignment"]))


class Rebuild(NbGraderPreprocessor):  # type: ignore[misc]
    """Make what is graded from the instructor's notebook, with only the answers from the submission."""

    collected_times = Bool(
        True,
        help="Whether `timestamp.txt` in a submitted folder is from who collected it, as where nbgrader collects. "
        "Where students can put one into what they hand in, say False: no time is known then.",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader before anything runs."""
        directory = course_directory(self)
        folder = _folder(self, resources, directory.submitted_directory)
        path = source_path(self, resources)
        leave_behind(_folder(self, resources, directory.autograded_directory), path.parent)
        resources["chainrule"] = instructors_notebook(self, resources)
        submission = Submission.of(resources["chainrule"][0], nb, pictures_in(folder), HiddenParts.of(self))
        rebuilt = rebuilt_from(submission)
        note_answers_elsewhere(rebuilt, submission)
        if odd := oddity(rebuilt, submission, folder, path):
            note_in_notebook(rebuilt, {"odd": odd})
        for cell in rebuilt.cells:
            if "elsewhere" in notes(cell):
                # Not the checksum of an answer that nobody wrote: nbgrader would have it marked as nothing.
                cell.metadata.nbgrader["checksum"] = ""
            elif grade_id(cell) and not cell.metadata.nbgrader.get("checksum"):
                cell.metadata.nbgrader["checksum"] = utils.compute_checksum(cell)
        return rebuilt, resources


class Examine(NbGraderPreprocessor):  # type: ignore[misc]
    """Run student cells in a warm sandboxed kernel, and check cells in the referee."""

    sandbox = Bool(True, help="Run students' code in a sandbox. Without it, every report says so.").tag(config=True)
    cell_seconds = Integer(30, help="Time for one cell of the student's.").tag(config=True)
    notebook_seconds = Integer(600, help="Time for all of a submission's cells.").tag(config=True)
    call_seconds = Float(30, help="Time for one call of a student's function by a check.").tag(config=True)
    check_seconds = Float(60, help="Time for one check.").tag(config=True)
    memory_mb = Integer(2048, help="Memory of a submission of its own.").tag(config=True)
    processes = Integer(200, help="Processes and threads of a submission at a time.").tag(config=True)
    disk_mb = Integer(256, help="Size of all the files that a submission may write.").tag(config=True)
    files = Integer(10_000, help="Number of files and folders that a submission may make.").tag(config=True)
    demonstrations = Enum(
        ["where marked", "always", "never"],
        "where marked",
        help="Run the course's own plots and training, which no mark depends on: in notebooks with answers that a "
        "person marks, always, or never.",
    ).tag(config=True)
    output_kb = Integer(1024, help="Output of one cell that is kept.").tag(config=True)
    unrefereed = Enum(
        ["run", "needs a person"],
        "run",
        help="What becomes of checks that the referee cannot follow, as the self-test finds out: run in a copy of the "
        "student's own kernel, and marked 'not refereed', or left to a person.",
    ).tag(config=True)
    keep_files = List(
        Unicode(),
        help="Patterns of files that answers write beside the notebook, and that are wanted in autograded/ "
        "(`*.csv`, `figures/*`), where no browser would run them. All others end with the sandbox.",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader to run the rebuilt notebook."""
        directory = course_directory(self)
        # Where nbgrader runs the two steps one by one, each has resources of its own.
        notebook, version = resources.get("chainrule") or instructors_notebook(self, resources)
        setting, files, warm = self._warm(nb, notebook, version, resources)
        submitted = _folder(self, resources, directory.submitted_directory)
        own = students_files(submitted, directory.ignore, files, setting.students, setting.limits)
        test = self._self_test(notebook, version, setting, warm, resources)
        examiner = warm()
        written = examiner.examine(nb, own, routes=test.routes)
        keep(written, _folder(self, resources, directory.autograded_directory), files)
        note_in_notebook(nb, {"sandboxed": examiner.parent.sandbox.sandboxed})
        return disarm(nb), resources

    def self_test(self, assignment: str, notebook: str) -> SelfTest:
        """Grade the instructor's solution and the stub, unless that was done before."""
        names = {"assignment": assignment, "notebook": notebook, "db_url": course_directory(self).db_url}
        resources = {"nbgrader": names}
        source, version = instructors_notebook_or_source(self, resources)
        setting, _, warm = self._warm(source, source, version, resources)
        return self._self_test(source, version, setting, warm, resources)

    def _warm(
        self, nb: Any, source: Any, version: str, resources: Any
    ) -> tuple[Setting, Files, Callable[[], Examiner]]:
        path = source_path(self, resources)
        files = course_files(path.parent, course_directory(self).ignore)
        setting = self._setting(nb, resources["nbgrader"]["assignment"])
        return setting, files, lambda: _examiner(path, source, version, setting, files)

    def _self_test(
        self, source: Any, version: str, setting: Setting, warm: Callable[[], Examiner], resources: Any
    ) -> SelfTest:
        path = source_path(self, resources)
        known = path, fingerprint(path.parent) + version, setting, self.unrefereed
        if known not in _tested:
            how = (setting.limits, setting.sandboxed, setting.demonstrations, sorted(setting.students), self.unrefereed)
            stub, _ = ClearSolutions(parent=self).preprocess(copy.deepcopy(source), {})
            key = key_of(known[1], how, setting.hidden, source, stub)
            place = Path(course_directory(self).root, ".chainrule/self_test", path.parent.name, f"{path.stem}.json")

            def make() -> SelfTest:
                if not path.is_file():
                    return SelfTest(path.stem, ())  # Nobody knows a solution: the referee decides what it can.
                return self_test(path.stem, source, stub, warm(), second_way=self.unrefereed == "run")

            _tested[known] = known_or_made(place, key, make)
            for line in _tested[known].told():
                self.log.warning("Self-test: %s", line)
        return _tested[known]

    def _setting(self, nb: Any, assignment: str) -> Setting:
        limits = self._limits()
        return Setting(
            limits,
            self.sandbox,
            self._demonstrates(nb),
            students=self._left_to_students(assignment),
            secrets=secret_folders(course_directory(self)),
            wanted=tuple(self.keep_files),
            hidden=HiddenParts.of(self),
        )

    def _limits(self) -> Limits:
        limits = Limits(
            memory=self.memory_mb * MB,
            processes=self.processes,
            disk_bytes=self.disk_mb * MB,
            file_bytes=self.disk_mb * MB,
            files=self.files,
            output_bytes=self.output_kb * 1000,
            notebook_output_bytes=16 * self.output_kb * 1000,
            cell_seconds=self.cell_seconds,
            notebook_seconds=self.notebook_seconds,
            call_seconds=self.call_seconds,
            check_seconds=self.check_seconds,
        )
        return replace(limits, **self._times_of_nbgrader())

    def _times_of_nbgrader(self) -> dict[str, Any]:
        """What `c.Execute.timeout` says of the times that `c.Examine` says nothing of."""
        timeout = Execute(parent=self).timeout
        if timeout == Execute.timeout.default_value:
            return {}
        wanted = dict.fromkeys(("cell_seconds", "call_seconds", "check_seconds"), self.notebook_seconds)
        if timeout is not None and timeout >= 0:
            wanted = {"cell_seconds": timeout, "call_seconds": timeout, "check_seconds": 2 * timeout}
            wanted["notebook_seconds"] = 20 * timeout
        unsaid = {name: seconds for name, seconds in wanted.items() if name not in self.config.Examine}
        return {**unsaid, "own_seconds": max(Limits.own_seconds, wanted["call_seconds"])}

    def _left_to_students(self, assignment: str) -> frozenset[str]:
        """The files of the course that nbgrader is told to keep as the student handed them in."""
        converter = converter_of(self)
        excluded = converter.exclude_overwriting if converter else self.config.Autograde.get("exclude_overwriting", {})
        return frozenset(PurePath(name).as_posix() for name in excluded.get(assignment, []))

    def _demonstrates(self, nb: Any) -> bool:
        by_hand = any(is_solution(cell) and cell.metadata.nbgrader.get("grade") for cell in nb.cells)
        return self.demonstrations == "always" or (self.demonstrations == "where marked" and by_hand)


_tested: dict[tuple[Path, str, Setting, str], SelfTest] = {}
"""The self-tests that this process knows of."""
_open: dict[Path, Examiner] = {}
"""The warm examiners of this process, the one that was used last at the end."""
MOST_OPEN = 8


@dataclass(frozen=True)
class Setting:
    """How a notebook is examined, besides what stands in it and beside it."""

    limits: Limits
    sandboxed: bool
    demonstrations: bool
    students: frozenset[str]
    secrets: tuple[Path, ...]
    wanted: tuple[str, ...]
    hidden: HiddenParts

    def sandbox(self) -> Sandbox:
        """The sandbox that students' code runs in."""
        if self.sandboxed:
            return replace(find_sandbox(), secrets=self.secrets)
        return NoSandbox()


def _examiner(path: Path, notebook: Any, version: str, setting: Setting, files: Files) -> Examiner:
    """The warm examiner of a notebook. Those of one assignment are kept: each student hands in all its notebooks."""
    assignment = path.parent.resolve() / fingerprint(path.parent)
    key = assignment / path.name / version / str(hash(setting))
    if key not in _open:
        if any(not other.is_relative_to(assignment) for other in _open):
            close_examiners()
        while len(_open) >= MOST_OPEN or (_open and memory_is_short()):
            _open.pop(next(iter(_open))).close()
        _open[key] = Examiner(
            notebook,
            files,
            limits=setting.limits,
            sandbox=setting.sandbox(),
            demonstrations=setting.demonstrations,
            students=setting.students,
            wanted=setting.wanted,
            hidden=setting.hidden,
        )
    _open[key] = _open.pop(key)
    return _open[key]


@atexit.register
def close_examiners() -> None:
    """End the warm processes of this one."""
    while _open:
        _open.popitem()[1].close()


class SaveVerdicts(NbGraderPreprocessor):  # type: ignore[misc]
    """Write the marks of a notebook into the gradebook, all at once."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader after the notebook ran."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            every = grades_of(gradebook, names["assignment"], names["student"], names["notebook"])
            grades = {grade.name: grade for grade in every}
            comments = {comment.name: comment for comment in comments_on(gradebook, notebook)}
            for cell in nb.cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                if name in grades and utils.is_grade(cell):
                    self._save(grades[name], cell)
                if name in comments and is_solution(cell):
                    comments[name].auto_comment = "No response." if self._untouched(cell) else None
                elif name in grades and is_check(cell):
                    self._comment(gradebook, notebook, grades[name], comments.get(name), verdict_of(cell))
            gradebook.db.commit()
        return nb, resources

    def _save(self, grade: Any, cell: Any) -> None:
        if is_check(cell) and verdict_of(cell).get("status") == VerdictStatus.NEEDS_A_PERSON:
            grade.auto_score = None
        else:
            grade.auto_score, _ = utils.determine_grade(cell, self.log)
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None

    @staticmethod
    def _comment(gradebook: Gradebook, notebook: Any, grade: Any, comment: Any, verdict: VerdictNote) -> None:
        """Say in the gradebook too that a mark is not refereed, and why; nbgrader itself comments on no check."""
        # PostgreSQL keeps no text with a NUL in it.
        why = verdict.get("why", "").replace("\0", "\N{REPLACEMENT CHARACTER}")
        words = f"Not refereed. {why}" if verdict.get("refereed") is False else None
        if comment is None and words:
            comment = Comment(cell=grade.cell, notebook=notebook)
            gradebook.db.add(comment)
        if comment is not None:
            comment.auto_comment = words

    @staticmethod
    def _untouched(cell: Any) -> bool:
        return not cell.source.strip() or cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)


class SettleDates(AssignLatePenalties):  # type: ignore[misc]
    """Write what a submission loses by being late, by the course's dates; by nbgrader's own rule, where it has none."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader when the marks are saved."""
        dates = Dates(parent=self)
        if not dates.is_set:
            return super().preprocess(nb, resources)  # type: ignore[no-any-return]
        names, directory = resources["nbgrader"], course_directory(self)
        collected = Rebuild(parent=self).collected_times

        def handed_in(assignment: str) -> datetime | None:
            folder = directory.format_path(directory.submitted_directory, names["student"], assignment)
            time = hand_in_time(Path(folder), collected=collected)
            return time.replace(tzinfo=UTC) if time else None

        with Gradebook(names["db_url"]) as gradebook:
            settle(gradebook, dates, names["student"], handed_in, only=names["assignment"])
            gradebook.db.commit()
        return (nb, resources) if dates.decides else super().preprocess(nb, resources)
