"""Opened with the kernel of another language by mistake."""


def mangle(notebook):
    kernel = {"name": "ir", "language": "R", "display_name": "R"}
    return {**notebook, "metadata": {"kernelspec": kernel, "language_info": {"name": "R", "file_extension": ".r"}}}
