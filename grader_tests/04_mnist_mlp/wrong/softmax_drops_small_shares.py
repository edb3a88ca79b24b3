# Turns shares below 1e-12 into 0.
# loses: softmax-value
# says: Small shares

# %% solution="softmax"
def softmax(x):
    powers = np.exp(x - np.max(x))
    p = powers / np.sum(powers)
    p[p < 1e-12] = 0
    return p
