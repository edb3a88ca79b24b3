# `_`, `Out` and `In` are used.

# %% before="mean"
3 + 4

# %% before="slope"
print(_, Out, len(In))
