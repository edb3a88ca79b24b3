# Hands in one cell of five megabytes.
# family: bad input
# after: It is refused by name.
# ends: refused

# %% mangle
def mangle(notebook, folder):
    import nbformat

    notebook.cells.append(nbformat.v4.new_code_cell("x = 1  # long\n" * 360_000, id="large"))
    return notebook
