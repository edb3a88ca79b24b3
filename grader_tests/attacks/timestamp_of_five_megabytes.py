# Hands in a `timestamp.txt` of five megabytes of digits, which nbgrader parses in quadratic time.
# family: bad input
# after: The answers have their marks, and no time of handing in is known.
# earns: all
# stock: it would wait for a long time

# %% mangle
def mangle(notebook, folder):
    (folder / "timestamp.txt").write_text("9" * 5_000_000)
    return notebook
