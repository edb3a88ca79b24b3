"""An export through a data base: what was empty is `null`."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["attachments"] = None
        if cell["cell_type"] == "code":
            cell["outputs"] = None
        cell["metadata"]["tags"] = None
    empty = {
        "cell_type": "code",
        "id": "empty",
        "metadata": None,
        "source": None,
        "outputs": None,
        "execution_count": None,
    }
    notebook["cells"].insert(3, empty)
    return notebook
