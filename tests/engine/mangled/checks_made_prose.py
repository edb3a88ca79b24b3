"""Check cells became markdown (`m` in command mode)."""


def mangle(notebook):
    for cell in notebook["cells"]:
        grading = cell["metadata"].get("nbgrader", {})
        if grading.get("grade") and not grading.get("solution"):
            cell["cell_type"] = "markdown"
            cell.pop("outputs", None)
    return notebook
