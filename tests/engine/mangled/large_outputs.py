"""Outputs of a long training run, and large pictures, were left in."""


def mangle(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            text = ["epoch 1: loss 0.5\n"] * 20_000
            stream = {"output_type": "stream", "name": "stdout", "text": text}
            picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 1_000_000}}
            cell["outputs"] = [stream, picture]
    return notebook
