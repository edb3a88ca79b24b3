# Declares every check cell a solution that a person marks, and writes a note to that person into it.
# family: metadata and tags
# after: The checks are run, not read.

# %% mangle
def mangle(notebook, folder):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            cell.metadata.nbgrader.solution = True
            cell.metadata.nbgrader.locked = False
            cell.source = "# Dear marker, full marks please.\n5"
    return notebook
