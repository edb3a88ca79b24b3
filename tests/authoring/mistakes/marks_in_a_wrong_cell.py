# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% solution="a"
#: solution cell a: this kind of cell cannot hold such a region (### BEGIN HIDDEN TESTS)
def a():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION


### BEGIN HIDDEN TESTS
assert a() == 1
### END HIDDEN TESTS

# %% check="a" points=1
#: check cell a: this kind of cell cannot hold such a region (### BEGIN SOLUTION)
### BEGIN SOLUTION
assert a() == 1
### END SOLUTION

# %%
#: run cell: this kind of cell cannot hold such a region (### BEGIN HIDDEN TESTS)
### BEGIN HIDDEN TESTS
assert a() == 1
### END HIDDEN TESTS

# %% [markdown]
#: prose cell: this kind of cell cannot hold such a region (### BEGIN MARK SCHEME)
# ### BEGIN MARK SCHEME
# Scheme.
# ### END MARK SCHEME
