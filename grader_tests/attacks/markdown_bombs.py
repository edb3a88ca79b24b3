# Hands in markdown that is slow or deep to read: brackets, quotes, emphasis, tables, tags.
# family: bombs in the grader
# after: The page is made in bounded time, or the submission is refused by name.
# bound: 60

# %% mangle
def mangle(notebook, folder):
    import nbformat

    texts = ["[" * 50_000, "> " * 5_000 + "x", "*a **a " * 8_000, "`" * 5_000 + "a" + "`" * 4_999, "<b>" * 20_000, "- " * 3_000]
    texts += ["[a](" * 10_000, "|a" * 5_000 + "\n" + "|-" * 5_000, "<!--" * 10_000, "$" * 9_999, "![" * 20_000, "&" * 50_000, "<table><a>" * 2_000]
    for number, text in enumerate(texts):
        notebook.cells.append(nbformat.v4.new_markdown_cell(text, id=f"slow-{number}"))
    return notebook
