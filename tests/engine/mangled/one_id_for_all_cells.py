"""A template filled every cell's id with the same word."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["id"] = "cell"
    return notebook
