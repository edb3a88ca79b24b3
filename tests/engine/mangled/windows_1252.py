"""An editor of Windows saved the file in its own encoding: letters with accents are no UTF-8."""

import json


def mangle(notebook):
    cell = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "Née à Orléans"}
    notebook["cells"].insert(3, cell)
    return json.dumps(notebook, ensure_ascii=False).encode("cp1252", "replace")
