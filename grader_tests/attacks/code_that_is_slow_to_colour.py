# Hands in code that is slow or deep to parse and to colour, in cells that lost their metadata.
# family: bombs in the grader
# after: The submission is graded in bounded time, or refused by name; the worker lives.
# bound: 60

# %% mangle
def mangle(notebook, folder):
    import nbformat

    texts = ["(" * 100_000, "x" + ".a" * 100_000, "1" + "+1" * 100_000, "-" * 100_000 + "1", "f'" + "{" * 5_000, '"' * 50_001]
    texts += ["'\\" * 40_000, "if 1:\n" + " " * 50_000, "[" * 90 + "]" * 90, "lambda:" * 20_000, "not " * 50_000 + "1", "\t" * 50_000 + "x", "0_" * 50_000]
    for cell in notebook.cells:
        cell.metadata.clear()
        cell.id = f"lost-{cell.id}"[:64]
    for number, text in enumerate(texts):
        notebook.cells.append(nbformat.v4.new_code_cell("def double(x): pass\n" + text, id=f"deep-{number}"))
    return notebook
