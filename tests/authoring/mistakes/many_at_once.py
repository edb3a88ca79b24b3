# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% fre
#: unknown marker `fre`
x = 1


# %% solution="a" hard=true
#: unknown marker `hard`
#: solution cell a: the mark is missing
#: solution 'a' has no check
def a():
    return 1


# %% check="b" points=0
#: check 'b': points should be a number above 0, not 0
#: check 'b' belongs to no solution
assert a() == 1
