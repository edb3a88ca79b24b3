"""A converter from another language wrote empty tables as lists."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = cell["metadata"] or []
    notebook["metadata"] = []
    return notebook
