"""Saved with every letter beyond ASCII as an escape, half of an emoji among them."""

import json


def mangle(notebook):
    note = {"cell_type": "markdown", "id": "note", "metadata": {}, "source": "Grüße \ud83d"}
    notebook["cells"].append(note)
    return json.dumps(notebook, ensure_ascii=True).encode()
