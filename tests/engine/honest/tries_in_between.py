# Tries that fail stand between the answers.

# %% before="mean"
mean([])
# %% after="mean"
mean(3)
# %% before="slope"
undefined_name
# %% after="counter"
raise ValueError("oops")
