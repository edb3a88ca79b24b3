"""Kaggle: `_uuid` and `_cell_guid` in the metadata, a first cell of its own."""

FIRST = """import os
for dirname, _, filenames in os.walk('/kaggle/input'):
    for filename in filenames:
        print(os.path.join(dirname, filename))
"""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] |= {"_uuid": "8f2839f25d086af736a60e9eeb907d3b", "_cell_guid": "b1076dfc", "trusted": True}
        cell.pop("id", None)
    first = {"cell_type": "code", "metadata": {"_uuid": "x"}, "source": FIRST, "outputs": [], "execution_count": None}
    return {**notebook, "nbformat_minor": 4, "cells": [first, *notebook["cells"]]}
