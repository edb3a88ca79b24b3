"""The notebook has no metadata, and some cells have none."""


def mangle(notebook):
    notebook.pop("metadata")
    for cell in notebook["cells"]:
        if "nbgrader" not in cell["metadata"]:
            cell.pop("metadata")
    return notebook
