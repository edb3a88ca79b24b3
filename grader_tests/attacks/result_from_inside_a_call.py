# Shows a number as the cell's result while a check calls the function, then fails.
# family: outputs and display hooks
# after: The mark is the referee's, not the first output's.

# %% own
def shown(*arguments):
    get_ipython().displayhook(3)
    raise RuntimeError("enough")

# %% solution="double"
double = shown

# %% solution="total"
total = shown

# %% solution="corners"
corner = shown

# %% solution="line"
Line = shown

# %% solution="shift"
shift = shown
