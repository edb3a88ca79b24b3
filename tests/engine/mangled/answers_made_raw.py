"""Answers became raw cells by a slip of the keyboard (`r` in command mode)."""


def mangle(notebook):
    for cell in notebook["cells"]:
        if "mine" in "".join(cell["source"]):
            cell["cell_type"] = "raw"
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
    return notebook
