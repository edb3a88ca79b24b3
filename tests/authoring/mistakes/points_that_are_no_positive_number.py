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


# %% check="a-zero" points=0
#: check 'a-zero': points should be a number above 0, not 0
assert a() == 1

# %% check="a-minus" points=-2
#: check 'a-minus': points should be a number above 0, not -2
assert a() == 1

# %% check="a-word" points="two"
#: check 'a-word': points should be a number above 0, not 'two'
assert a() == 1

# %% check="a-truth" points=true
#: check 'a-truth': points should be a number above 0, not True
assert a() == 1

# %% check="a-nan" points=NaN
#: check 'a-nan': points should be a number above 0, not nan
assert a() == 1

# %% check="a-bare" points=two
#: cannot read `check="a-bare" points=two`
assert a() == 1
