# Subtracts the last score, which need not be the largest.
# loses: softmax-stable
# says: Which score do you subtract

# %% solution="softmax"
def softmax(x):
    powers = np.exp(x - x.flat[-1])
    return powers / np.sum(powers)
