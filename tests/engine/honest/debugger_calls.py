# A breakpoint was left in a cell, and one in an answer on a way that is not taken.

# %% before="mean"
breakpoint()
x = 3

# %% before="slope"
import pdb; pdb.set_trace()

# %% answer="mean"
def mean(values):
    if len(values) == 0:
        breakpoint()
    return sum(values) / len(values)

# %% last
%debug
