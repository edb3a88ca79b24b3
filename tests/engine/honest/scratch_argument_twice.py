# A scratch cell whose function names an argument twice.

# %% before="mean"
def f(a, a):
    return a
