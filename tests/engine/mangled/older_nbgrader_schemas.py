"""What nbgrader noted stands in its first and second schemas, side by side."""


def mangle(notebook):
    for number, cell in enumerate(notebook["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = 1 + number % 2
            cell["metadata"]["nbgrader"].pop("task", None)
    return notebook
