"""All check cells were deleted."""


def is_check(cell):
    grading = cell["metadata"].get("nbgrader", {})
    return grading.get("grade") and not grading.get("solution")


def mangle(notebook):
    return {**notebook, "cells": [cell for cell in notebook["cells"] if not is_check(cell)]}
