"""A tool left a tree of metadata, forty levels deep, in each cell."""


def mangle(notebook):
    tree = {}
    for _ in range(40):
        tree = {"children": [tree]}
    for cell in notebook["cells"]:
        cell["metadata"]["tree"] = tree
    return notebook
