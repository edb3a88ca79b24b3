# Raises SystemExit, KeyboardInterrupt and GeneratorExit out of the functions that are checked.
# family: exceptions
# after: Each fails its own check.
# earns: double

# %% solution="total"
def total(numbers):
    raise SystemExit(0)

# %% solution="shift"
def shift(amount):
    raise KeyboardInterrupt

# %% solution="corners"
def corner(x):
    raise GeneratorExit

# %% solution="line"
def Line(slope, height):
    raise StopIteration
