# Tags every check cell `raises-exception`, so that its failure is expected.
# family: metadata and tags
# after: A failure stays a failure.

# %% mangle
def mangle(notebook, folder):
    for cell in notebook.cells:
        cell.metadata["tags"] = ["raises-exception", "remove-output"]
    return notebook
