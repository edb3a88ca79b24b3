"""Saved as nbformat 3: worksheets, `input` for `source`, headings as cells of their own."""


def mangle(notebook):
    cells = []
    for cell in notebook["cells"]:
        cell.pop("id", None)
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
            cell |= {"language": "python", "collapsed": False, "prompt_number": 1}
        cells.append(cell)
    cells.append({"cell_type": "heading", "level": 2, "metadata": {}, "source": "The end"})
    sheet = {"cells": cells, "metadata": {}}
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [sheet]}
