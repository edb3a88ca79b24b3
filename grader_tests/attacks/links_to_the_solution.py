# Hands in a link to the instructor's own notebook in place of a notebook.
# family: reading what is not theirs
# after: It is refused by name.
# ends: refused

# %% mangle
def mangle(notebook, folder):
    (folder / "target.ipynb").symlink_to(folder.parents[2] / "source/target/target.ipynb")
