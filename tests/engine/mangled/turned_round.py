"""All cells the other way round."""


def mangle(notebook):
    notebook["cells"].reverse()
    return notebook
