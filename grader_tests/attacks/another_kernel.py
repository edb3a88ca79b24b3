# Names a kernel that runs a program of the student's, and another language.
# family: metadata and tags
# after: The instructor's kernel runs.
# earns: double

# %% mangle
def mangle(notebook, folder):
    notebook.metadata.kernelspec = {"name": "bash", "display_name": "Bash", "language": "bash"}
    notebook.metadata.language_info = {"name": "bash"}
    notebook.metadata["nbgrader"] = {"grade": 10}
    return notebook
