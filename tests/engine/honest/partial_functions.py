# The answers are partial functions.

# %% before="mean"
from functools import partial

# %% answer="slope"
def general(h, f, x):
    return (f(x + h) - f(x - h)) / (2 * h)
slope = partial(general, 1e-6)

# %% answer="mean"
mean = partial(np.mean, axis=None)
