"""A heading of the course was pasted at the end, and a word written below it."""

import copy


def mangle(notebook):
    notebook["cells"].append({**copy.deepcopy(notebook["cells"][0]), "id": "again", "metadata": {}})
    notebook["cells"].append({"cell_type": "markdown", "id": "bye", "metadata": {}, "source": "Goodbye."})
    return notebook
