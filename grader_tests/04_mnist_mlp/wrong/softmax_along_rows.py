# Sums along axis 0, where each entry of a row stands alone.
# loses: softmax-value softmax-stable
# says: A row of shape (1, n) is one set of scores

# %% solution="softmax"
def softmax(x):
    powers = np.exp(x - np.max(x))
    return powers / np.sum(powers, axis=0)
