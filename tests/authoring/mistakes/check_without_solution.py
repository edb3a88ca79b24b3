# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% solution="ab"
def ab():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION


# %% check="ab" points=1
assert ab() == 1

# %% check="abc" points=1
#: check 'abc' belongs to no solution
assert ab() == 1

# %% check="a-b" points=1
#: check 'a-b' belongs to no solution
assert ab() == 1
