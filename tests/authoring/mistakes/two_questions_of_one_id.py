# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% [markdown] question="a"
# ## A

# %% [markdown] question="a"
#: heading 'a' is there twice (first in line 7)
# ## A again

# %% [markdown] section="a"
#: heading 'a' is there twice (first in line 7)
# ## And again
