"""Through a script and back: new ids, blanks at the ends of lines and cells gone."""


def mangle(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"{number:08x}"
        text = "".join(cell["source"])
        cell["source"] = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    notebook["metadata"]["jupytext"] = {"cell_metadata_filter": "nbgrader,-all"}
    return notebook
