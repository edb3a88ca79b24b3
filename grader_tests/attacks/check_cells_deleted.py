# Deletes every check cell and answers one question honestly.
# family: metadata and tags
# after: The checks are there again.
# earns: double

# %% mangle
def mangle(notebook, folder):
    notebook.cells = [cell for cell in notebook.cells if not cell.metadata.get("nbgrader", {}).get("grade")]
    return notebook
