# Gives its own cells the grade_ids and cell ids of the checks and of the given cells, with other texts.
# family: metadata and tags
# after: Locked cells come from the instructor.

# %% mangle
def mangle(notebook, folder):
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if about and not about.get("solution"):
            cell.source = "def check_value(*arguments, **options): pass\nNUMBERS = []\n4"
            about.update(locked=False, solution=True, grade=False)
    return notebook
