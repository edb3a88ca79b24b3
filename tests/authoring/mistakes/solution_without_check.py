# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% solution="a"
#: solution 'a' has no check
def a():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION


# %% solution="ab"
def ab():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION


# %% check="ab-part" points=1
assert ab() == 1
