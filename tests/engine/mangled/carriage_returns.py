"""Pasted from Windows: lines of the course's cells end with CRLF."""


def mangle(notebook):
    for cell in notebook["cells"]:
        if "mine" not in "".join(cell["source"]):
            cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")
    return notebook
