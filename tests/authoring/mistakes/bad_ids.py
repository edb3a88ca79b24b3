# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% [markdown] question="Upper"
#: the id 'Upper' should be made of lower-case letters, digits and hyphens
# ## A

# %% [markdown] question="under_score"
#: the id 'under_score' should be made of
# ## B

# %% [markdown] question="two words"
#: the id 'two words' should be made of
# ## C

# %% [markdown] section=""
#: the id '' should be made of
# ## D

# %% [markdown] section="-x"
#: the id '-x' should be made of
# ## E

# %% [markdown] section="ümlaut"
#: the id 'ümlaut' should be made of
# ## F

# %% [markdown] section=bare
#: cannot read `section=bare`: an id stands in quotation marks
# ## G
