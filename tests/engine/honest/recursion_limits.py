# The limit of recursion is set low, then high.

# %% before="mean"
import sys
sys.setrecursionlimit(200)

# %% before="slope"
sys.setrecursionlimit(50_000)
