# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% solution="a" check="a" points=1
#: a cell has one marker, not solution and check
x = 1
