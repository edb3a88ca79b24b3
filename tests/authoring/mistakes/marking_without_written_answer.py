# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% [markdown] marking="b"
#: there is no written answer 'b' to mark
# ### BEGIN MARK SCHEME
# Scheme.
# ### END MARK SCHEME
