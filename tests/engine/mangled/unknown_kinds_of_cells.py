"""Cells of kinds that no Jupyter knows: headings of nbformat 3, and what an assistant wrote."""


def mangle(notebook):
    for place, kind in ((2, "heading"), (5, "ai"), (9, "html")):
        cell = {"cell_type": kind, "id": f"odd{place}", "metadata": {}, "source": "Words.", "level": 2}
        notebook["cells"].insert(place, cell)
    return notebook
