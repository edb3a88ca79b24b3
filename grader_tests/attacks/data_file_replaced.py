# Hands in its own numbers.csv, empty, so that the total of the course's numbers is 0.
# family: shadowing modules
# after: The course's file is the one that is read.

# %% mangle
def mangle(notebook, folder):
    (folder / "numbers.csv").write_text("0\n")
    return notebook

# %% solution="total"
def total(numbers):
    return 0.0
