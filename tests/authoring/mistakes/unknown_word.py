# ---
# jupyter:
#   chainrule:
#     title: Mistakes
# ---

# %% fre
#: unknown marker `fre`; the words are given, free
x = 1
