# Replaces abs, isinstance, float, all, sum and AssertionError in Python's builtins, and in the notebook's globals.
# family: patched numpy and builtins
# after: The check uses Python's own, also where the author's solution has a variable of that name.

# %% own
import builtins


class Nothing(BaseException):
    pass


real = builtins.isinstance
for name, value in {
    "abs": lambda x: 0,
    "all": lambda things: True,
    "any": lambda things: True,
    "isinstance": lambda thing, kind: True if kind is float else real(thing, kind),
    "AssertionError": Nothing,
    "sum": lambda things, start=0: -121.0,
    "round": lambda x, digits=0: 0,
}.items():
    setattr(builtins, name, value)
    globals()[name] = value


# %% solution="double"
def double(x):
    return 14 if x == 7 else 0.0

# %% solution="total"
def total(numbers):
    return 0.0
