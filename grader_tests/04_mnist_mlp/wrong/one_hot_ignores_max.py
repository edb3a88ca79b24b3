# Always makes ten places, whatever is asked for.
# loses: one-hot
# says: How many places
# says: shape

# %% solution="one-hot"
def integer_to_one_hot(x, max):
    result = np.zeros(10)
    result[x] = 1
    return result
