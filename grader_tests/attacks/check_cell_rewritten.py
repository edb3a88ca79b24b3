# Writes `pass` into every check cell, unlocks it and computes its checksum anew.
# family: metadata and tags
# after: The instructor's text runs.

# %% mangle
def mangle(notebook, folder):
    from nbgrader.utils import compute_checksum

    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            cell.source = "pass"
            cell.metadata.nbgrader.locked = False
            cell.metadata.nbgrader.checksum = compute_checksum(cell)
    return notebook
