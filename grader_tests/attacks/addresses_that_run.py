# Links and formulas of written answers that open a page of the student's own: drawings as data, blobs, files, macros.
# family: leaks through outputs and feedback
# after: None of them is an address in a page for teachers or students.

# %% written="why"
[x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9InB3bmVkKCkiLz4=) ![x](data:image/svg+xml,<svg/onload=pwned()>)

[x](blob:https://example.org/pwned) [x](file:///tmp/pwned.html) [x](filesystem:http://x/pwned) <file:///tmp/pwned.html>

$\mmlToken{mi}[href="#1script:pwned()"]{x}$ $\newcommand{\x}[1]{\mmlToken{mi}[href="#1script:pwned()"]{x}}\x{java}$

# %% mangle
def mangle(notebook, folder):
    import nbformat

    for number, text in enumerate((
        "![x](attachment:pwned.svg)", "[x](data&colon;text/html,<script>pwned()</script>)", "[x][y]\n\n[y]: blob:null/pwned",
        "$\\mml\\Token{mi}[href='javascript:pwned()']{x}$", "[x](DATA:application/xhtml+xml,<x/>pwned)",
    )):
        cell = nbformat.v4.new_markdown_cell(text, id=f"note-{number}")
        cell["attachments"] = {"pwned.svg": {"image/svg+xml": "<svg onload='pwned()'/>"}}
        notebook.cells.append(cell)
    return notebook
