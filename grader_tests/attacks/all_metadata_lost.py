# Honest answers in a notebook without a single cell id, tag or nbgrader mark, in reverse order.
# family: metadata and tags
# after: Every answer is found by the functions that it defines, and earns its marks.
# earns: all

# %% mangle
def mangle(notebook, folder):
    notebook.metadata.clear()
    notebook.nbformat_minor = 4
    for cell in notebook.cells:
        cell.metadata.clear()
        del cell["id"]
    notebook.cells.reverse()
    return notebook
