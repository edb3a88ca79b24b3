"""A tool that cleans metadata left its keys behind, without what they held."""


def mangle(notebook):
    for number, cell in enumerate(notebook["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] = (None, [], "", {})[number % 4]
    return notebook
