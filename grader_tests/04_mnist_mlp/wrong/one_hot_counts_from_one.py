# Takes the first place for the number 1.
# loses: one-hot
# says: it counts from 1

# %% solution="one-hot"
def integer_to_one_hot(x, max):
    result = np.zeros(max)
    result[x - 1] = 1
    return result
