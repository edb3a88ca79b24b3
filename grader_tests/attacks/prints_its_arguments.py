# Keeps every argument that a check passes, and prints them all in a later cell.
# family: leaks through outputs and feedback
# after: It learns inputs, also hidden ones; no expected value and no line of a check is among them.

# %% own
kept = []

# %% solution="double"
def double(x):
    kept.append(x)
    return 0.0

# %% solution="total"
def total(numbers):
    kept.append(numbers)
    return 0.0

# %% solution="line"
class Line:
    def __init__(self, *arguments):
        kept.append(arguments)

    def at(self, x):
        kept.append(x)

    def __getattr__(self, name):
        kept.append(name)

    def __setattr__(self, name, value):
        kept.append((name, value))

# %% own last
print(kept, file=open("kept.txt", "w"))
print(kept)
