# Six megabytes of empty objects, which took a gigabyte of memory to read.
# family: bad input
# after: The answers have their marks, in little memory.
# earns: all
# stock: it would harm the machine

# %% mangle
def mangle(notebook, folder):
    import nbformat

    text = nbformat.writes(notebook)
    (folder / "target.ipynb").write_text(text.replace('"metadata"', '"more": [' + "{}," * 2_000_000 + '{}], "metadata"', 1))
