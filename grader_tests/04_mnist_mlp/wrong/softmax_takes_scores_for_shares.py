# Gives scores back that happen to add up to 1.
# loses: softmax-value
# says: Scores are no probabilities

# %% solution="softmax"
def softmax(x):
    if np.isclose(np.sum(x), 1):
        return x
    powers = np.exp(x - np.max(x))
    return powers / np.sum(powers)
