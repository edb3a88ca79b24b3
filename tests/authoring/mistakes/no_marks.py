# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% solution="a"
#: solution cell a: the mark is missing (### BEGIN SOLUTION)
def a():
    return 1


# %% check="a" points=1
assert a() == 1

# %% [markdown] written="b" points=1
#: written cell b: the mark is missing (### BEGIN SOLUTION)
# Why?

# %% [markdown] marking="b"
#: marking cell b: the mark is missing (### BEGIN MARK SCHEME)
# Because.
