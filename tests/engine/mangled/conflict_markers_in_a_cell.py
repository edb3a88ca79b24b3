"""git left conflict markers in a cell of the student's own."""


def mangle(notebook):
    text = "\n".join(["<" * 7 + " HEAD", "x = 1", "=" * 7, "x = 2", ">" * 7 + " theirs"])
    cell = {"cell_type": "code", "id": "c", "metadata": {}, "source": text, "outputs": [], "execution_count": None}
    notebook["cells"].insert(3, cell)
    return notebook
