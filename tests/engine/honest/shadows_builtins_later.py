# `list`, `sum` and `max` become variables, after the answers that use them.

# %% after="counter"
list = [1, 2]
max = 3
str = "x"
