# `from numpy import *` in an own cell.

# %% before="mean"
from numpy import *
from math import *
