"""A tool of one's own wrote whole numbers as ids of cells."""


def mangle(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = number
    return notebook
