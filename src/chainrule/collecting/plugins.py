"""The same collecting as plugins of `nbgrader zip_collect`: archives are opened with care, notebooks known by cells.

c.ZipCollectApp.extractor_plugin = "chainrule.collecting.plugins.CarefulExtractor"
c.ZipCollectApp.collector_plugin = "chainrule.collecting.plugins.CellCollector"
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Unicode

from chainrule.collecting.bundles import Found, Refused, files_in
from chainrule.collecting.collect import Plan, Work, make_plan, put_aside
from chainrule.collecting.platforms import pattern_from
from chainrule.collecting.recognise import is_notebook_name
from chainrule.collecting.roster import roster_of
from chainrule.course import Course, CourseError

__all__ = ["CarefulExtractor", "CellCollector"]

ENDING = ".ipynb"


class CarefulExtractor(ExtractorPlugin):  # type: ignore[misc]
    """Unpack archives, and archives in them, within limits; links, escapes and bombs are refused by name."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Called by nbgrader with the two folders."""
        for item in files_in(Path(archive_path)):
            if isinstance(item, Refused):
                self.log.warning("Refused %s: %s", item.where, item.why)
            else:
                _write(item, Path(extracted_path))


def _write(item: Found, folder: Path) -> None:
    """A file under its own name. nbgrader goes by the ending, which browsers and mail programs change."""
    path = folder / item.inner
    if is_notebook_name(path.name) and path.suffix != ENDING:
        path = path.with_name(path.name + ENDING)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(item.data)
    if item.changed is not None:
        os.utime(path, (item.changed.timestamp(), item.changed.timestamp()))


class CellCollector(FileNameCollectorPlugin):  # type: ignore[misc]
    """Tell whose a notebook is as `chainrule collect` does: what it is by its cells, whose by path and roster.

    Of several files of a student the last attempt is taken, and what was collected before is left as it is.
    """

    roster = Unicode("", help="The class's list (default: the course's roster.csv).").tag(config=True)
    pattern = Unicode("", help="How paths name students: a regular expression with a group key or name.").tag(
        config=True
    )

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._works: dict[str, Work] | None = None

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        """Called by nbgrader with each file; None for one that is not taken, which the log explains."""
        if self._works is None:
            self._works = self._planned()
        work = self._works.get(os.path.abspath(submitted_file))
        if work is None:
            return None
        if self.parent.force:
            put_aside(self._course, work)
        taken = {"student_id": work.student, "file_id": f"{work.notebook}{ENDING}"}
        return taken | ({"timestamp": f"{work.at:%Y-%m-%d %H:%M:%S %z}"} if work.at else {})

    @property
    def _course(self) -> Course:
        return Course(Path(self.parent.coursedir.root))

    def _planned(self) -> dict[str, Work]:
        """What is taken of all that was extracted: a file alone does not say which of several is the newest."""
        app, course = self.parent, self._course
        assignment = str(app.coursedir.assignment_id)
        names = {"downloaded": app.downloaded_directory, "collect_step": app.extracted_directory}
        inner = app.collect_directory_structure.format(assignment_id=assignment, **names)
        folder = Path(app.coursedir.root).absolute() / inner
        try:
            pattern = pattern_from(self.pattern) if self.pattern else None
            with TemporaryDirectory(prefix="chainrule-collect-") as spool:
                roster = roster_of(course, self.roster or None)
                plan = make_plan(course, [folder], Path(spool), roster, assignment=assignment, pattern=pattern)
        except (CourseError, ValueError) as error:
            app.fail(str(error))
            raise
        self._tell(plan)
        there = {work.where: work for work in plan.works if not work.action.startswith(("older", "as it was"))}
        return {str(folder.parent / where): work for where, work in there.items()}

    def _tell(self, plan: Plan) -> None:
        for item in plan.unplaced:
            self.log.warning("Not collected: %s: %s", item.where, item.why)
        for work in plan.works:
            said = f"{work.action}; newest of {len(work.rivals) + 1}" if work.rivals else work.action
            self.log.info("%s: %s (%s)", work.student, work.where, said)
        for assignment, student in plan.missing:
            self.log.warning("Nothing of %s from %s", assignment, student)
