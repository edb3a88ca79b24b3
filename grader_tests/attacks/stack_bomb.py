# Recurses until the interpreter crashes, in Python and in C.
# family: bombs
# after: A crash costs the answer at fault and no other.
# earns: double

# %% own
import sys

sys.setrecursionlimit(10**9)

# %% solution="corners"
def corner(x):
    return corner(x + 1)

# %% solution="total"
def total(numbers):
    nested = []
    for _ in range(10**6):
        nested = [nested]
    return nested
