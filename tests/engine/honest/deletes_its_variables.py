# `del` of what is not needed any more.

# %% before="mean"
big = np.zeros(1000)
del big

# %% last
import gc
gc.collect()
