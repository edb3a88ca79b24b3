# Hands in check cells that carry an output with full marks already.
# family: outputs and display hooks
# after: Outputs that were handed in are thrown away.

# %% mangle
def mangle(notebook, folder):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            full = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "3"}}
            cell.outputs = [full]
            cell.execution_count = 1
    return notebook
