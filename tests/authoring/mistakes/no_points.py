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


# %% check="a"
#: check "a" has no points: write `check="a" points=2`
assert a() == 1

# %% [markdown] written="b"
#: written "b" has no points: write `written="b" points=2`
# ### BEGIN SOLUTION
# Model.
# ### END SOLUTION
