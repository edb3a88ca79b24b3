# Helpers stand above and below the answer that calls them.

# %% before="mean"
def add(values):
    return sum(values)

# %% answer="mean"
def mean(values):
    return add(values) / size(values)

# %% after="mean"
def size(values):
    return len(values)
