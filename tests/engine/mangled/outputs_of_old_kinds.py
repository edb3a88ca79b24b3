"""Outputs as IPython 1 wrote them, in a notebook of nbformat 4, with fields missing."""


def mangle(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "pyout", "prompt_number": 3, "text": ["6"]},
                {"output_type": "pyerr", "ename": "E"},
                {"output_type": "stream", "text": ["no name"]},
                {"output_type": "display_data"},
                {},
            ]
    return notebook
