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


# %% solution="a"
#: solution 'a' is there twice (first in line 7)
def b():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION


# %% check="a" points=1
assert a() == 1
