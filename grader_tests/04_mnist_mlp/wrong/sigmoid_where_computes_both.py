# Believes that np.where computes only the branch that it takes.
# loses: sigmoid-stable
# says: makes numpy warn

# %% solution="sigmoid"
def sigmoid(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))
