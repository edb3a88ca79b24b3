# Turns every check cell into markdown, and every markdown cell into code.
# family: metadata and tags
# after: The instructor's checks run.

# %% mangle
def mangle(notebook, folder):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.cell_type = "markdown"
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
        elif cell.cell_type == "markdown":
            cell.cell_type, cell.outputs, cell.execution_count = "code", [], None
            cell.source = ""
    return notebook
