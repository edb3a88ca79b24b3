"""Azure: `gather` and `nteract` in the metadata, and null where nothing is."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] |= {"gather": {"logged": 1700000000000}, "jupyter": {"outputs_hidden": None}, "nteract": None}
        cell["id"] = None
    return notebook
