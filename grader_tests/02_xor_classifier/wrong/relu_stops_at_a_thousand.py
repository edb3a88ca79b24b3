# Positive entries are cut off at 1000.
# loses: activations-relu
# says: large numbers

# %% solution="activations"
def relu(z):
    return np.minimum(np.maximum(0, z), 1000)
