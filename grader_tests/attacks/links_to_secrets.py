# Hands in links beside the notebook that point to the instructor's notebook, the gradebook and the canary.
# family: reading what is not theirs
# after: A submission with links in it is refused by name; nothing of what they point to comes back.
# ends: refused

# %% mangle
def mangle(notebook, folder):
    root = folder.parents[2]
    (folder / "notes.txt").symlink_to(root / "source/target/target.ipynb")
    (folder / "book.txt").symlink_to("../../../gradebook.db")
    (folder / "canary.txt").symlink_to(root / "canary.txt")
    return notebook
