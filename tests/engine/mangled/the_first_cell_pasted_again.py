"""The course's first code cell was pasted above an answer, to have its imports at hand."""

import copy


def mangle(notebook):
    cells = notebook["cells"]
    first = next(cell for cell in cells if cell["cell_type"] == "code")
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in cells]
    cells.insert(ids.index("total-solution"), {**copy.deepcopy(first), "id": "pasted", "metadata": {}})
    return notebook
