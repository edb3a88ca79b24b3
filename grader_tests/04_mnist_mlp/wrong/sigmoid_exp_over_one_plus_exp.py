# Uses e^x / (1 + e^x) everywhere, which is infinity by infinity for large numbers.
# loses: sigmoid-stable
# says: nan or inf
# says: too large for a float

# %% solution="sigmoid"
def sigmoid(x):
    return np.exp(x) / (1 + np.exp(x))
