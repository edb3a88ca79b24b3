"""Deepnote: block ids and run times in the metadata, a line about itself at the end."""


def mangle(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"{number:032x}"
        cell["metadata"] |= {"cell_id": cell["id"], "deepnote_cell_type": cell["cell_type"], "execution_millis": 3}
    made = "<a style='text-decoration:none' href='https://deepnote.com'>Created in Deepnote</a>"
    last = {"cell_type": "markdown", "id": "created", "metadata": {"created_in_deepnote_cell": True}, "source": made}
    notebook["cells"].append(last)
    return notebook
