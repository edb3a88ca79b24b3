"""The same tables by `nbgrader export --exporter=chainrule.exporting.plugins.CanvasExport`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExportPlugin
from traitlets import Dict, Unicode

from chainrule.collecting.roster import roster_of
from chainrule.course import Course
from chainrule.exporting.export import export
from chainrule.term.standing import ClassBook, class_in

__all__ = ["CanvasExport", "ClassroomExport", "CsvExport", "GradescopeExport", "MoodleExport", "XlsxExport"]


class _Export(ExportPlugin):  # type: ignore[misc]
    """What all of them do; each says which table it writes."""

    format = ""
    suffix = ".csv"
    roster = Unicode("", help="The class's list (default: the course's roster.csv).").tag(config=True)
    titles = Dict(help="What assignments are called on the platform, by their ids.").tag(config=True)

    def export(self, gradebook: Any) -> None:
        """Called by nbgrader with the open gradebook."""
        course = Course(Path(self.parent.coursedir.root))
        roster = roster_of(course, self.roster or None)
        book = _only(class_in(gradebook, course, roster, list(map(str, self.assignment))), set(map(str, self.student)))
        exported = export(book, self.format, Path(self.to or f"grades{self.suffix}"), self.titles)
        for line in exported.told():
            self.log.info("%s", line)


def _only(book: ClassBook, students: set[str]) -> ClassBook:
    return replace(book, students=tuple(one for one in book.students if not students or one.id in students))


class CsvExport(_Export):
    """nbgrader's own columns, with quotes where they are needed, and no 0 where there is no mark."""

    format = "csv"


class CanvasExport(_Export):
    """Canvas's gradebook."""

    format = "canvas"


class MoodleExport(_Export):
    """Moodle's grading worksheet, or its gradebook's import."""

    format = "moodle"


class GradescopeExport(_Export):
    """Gradescope's grades."""

    format = "gradescope"


class ClassroomExport(_Export):
    """Google Classroom's grades."""

    format = "classroom"


class XlsxExport(_Export):
    """A workbook with a sheet for each assignment."""

    format = "xlsx"
    suffix = ".xlsx"
