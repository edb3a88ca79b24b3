"""Quarto: a raw cell at the top, and options as comments in scratch cells."""


def mangle(notebook):
    matter = {"cell_type": "raw", "id": "top", "metadata": {}, "source": "---\ntitle: Mine\nformat: html\n---"}
    scratch = {
        "cell_type": "code",
        "id": "fig",
        "metadata": {},
        "source": "#| label: fig-1\n#| echo: false\n1",
        "outputs": [],
        "execution_count": None,
    }
    notebook["cells"][:0] = [matter]
    notebook["cells"].insert(4, scratch)
    return notebook
