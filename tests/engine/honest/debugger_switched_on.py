# `%pdb on`, before a cell that fails.

# %% before="mean"
%pdb on

# %% before="slope"
1 / 0
