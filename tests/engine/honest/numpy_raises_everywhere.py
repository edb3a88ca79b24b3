# `np.seterr(all="raise")` and warnings as errors.

# %% before="mean"
np.seterr(all="raise")
import warnings
warnings.simplefilter("error")
