"""An empty cell after each cell."""


def mangle(notebook):
    cells = []
    for number, cell in enumerate(notebook["cells"]):
        empty = {"cell_type": "code", "id": f"e{number}", "metadata": {}, "source": [], "outputs": []}
        cells += [cell, empty]
    return {**notebook, "cells": cells}
