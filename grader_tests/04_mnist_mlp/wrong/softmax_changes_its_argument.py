# Subtracts in place, which changes the array of the caller.
# loses: softmax-value
# says: changed

# %% solution="softmax"
def softmax(x):
    x -= np.max(x)
    return np.exp(x) / np.sum(np.exp(x))
