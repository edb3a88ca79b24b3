"""Saved by Colab: a badge on top, ids among the metadata, the name of who ran it, an older format."""


def mangle(notebook):
    picture = '<img src="https://colab.research.google.com/assets/colab-badge.svg"/>'
    badge = f'<a href="https://colab.research.google.com/x">{picture}</a>'
    cells = [{"cell_type": "markdown", "metadata": {"id": "view-in-github", "colab_type": "text"}, "source": [badge]}]
    for cell in notebook["cells"]:
        about = {
            **cell["metadata"],
            "id": cell.pop("id"),
            "outputId": "x-1",
            "colab": {"base_uri": "https://localhost/"},
        }
        about["executionInfo"] = {"status": "ok", "user": {"displayName": "Ada Lovelace", "userId": "1"}}
        cells.append({**cell, "metadata": about})
    return {**notebook, "nbformat_minor": 0, "metadata": {"colab": {"provenance": []}}, "cells": cells}
