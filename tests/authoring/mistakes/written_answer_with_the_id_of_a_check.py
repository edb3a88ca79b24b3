# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% solution="a"
def a():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION


# %% check="a" points=1
assert a() == 1

# %% [markdown] written="a" points=1
#: check 'a' is there twice (first in line 14)
# ### BEGIN SOLUTION
# Model.
# ### END SOLUTION
