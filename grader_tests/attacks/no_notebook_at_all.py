# Hands in a picture that calls itself a notebook.
# family: bad input
# after: It is refused by name.
# ends: refused

# %% mangle
def mangle(notebook, folder):
    (folder / "target.ipynb").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100)
