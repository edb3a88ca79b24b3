"""Run one rebuilt notebook: student cells in a warm, sandboxed kernel, check cells in the referee.

    with Examiner(source_notebook, files) as examiner:     # once an assignment: imports and given cells
        examiner.examine(notebook)                          # once a submission: outputs and verdicts, in place

What becomes of one submission stands in `examination`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from chainrule.engine.authors_code import read_authors_code
from chainrule.engine.cells import is_check, is_solution
from chainrule.engine.examination import Examination
from chainrule.engine.hidden import STANDARD, HiddenParts
from chainrule.engine.instructor import helper_names, imports_of_checks, locked_texts, module_names, notebook_names
from chainrule.engine.matching import made_names
from chainrule.engine.own_loop import wait_for
from chainrule.engine.referee_client import Referee
from chainrule.engine.routes import Route
from chainrule.engine.second_way import preludes
from chainrule.kernel.folders import Files, copy_files
from chainrule.kernel.parent import WarmParent
from chainrule.kernel.sandbox import Sandbox
from chainrule.limits import Limits
from chainrule.live_folder import LiveFolder
from chainrule.referee.verdict import Verdict

log = logging.getLogger(__name__)


class Examiner:
    """What all submissions of one notebook share: a warm parent for kernels and a warm referee.

    Args:
        source: the instructor's notebook.
        files: the course's files, by where they lie beside the notebook.
        students: paths of these that students hand in themselves: the referee has none of them.
        wanted: patterns of files that answers write, for `examine` to return.
        hidden: what messages must not quote of a check.
        limits: what a submission and its checks may use up.
        sandbox: where student code runs (default: the sandbox of this machine).
        demonstrations: whether the course's own plots and training runs are run where no mark depends on them.

    Raises:
        SandboxUnavailable: students' code cannot be walled off here.
    """

    def __init__(
        self,
        source: Any,
        files: Files | None = None,
        *,
        limits: Limits | None = None,
        sandbox: Sandbox | None = None,
        demonstrations: bool = True,
        students: frozenset[str] = frozenset(),
        wanted: Sequence[str] = (),
        hidden: HiddenParts = STANDARD,
    ) -> None:
        self.limits = limits or Limits()
        self.demonstrations = demonstrations
        self.wanted = wanted
        self.hidden = hidden
        self.answers = {
            cell.metadata.nbgrader.grade_id: frozenset(made_names(cell.source))
            for cell in source.cells
            if is_solution(cell) and cell.cell_type == "code"
        }
        self.before = preludes(source)
        self.imports = imports_of_checks(source, hidden)
        self.files = frozenset(files or ())
        self.parent = self._warm_parent(source, files or {}, sandbox)
        self._folder = LiveFolder()
        # The two import much of the same, at the same time where there are cores for it.
        self.parent.launch()
        try:
            self.referee = self._warm_referee(source, files or {}, students)
            self.parent.start()
        except BaseException:
            self.parent.stop()
            raise

    def _warm_parent(self, source: Any, files: Files, sandbox: Sandbox | None) -> WarmParent:
        # A module beside the notebook goes before one of that name elsewhere, and each kernel imports its own.
        beside = {Path(name).parts[0].removesuffix(".py") for name in files}
        modules = [name for name in module_names(source) if name.partition(".")[0] not in beside]
        return WarmParent(modules, limits=self.limits, sandbox=sandbox, files=files, texts=locked_texts(source))

    def _warm_referee(self, source: Any, files: Files, students: frozenset[str]) -> Referee:
        # Given cells read the course's files only: what a student hands in must not be importable to the referee.
        copy_files({name: path for name, path in files.items() if name not in students}, self._folder.path)
        authors = read_authors_code(source)
        referee = Referee(
            authors.texts,
            self._folder.path,
            one_by_one=authors.one_by_one,
            places=authors.places,
            author_names=notebook_names(source),
            helpers=helper_names(source),
            checks=[(cell.metadata.nbgrader.grade_id, cell.source) for cell in source.cells if is_check(cell)],
            limits=self.limits,
        )
        for problem in referee.problems:
            log.error("A given cell failed in the referee: %s\n%s", problem.message, problem.traceback)
        return referee

    def examine(
        self,
        notebook: Any,
        files: Files | None = None,
        *,
        routes: Mapping[str, Route] | None = None,
    ) -> dict[str, bytes]:
        """Run all cells in order; outputs, and the verdict of each check, are written into the notebook.

        Returns the files that were wanted and that the submission wrote, by where they lie beside the notebook.

        Args:
            notebook: the rebuilt submission.
            files: what the student handed in beside it. Only the kernel sees them, never the referee.
            routes: the checks (by name) that do not go to the referee, and why; the self-test knows them.
        """
        return wait_for(Examination(self, notebook, files or {}, routes or {}).run())

    def verdicts(self, notebook: Any, routes: Mapping[str, Route] | None = None) -> dict[str, Verdict]:
        """Examine the author's own answers, and withhold no word: the verdicts by the names of the checks."""
        examination = Examination(self, notebook, {}, routes or {}, frank=True)
        wait_for(examination.run())
        return examination.verdicts

    def close(self) -> None:
        """End the warm parent and the referee."""
        self.referee.close()
        self.parent.stop()
        self._folder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
