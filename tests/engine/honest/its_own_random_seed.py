# A seed of the answer's own, and random numbers drawn before a check.

# %% before="mean"
import random
random.seed(0)
np.random.seed(0)
rng = np.random.default_rng(1)
print(rng.normal(size=3), random.random())
