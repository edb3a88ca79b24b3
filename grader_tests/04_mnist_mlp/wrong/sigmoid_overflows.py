# Writes 1 / (1 + e^-x) as it stands, which overflows for large negative numbers.
# loses: sigmoid-stable
# says: makes numpy warn

# %% solution="sigmoid"
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
