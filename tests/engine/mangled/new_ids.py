"""Every cell has a new id, as where a notebook is converted and back; grade_ids are still there."""


def mangle(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"{number:08x}"
    return notebook
