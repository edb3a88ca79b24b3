"""Numbers of runs as texts, fractions, booleans and stars."""


def mangle(notebook):
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = ("12", 3.5, True, "*", -1, 10**30)[number % 6]
    return notebook
