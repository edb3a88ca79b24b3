# Hands in sitecustomize.py, usercustomize.py, a .pth file and a conftest that run in any Python started there.
# family: shadowing modules
# after: None of them runs in the grader.

# %% mangle
def mangle(notebook, folder):
    text = "import builtins, os\nbuiltins.abs = lambda x: 0\nos.environ['PYTHONOPTIMIZE'] = '2'\n"
    for name in ("sitecustomize.py", "usercustomize.py", "conftest.py", "site.py", "zz.pth", "pythonrc.py"):
        (folder / name).write_text(text)
    return notebook

# %% solution="double"
def double(x):
    return 2 * x if x < 10 else 0.0
