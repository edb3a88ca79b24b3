# Has twelve cells that each end the kernel.
# family: kernel death
# after: The submission is graded all the same, in bounded time.
# bound: 60

# %% mangle
def mangle(notebook, folder):
    import nbformat

    for number in range(12):
        notebook.cells.insert(3, nbformat.v4.new_code_cell(f"import os\nos._exit({number})", id=f"die-{number}"))
    return notebook
