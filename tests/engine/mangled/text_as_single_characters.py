"""A tool wrote each text as a list of its characters."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["source"] = list("".join(cell["source"]))
    return notebook
