# `exit()` in the last cell.

# %% last
exit()
