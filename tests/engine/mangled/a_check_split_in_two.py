"""A check cell was split in two."""


def mangle(notebook):
    cells = notebook["cells"]
    place = next(i for i, cell in enumerate(cells) if cell["metadata"].get("nbgrader", {}).get("grade_id") == "square")
    text = "".join(cells[place]["source"])
    cells[place]["source"] = text[: len(text) // 2]
    cells.insert(place + 1, {**cells[place], "id": "split", "metadata": {}, "source": text[len(text) // 2 :]})
    return notebook
