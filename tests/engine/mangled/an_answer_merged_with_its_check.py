"""An answer and the check below it were merged: the first cell's metadata stay."""


def mangle(notebook):
    cells = notebook["cells"]
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in cells]
    place = ids.index("square-solution")
    cells[place]["source"] = "".join(cells[place]["source"]) + "\n\n" + "".join(cells.pop(place + 1)["source"])
    return notebook
