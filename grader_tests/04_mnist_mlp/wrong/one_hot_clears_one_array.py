# Keeps one array for each length, and clears it at each call.
# loses: one-hot
# says: the same array at each call

# %% solution="one-hot"
ROWS = {}

def integer_to_one_hot(x, max):
    result = ROWS.setdefault(max, np.zeros(max))
    result[:] = 0
    result[x] = 1
    return result
