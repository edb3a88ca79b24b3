# Puts thousands of marks of hidden tests, solutions and mark schemes into its own cells.
# family: bombs in the grader
# after: Its text is handled in the time that its size deserves.

# %% mangle
def mangle(notebook, folder):
    import nbformat

    marks = ("### BEGIN HIDDEN TESTS", "### BEGIN MARK SCHEME", "### BEGIN SOLUTION", "### END SOLUTION")
    for number, mark in enumerate(marks):
        notebook.cells.append(nbformat.v4.new_code_cell(f"{mark}\n" * 15_000, id=f"marks-{number}"))
        notebook.cells.append(nbformat.v4.new_markdown_cell(f"{mark}\n" * 15_000, id=f"notes-{number}"))
    return notebook
