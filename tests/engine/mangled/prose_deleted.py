"""Everything but code and written answers was deleted."""


def mangle(notebook):
    kept = [cell for cell in notebook["cells"] if cell["cell_type"] == "code" or "mine" in "".join(cell["source"])]
    return {**notebook, "cells": kept}
