"""Answers were moved to the top of the notebook."""


def mangle(notebook):
    notebook["cells"].sort(key=lambda cell: "mine" not in "".join(cell["source"]))
    return notebook
