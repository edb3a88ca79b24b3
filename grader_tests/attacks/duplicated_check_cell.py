# Hands in every check cell twice; the second has the same grade_id and does nothing.
# family: metadata and tags
# after: The instructor's check runs once; the class run goes on.

# %% mangle
def mangle(notebook, folder):
    import copy

    for cell in [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]:
        again = copy.deepcopy(cell)
        again.id = f"{cell.id}-again"
        again.source = "pass"
        notebook.cells.append(again)
    return notebook
