# Hands in ten thousand cells.
# family: bad input
# after: It is refused by name.
# ends: refused
# stock: it would wait for a long time

# %% mangle
def mangle(notebook, folder):
    import nbformat

    notebook.cells += [nbformat.v4.new_code_cell("x = 1", id=f"many-{number}") for number in range(10_000)]
    return notebook
