# A thought that was written into a code cell.

# %% before="mean"
I don't understand why the slope isn't 2x here?
