# Subtracts the smallest score where the largest is meant.
# loses: softmax-stable
# says: nan or inf

# %% solution="softmax"
def softmax(x):
    powers = np.exp(x - np.min(x))
    return powers / np.sum(powers)
