# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% [markdown] solution="a"
#: a solution cell is a code cell, not a markdown cell
# ### BEGIN SOLUTION
# x
# ### END SOLUTION

# %% check="a" points=1
assert True

# %% question="b"
#: a question cell is a markdown cell, not a code cell
x = 1

# %% [markdown] given
#: a given cell is a code cell, not a markdown cell
# text

# %% [raw]
#: a run cell is a code cell, not a raw cell
# text
