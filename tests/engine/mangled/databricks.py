"""Databricks: its own metadata, and prose as code that begins with `%md`."""


def mangle(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"]["application/vnd.databricks.v1+cell"] = {"cellMetadata": {}, "nuid": f"{number:08x}"}
        if cell["cell_type"] == "markdown" and "nbgrader" not in cell["metadata"]:
            cell |= {
                "cell_type": "code",
                "source": "%md\n" + "".join(cell["source"]),
                "outputs": [],
                "execution_count": None,
            }
    notebook["metadata"]["application/vnd.databricks.v1+notebook"] = {"language": "python", "widgets": {}}
    return notebook
