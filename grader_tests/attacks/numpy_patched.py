# Replaces numpy's comparisons by functions that always agree, in the module itself.
# family: patched numpy and builtins
# after: The referee has a numpy of its own.

# %% own
def agree(*things, **options):
    return True


for name in ("isclose", "allclose", "array_equal", "abs", "all", "any", "equal", "isfinite", "asarray", "array"):
    setattr(np, name, agree)
for name in [name for name in dir(np.testing) if name.startswith("assert")]:
    setattr(np.testing, name, agree)


# %% solution="total"
def total(numbers):
    return 0.0

# %% solution="shift"
def shift(amount):
    pass

# %% solution="line"
class Line:
    slope = 2.0

    def __init__(self, slope, height):
        pass

    def at(self, x):
        return 7.0
