"""What students see of a graded notebook: no hidden check, no mark scheme, nothing that runs in a browser."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from nbformat import v4
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor

from chainrule.engine.cells import is_students, note, notes_of_notebook
from chainrule.engine.dates import Dates
from chainrule.engine.gradebook import comments_on, grades_of
from chainrule.engine.hidden import HiddenParts
from chainrule.engine.pictures import KINDS, MOST_SHOWN, SHOWN_POINTS, points


# Where a browser would begin a tag. What stays: plain tags of markup, and addresses of the web.
TAG = re.compile(
    r"<(?=[a-zA-Z/!?])(?!/?(?:b|i|u|em|strong|sub|sup|br|p|code|pre|ul|ol|li|hr|blockquote|table|tr|td|th|small) ?/?>)"
    r"(?!https?://[^\s<>\"'`]*>)",
    re.I,
)
SCHEMES = re.compile(
    r"(?:java|vb|live)script:|mocha:|blob:|filesystem:|file:/|jar:|view-source:"
    r"|data:(?:text|application|image/svg|multipart|message|font|audio|video)"
)
# What MathJax turns into addresses, styles and the like.
MACRO = re.compile(
    r"\\\s*(href|url|style|class|cssId|require|unicode|html\w*|mmlToken|mathchoice|toggle|action|tooltip|texttip|data)\b",
    re.I,
)
MOST_LINE = 2_000
MOST_CELL = 20_000
MOST_TEXT = 200_000
# Course prose and checks are trusted; these texts come from students.
TEXTS = ("text/plain", "text/latex")
# How a text begins that stands in a page as it was written.
QUOTED = "\n\n"
INDENT = " " * 4


class Grades(GetGrades):  # type: ignore[misc]
    """Put the marks of the gradebook into the notebook, whether a person has yet to give them, and the dates."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader's generate_feedback."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            notebook = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            grades = grades_of(gradebook, names["assignment"], names["student"], names["notebook"])
            self._grades = {grade.name: grade for grade in grades}
            self._comments = {comment.name: comment.comment for comment in comments_on(gradebook, notebook)}
            for index, cell in enumerate(nb.cells):
                self.preprocess_cell(cell, resources, index)
            penalty = notebook.late_submission_penalty or 0
            names.update(score=notebook.score - penalty, max_score=notebook.max_score, late_penalty=penalty)
            submission = notebook.assignment
            due = submission.duedate if submission.assignment.duedate else None
            names["dates"] = _dates(Dates(parent=self), due, submission.timestamp)
        return nb, resources

    def _get_comment(self, cell: Any, resources: Any) -> None:
        cell.metadata.nbgrader["comment"] = self._known(self._comments, cell)

    def _get_score(self, cell: Any, resources: Any) -> None:
        grade = self._known(self._grades, cell)
        cell.metadata.nbgrader.update(score=grade.score, points=grade.max_score)
        note(cell, {"waits": bool(grade.needs_manual_grade)})

    @staticmethod
    def _known(found: dict[str, Any], cell: Any) -> Any:
        name = cell.metadata.nbgrader.grade_id
        if name not in found:
            raise MissingEntry(f"the gradebook knows no {name!r} of this submission: grade it again")
        return found[name]


def _dates(dates: Dates, due: datetime | None, handed_in: datetime | None) -> str:
    """When it was due and when it came, as people of the course tell it."""
    told = []
    if due:
        told.append(f"Due {dates.shown(due.replace(tzinfo=UTC))}")
    if handed_in:
        told.append(f"{'handed' if told else 'Handed'} in {dates.shown(handed_in.replace(tzinfo=UTC))}")
    days = dates.days_late(due, handed_in)
    late = f": {days} {'day' if days == 1 else 'days'} late" if days else ""
    return f"{', '.join(told)}{late}." if told else ""


class HideSecrets(NbGraderPreprocessor):  # type: ignore[misc]
    """Take hidden tests and mark schemes out of the notebook that feedback is made from."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader's generate_feedback."""
        hidden = HiddenParts.of(self)
        for cell in nb.cells:
            # Students' texts hold no secrets, but may hold thousands of such marks, which take hours to match.
            if not is_students(cell):
                cell.source = hidden.without(cell.source).rstrip("\n")
        if notes_of_notebook(nb).get("sandboxed") is False:
            nb.cells.insert(0, v4.new_markdown_cell("*This notebook was graded without a sandbox.*"))
        return disarm(nb), resources


def disarm(notebook: Any) -> Any:
    """Take what a browser would run out of students' texts and outputs, in place; no word of them is cut.

    Pages made from the notebook (formgrader's, the feedback) are opened by teachers and by students. To set markdown
    and to colour code takes time with the square of their length: longer texts are noted, and shown as they stand.
    """
    text, points = MOST_TEXT, MOST_SHOWN
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for output in cell.outputs:
                points -= harmless(output, points)
            cell.execution_count = _count(cell.get("execution_count"))
        if is_students(cell):
            text -= len(cell.source)
            if text < 0 or _is_slow(cell):
                note(cell, {"plain": True})
            if cell.cell_type != "code":
                cell.source = harmless_text(cell.source)
    return notebook


def _is_slow(cell: Any) -> bool:
    longest = max(map(len, cell.source.split("\n")))
    return len(cell.source) > MOST_CELL or (cell.cell_type == "code" and longest > MOST_LINE)


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value < 2**31 else None


def harmless(output: Any, most: int = MOST_SHOWN) -> int:
    """Leave only text and pictures in an output, all of which can be written to a file.

    Args:
        output: changed in place.
        most: how many points its pictures may have.

    Returns:
        how many points they have.
    """
    for key, value in output.items():
        if isinstance(value, str):
            output[key] = _writable(value)
    if "traceback" in output:
        output["traceback"] = [_writable(line) for line in output["traceback"]]
    if "execution_count" in output:
        output["execution_count"] = _count(output["execution_count"])
    if "data" not in output:
        return 0
    data = output["data"]
    kept = {kind: _writable(data[kind]) for kind in TEXTS if isinstance(data.get(kind), str)}
    if runs_when_shown(kept.get("text/latex", "")):
        del kept["text/latex"]
    sizes = {kind: size for kind in KINDS.values() if (size := points(kind, data.get(kind))) is not None}
    shown = {kind: data[kind] for kind, size in sizes.items() if size <= min(most, SHOWN_POINTS)}
    if sizes and not shown:
        kept["text/plain"] = f"[a picture of {max(sizes.values()):,} points was left out: it is too large to be shown]"
    output["data"] = type(data)(kept | shown)
    output["metadata"] = type(data)()
    return sum(sizes[kind] for kind in shown)


def _writable(text: str) -> str:
    """Text without half surrogate pairs, which no file takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def runs_when_shown(text: str) -> bool:
    """Whether a text names an address that runs code, or a formula's macro that makes addresses and styles.

    A browser reads entities, markdown drops backslashes, and both pass over blanks.
    """
    plain = text
    for _ in range(5):
        plain = html.unescape(plain)
    squeezed = re.sub(r"[\s\\\x00-\x20\u00ad\u200b-\u200f\u2028\u2029\ufeff]", "", plain).lower()
    return any(MACRO.search(way) or SCHEMES.search(way) for way in (plain, squeezed, unquote(squeezed)))


def harmless_text(text: str) -> str:
    """Markdown without live HTML, every word of it kept; text without tags stays as it was written."""
    if runs_when_shown(text):
        lines = text.removeprefix(QUOTED).splitlines()
        quoted = text.startswith(QUOTED) and all(line.startswith(INDENT) for line in lines)
        return text if quoted else QUOTED + "\n".join(INDENT + line for line in text.splitlines())
    return TAG.sub("&lt;", text)
