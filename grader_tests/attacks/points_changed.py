# Says in the metadata that every check is worth a hundred points, and answers one question honestly.
# family: metadata and tags
# after: The honest answer earns what the instructor gives for it.
# earns: double

# %% mangle
def mangle(notebook, folder):
    for cell in notebook.cells:
        if "points" in cell.metadata.get("nbgrader", {}):
            cell.metadata.nbgrader.points = 100
    return notebook
