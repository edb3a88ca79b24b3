# `%reset` at the very end, to tidy up.

# %% last
%reset -f
