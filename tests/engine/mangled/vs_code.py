"""VS Code: languages in the metadata, text as lists of lines, a kernel of its own name."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python" if cell["cell_type"] == "code" else "markdown"}
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    notebook["metadata"]["kernelspec"] = {"display_name": ".venv (3.12.1)", "language": "python", "name": "python3"}
    return notebook
