"""What students see of a graded notebook: no hidden check, no mark scheme, nothing that runs in a browser."""

from __future__ import annotations

import base64
import binascii
import html
import re
from typing import Any

from nbformat import v4
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor

from chainrule.engine.cells import is_students, note, notes_of_notebook
from chainrule.engine.hidden import HiddenParts

TAG = re.compile(r"<\s*[a-zA-Z/!?]")
SCHEMES = ("javascript:", "vbscript:", "data:text")
# What MathJax turns into addresses, styles and the like.
MACRO = re.compile(r"\\\s*(href|url|style|class|cssId|require|unicode|html\w*)\b", re.I)
MOST_LINE = 2_000
MOST_TEXT = 200_000
CUT = "[cut: too long to be shown]"
# Course prose and checks are trusted; these texts come from students.
PICTURES = ("image/png", "image/jpeg")
TEXTS = ("text/plain", "text/latex")


class Grades(GetGrades):  # type: ignore[misc]
    """Put the marks of the gradebook into the notebook, and whether a person has yet to give them."""

    def _get_score(self, cell: Any, resources: Any) -> None:
        name = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader.update(score=grade.score, points=grade.max_score)
        note(cell, {"waits": bool(grade.needs_manual_grade)})


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
    """Take what a browser would run out of students' texts and outputs, in place.

    Pages made from the notebook (formgrader's, the feedback) are opened by teachers and by students. What makes
    such a page needs time with the square of a line's length: so long lines and texts are cut.
    """
    room = MOST_TEXT
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [harmless(output) for output in cell.outputs]
            cell.execution_count = _count(cell.get("execution_count"))
        if is_students(cell):
            cell.source = shortened(cell.source, room)
            room = max(room - len(cell.source), 0)
            if cell.cell_type != "code":
                cell.source = harmless_text(cell.source)
    return notebook


def shortened(text: str, room: int) -> str:
    """The text with its long lines cut, and no longer than `room` characters."""
    kept = "\n".join(_cut(line, MOST_LINE) for line in text[: room + 1].split("\n"))
    return _cut(kept, room)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} {CUT}"


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value < 2**31 else None


def harmless(output: Any) -> Any:
    """An output with only text and pictures in it, all of which can be written to a file."""
    for key, value in output.items():
        if isinstance(value, str):
            output[key] = _writable(value)
    if "traceback" in output:
        output["traceback"] = [_writable(line) for line in output["traceback"]]
    if "execution_count" in output:
        output["execution_count"] = _count(output["execution_count"])
    if "data" in output:
        data = output["data"]
        kept = {kind: _writable(data[kind]) for kind in TEXTS if isinstance(data.get(kind), str)}
        kept |= {kind: data[kind] for kind in PICTURES if _is_base64(data.get(kind))}
        if runs_when_shown(kept.get("text/latex", "")):
            del kept["text/latex"]
        output["data"] = type(data)(kept)
        output["metadata"] = type(data)()
    return output


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
    return MACRO.search(plain) is not None or any(scheme in squeezed for scheme in SCHEMES)


def harmless_text(text: str) -> str:
    """Markdown without live HTML; text without tags stays as it was written.

    No attribute of a tag is kept: a blank line inside one would make markdown read its value as HTML.
    """
    if TAG.search(text):
        import nh3

        text = nh3.clean(text, attributes={"*": set()})
    if runs_when_shown(text):
        return "\n\n" + "\n".join(f"    {line}" for line in text.splitlines())
    return text


def _is_base64(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        base64.b64decode(value.replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
