"""What students see of a graded notebook: no hidden check, no mark scheme, nothing that runs in a browser."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from nbformat import v4
from nbgrader.preprocessors import NbGraderPreprocessor

from chainrule.intake import HIDDEN_REGION, is_solution

TAG = re.compile(r"<\s*[a-zA-Z/!?]|javascript:", re.I)
# Course prose and checks are trusted; these texts come from students.
PICTURES = ("image/png", "image/jpeg")
TEXTS = ("text/plain", "text/latex")


class HideSecrets(NbGraderPreprocessor):  # type: ignore[misc]
    """Take hidden tests and mark schemes out of the notebook that feedback is made from."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called by nbgrader's generate_feedback."""
        for cell in nb.cells:
            cell.source = HIDDEN_REGION.sub("", cell.source).rstrip("\n")
        if nb.metadata.get("chainrule", {}).get("walls") is False:
            nb.cells.insert(0, v4.new_markdown_cell("*This notebook was graded without a sandbox.*"))
        return disarm(nb), resources


def disarm(notebook: Any) -> Any:
    """Take what a browser would run out of students' texts and outputs, in place.

    Pages made from the notebook (formgrader's, the feedback) are opened by teachers and by students.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [harmless(output) for output in cell.outputs]
        elif cell.metadata.get("chainrule", {}).get("own") or is_solution(cell):
            cell.source = harmless_text(cell.source)
    return notebook


def harmless(output: Any) -> Any:
    """An output with only text and pictures in it."""
    if "data" in output:
        data = output["data"]
        kept = {kind: data[kind] for kind in TEXTS if isinstance(data.get(kind), str)}
        kept |= {kind: data[kind] for kind in PICTURES if _is_base64(data.get(kind))}
        output["data"] = type(data)(kept)
        output["metadata"] = type(data)()
    return output


def harmless_text(text: str) -> str:
    """Markdown without live HTML; text without tags stays as it was written."""
    if not TAG.search(text):
        return text
    import nh3

    return nh3.clean(text)


def _is_base64(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        base64.b64decode(value.replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
