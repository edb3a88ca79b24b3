# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% solution="a"
#: solution cell a: the begin and end marks do not pair up (### BEGIN SOLUTION)
def a():
    ### BEGIN SOLUTION
    return 1


# %% check="a-begin" points=1
#: check cell a-begin: the begin and end marks do not pair up (### BEGIN HIDDEN TESTS)
assert a() == 1
### BEGIN HIDDEN TESTS
assert a() == 1

# %% check="a-order" points=1
#: check cell a-order: the begin and end marks do not pair up (### BEGIN HIDDEN TESTS)
assert a() == 1
### END HIDDEN TESTS
assert a() == 1
### BEGIN HIDDEN TESTS

# %% check="a-nested" points=1
#: check cell a-nested: the begin and end marks do not pair up (### BEGIN HIDDEN TESTS)
### BEGIN HIDDEN TESTS
### BEGIN HIDDEN TESTS
assert a() == 1
### END HIDDEN TESTS
### END HIDDEN TESTS

# %% [markdown] written="b" points=1
# ### BEGIN SOLUTION
# Model.
# ### END SOLUTION

# %% [markdown] marking="b"
#: marking cell b: the begin and end marks do not pair up (### BEGIN MARK SCHEME)
# ### BEGIN MARK SCHEME
# Scheme.
