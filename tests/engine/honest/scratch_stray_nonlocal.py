# A scratch cell with a `nonlocal` that has nothing to refer to.

# %% before="mean"
def f():
    nonlocal x
    x = 1
