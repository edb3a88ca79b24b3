"""A converter wrote the numbers of the format as texts."""


def mangle(notebook):
    notebook["nbformat"], notebook["nbformat_minor"] = str(notebook["nbformat"]), str(notebook["nbformat_minor"])
    return notebook
