# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% [markdown] question="a" points=3
#: unknown marker `points`
# ## A

# %% given points=1
#: unknown marker `points`
x = 1
