# A cell that was left in the middle of a line.

# %% before="mean"
for i in range(
